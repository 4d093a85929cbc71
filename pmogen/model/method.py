"""catalog/method.yml: the scale, the thresholds and the defaults pmogen computes by."""

from __future__ import annotations

from pydantic import Field

from pmogen.model.base import GroupWeight, Items, Line, Model, Share, Text


class LevelName(Model):
    """One step of the level scale."""

    level: int = Field(ge=1, le=5, description="Number of the level, 1 to 5.")
    name: Line = Field(description="One or two words: absent, in places, ...")
    meaning: Line = Field(description="What the level means in any aspect.")


class Points(Model):
    """Points for low, medium and high."""

    L: int = Field(default=1, ge=0, description="Low.")
    M: int = Field(default=2, ge=0, description="Medium.")
    H: int = Field(default=3, ge=0, description="High.")


class GapMethod(Model):
    """How gaps are sized, ranked and given a priority."""

    medium_from: float = Field(default=1.0, gt=0, description="A gap of this many levels or more is M.")
    high_from: float = Field(default=2.0, gt=0, description="A gap of this many levels or more is H.")
    size_points: Points = Field(default=Points(), description="Points per gap size, for the rank.")
    priority_weight: Points = Field(default=Points(), description="Weight per priority, for the rank.")
    priority_medium_from: int = Field(
        default=4,
        ge=1,
        description="Weights of the expected benefits naming an aspect add up to this: priority M is proposed.",
    )
    priority_high_from: int = Field(default=9, ge=1, description="The same for priority H.")


class TargetMethod(Model):
    """What holds for targets."""

    default: int = Field(default=5, ge=1, le=5, description="Target of an aspect for which none is given.")
    reason_above: int = Field(default=3, ge=1, le=5, description="A target above this level asks for a reason.")


class LiftMethod(Model):
    """How far a service lifts an aspect unless the service says otherwise."""

    primary: float = Field(default=1.0, gt=0, description="Levels a primary service adds.")
    secondary: float = Field(default=0.4, gt=0, description="Levels a secondary service adds.")
    basic_up_to: float = Field(default=3.0, ge=1, le=5, description="A basic service cannot lift beyond this level.")
    advanced_up_to: float = Field(
        default=5.0, ge=1, le=5, description="An advanced service cannot lift beyond this level."
    )


class AgreementMethod(Model):
    """When people disagree so much that they should talk before planning."""

    spread_from: float = Field(default=1.5, gt=0, description="Highest minus lowest group median, in levels.")
    deviation_above: float = Field(default=1.0, gt=0, description="Standard deviation of all answers, in levels.")


class PrivacyMethod(Model):
    """What protects respondents."""

    minimum_group: int = Field(default=5, ge=2, description="No group with fewer answers is shown or stored.")


class ChangePoints(Model):
    """Change points of one launch for one audience."""

    low: int = Field(default=1, ge=0, description="Nothing to unlearn.")
    medium: int = Field(default=3, ge=0, description="A new step in known work.")
    high: int = Field(default=8, ge=0, description="A new habit, authority or tool.")


class ChangeTail(Model):
    """Extra points in the wave after a launch, as a share of the launch's own."""

    low: Share = Field(default=0.0, description="Of a low change.")
    medium: Share = Field(default=0.2, description="Of a medium change.")
    high: Share = Field(default=0.4, description="Of a high change.")


class ChangeMethod(Model):
    """How much change an audience can take."""

    points: ChangePoints = Field(default=ChangePoints(), description="Points per launch and audience.")
    tail: ChangeTail = Field(
        default=ChangeTail(), description="Extra points in the next wave, as a share of the launch's own."
    )
    capacity: int = Field(default=10, ge=0, description="Points an audience can take in a wave of `wave_months`.")
    wave_months: int = Field(default=3, ge=1, description="Length of wave for which the capacity is stated.")
    high_per_wave: int = Field(default=1, ge=0, description="High changes per audience and wave at most.")
    busy_from: Share = Field(default=0.7, description="Share of the capacity from which a wave counts as busy.")


class CapacityMethod(Model):
    """What a PMO can build and run."""

    build_share: Share = Field(default=0.60, description="Part of a wave's capacity that building may use at most.")
    run_share: Share = Field(default=0.85, description="Part of the PMO's FTE that running services may use at most.")
    build_waves: int = Field(
        default=3, ge=1, description="Consecutive waves building may spread over, the launch wave included."
    )
    absence_rate: Share = Field(
        default=0.16, description="Public holidays, leave and illness as a share of working days."
    )


class Method(Model):
    """Everything pmogen computes by. A workspace may change any of it in content/playbook.yml."""

    levels: Items[LevelName] = Field(description="The five levels.", min_length=5, max_length=5)
    targets: TargetMethod = Field(default=TargetMethod(), description="What holds for targets.")
    gap: GapMethod = Field(default=GapMethod(), description="How gaps are sized and ranked.")
    lift: LiftMethod = Field(default=LiftMethod(), description="How far services lift aspects.")
    agreement: AgreementMethod = Field(default=AgreementMethod(), description="When to talk before planning.")
    groups: Items[GroupWeight] = Field(
        default=(), description="Weights of respondent groups; without one a group counts 1, so all count the same."
    )
    privacy: PrivacyMethod = Field(default=PrivacyMethod(), description="What protects respondents.")
    change: ChangeMethod = Field(default=ChangeMethod(), description="How much change people can take.")
    capacity: CapacityMethod = Field(default=CapacityMethod(), description="What a PMO can build and run.")
    estimates: Text = Field(
        default="Efforts are estimates of the standard catalogue.",
        description="Whose the estimates are; shown wherever an estimate is shown.",
    )


class MethodChanges(Method):
    """Changes to the method: only what differs; a list such as `levels` is given as a whole."""

    levels: Items[LevelName] = Field(default=(), description="The five levels.", min_length=5, max_length=5)
