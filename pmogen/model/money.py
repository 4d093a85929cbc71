"""Money, which a playbook may leave out altogether: amounts as ranges, never as false certainty."""

from __future__ import annotations

from pydantic import Field

from pmogen.model.base import BenefitId, Items, Line, Model, Text


class Amount(Model):
    """An amount of money, as a range or three points, in the currency of the playbook."""

    low: float = Field(ge=0, description="At least.")
    likely: float | None = Field(default=None, ge=0, description="Most likely; default the middle.")
    high: float = Field(ge=0, description="At most.")


class Money(Model):
    """What the PMO's work costs. Nothing about money is shown while this is left out."""

    currency: Line = Field(description="Currency of all amounts, as it is to be shown: EUR, Swiss francs, ...")
    day_rate: Amount | float | None = Field(
        default=None, description="What a person-day of the PMO costs: one number or a range; default not counted."
    )
    source: Line | None = Field(default=None, description="Where the day rate comes from.")


class BenefitAssumption(Model):
    """What a role assumes a benefit to be worth in a year; pmogen never makes one up."""

    what: Text = Field(description="What is assumed, and how it comes about.")
    who: Line = Field(description="Role that states the assumption and answers for it.")
    low: float = Field(description="At least, a year.")
    likely: float | None = Field(default=None, description="Most likely, a year; default the middle.")
    high: float = Field(description="At most, a year.")
    source: Line = Field(description="What the assumption rests on.")
    benefits: Items[BenefitId] = Field(default=(), description="Expected benefits it is about.")
