"""content/plan.yml: the published plan, written by `pmogen plan` and reviewed like a lock file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from pmogen.model.base import AudienceId, Items, Model, ServiceId, WaveId, Word


class PlannedWork(Model):
    """Person-days of building that fall into one wave."""

    wave: WaveId = Field(description="Wave in which they fall.")
    days: float = Field(gt=0, description="Person-days.")


class PlannedService(Model):
    """A service with its launch wave."""

    service: ServiceId = Field(description="Service that is planned, or was launched.")
    wave: WaveId = Field(description="Wave it launches in.")
    work: Items[PlannedWork] = Field(default=(), description="When it is built.")


class PriceOfPin(Model):
    """What a pin or deadline costs."""

    service: ServiceId = Field(description="Service that is pinned, or has a deadline.")
    wave: WaveId = Field(description="Wave it is held in, or by whose end it has to be live.")
    gain: Word = Field(description="Value that the plan would gain without it; 0 when nothing is lost by it.")


class LessCapacity(Model):
    """What happens when the PMO has a tenth less capacity in every wave to come."""

    falls_out: Items[ServiceId] = Field(default=(), description="Services that launch no more, by id.")
    slips: Items[ServiceId] = Field(default=(), description="Services that launch later, by id.")


class Help(Model):
    """What a little more of one capacity would bring."""

    wave: WaveId = Field(description="Wave in which there is more.")
    audience: AudienceId | None = Field(
        default=None, description="Audience that can take more points; without one it is days for building."
    )
    more: int = Field(gt=0, description="Person-days, or change points, on top.")
    gain: Word = Field(description="Value that the plan gains by it.")
    comes_in: Items[ServiceId] = Field(default=(), description="Services that launch then, by id.")
    earlier: Items[ServiceId] = Field(default=(), description="Services that launch earlier then, by id.")
    pays: Items[ServiceId] = Field(default=(), description="Services that launch later then, or no more, by id.")


class Insights(Model):
    """What the plan as a whole says. Found by searching on from the plan, so more may be possible, never less."""

    no_limits: Word = Field(
        description="Value if the PMO could build and run, and people could take, whatever is wanted."
    )
    pins: Items[PriceOfPin] = Field(default=(), description="What each pin and deadline costs, by service.")
    tenth_less: LessCapacity = Field(
        default=LessCapacity(), description="What happens when the PMO has a tenth less capacity."
    )
    helps: Items[Help] = Field(
        default=(), description="What would help: days by wave, then points by audience and wave."
    )
    untried: int = Field(
        default=0, ge=0, description="Capacities that keep something out and were not tried, as there are so many."
    )


class PublishedPlan(Model):
    """The plan that people know. Change it by pinning and planning again, not by hand."""

    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of everything the plan depends on: when it no longer matches, the plan is out of date."
    )
    seal: Word | None = Field(
        default=None,
        description="SHA-256 of all else in this file: when it does not match, the file was edited by hand, and what it "
        "says about how good the plan is no longer counts.",
    )
    engine: Word = Field(description="How the plan was found.")
    value_waves: Word = Field(description="Levels closed times priority weight, summed over the waves.")
    bound: Word | None = Field(default=None, description="What no plan can exceed; missing when nothing is proven.")
    least_effort: bool = Field(default=False, description="Whether it is proven that no plan of this value takes less.")
    unique: bool = Field(
        default=False, description="Whether it is proven that no other plan is as good in all that counts."
    )
    services: Items[PlannedService] = Field(default=(), description="What launches when, by wave and id.")
    left_out: Items[ServiceId] = Field(default=(), description="What could have been planned and is in no wave, by id.")
    kept: Items[ServiceId] = Field(default=(), description="Offered services that no proposal may displace, by id.")
    insights: Insights | None = Field(
        default=None, description="What the plan as a whole says; left out when not asked."
    )
