"""content/plan.yml: the published plan, written by `pmogen plan` and reviewed like a lock file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from pmogen.model.base import Items, Line, Model, ServiceId, WaveId


class PlannedWork(Model):
    """Person-days of building that fall into one wave."""

    wave: WaveId = Field(description="Wave in which they fall.")
    days: float = Field(gt=0, description="Person-days.")


class PlannedService(Model):
    """A service with its launch wave."""

    service: ServiceId = Field(description="Service that is planned, or was launched.")
    wave: WaveId = Field(description="Wave it launches in.")
    work: Items[PlannedWork] = Field(default=(), description="When it is built.")


class PublishedPlan(Model):
    """The plan that people know. Change it by pinning and planning again, not by hand."""

    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of everything the plan depends on: when it no longer matches, the plan is out of date."
    )
    engine: Line = Field(description="How the plan was found.")
    value_waves: Line = Field(description="Levels closed times priority weight, summed over the waves.")
    bound: Line | None = Field(default=None, description="What no plan can exceed; missing when nothing is proven.")
    least_effort: bool = Field(default=False, description="Whether it is proven that no plan of this value takes less.")
    services: Items[PlannedService] = Field(default=(), description="What launches when, by wave and id.")
    left_out: Items[ServiceId] = Field(default=(), description="What could have been planned and is in no wave, by id.")
    kept: Items[ServiceId] = Field(default=(), description="Offered services that no proposal may displace, by id.")
