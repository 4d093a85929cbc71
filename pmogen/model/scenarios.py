"""content/scenarios.yml and content/scenarios-plan.yml: what the roadmap would be if something were different."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from pmogen.model.base import Id, Items, Line, Model, ServiceId, Text, WaveId, Word


class Scenario(Model):
    """One way in which things could be different."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="What people call it.")
    why: Text = Field(description="Why it is worth a look.")
    changes: Items[Word] = Field(
        min_length=1, max_length=20, description="What is different, as for `pmogen plan --what-if`: `pmo_fte=+1`."
    )


class Scenarios(Model):
    """The scenarios that people want to compare. `pmogen plan --scenarios` plans them."""

    scenarios: Items[Scenario] = Field(
        default=(), max_length=12, description="Scenarios, in the order in which the page shows them."
    )


class LaunchesOfWave(Model):
    """What launches in one wave."""

    wave: WaveId = Field(description="The wave.")
    services: Items[ServiceId] = Field(description="Services that launch in it, by id.")


class PlannedScenario(Model):
    """The plan of one scenario."""

    id: Id = Field(description="Scenario this is the plan of.")
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of everything this plan depends on: when it no longer matches, the plan is out of date."
    )
    engine: Word = Field(description="How the plan was found.")
    value_waves: Word = Field(description="Levels closed times priority weight, summed over the waves.")
    launches: Items[LaunchesOfWave] = Field(default=(), description="What launches when, by wave.")


class PlannedScenarios(Model):
    """The plans of the scenarios. Change them by changing content/scenarios.yml and planning again, not by hand."""

    scenarios: Items[PlannedScenario] = Field(default=(), description="Plans, in the order of the scenarios.")
