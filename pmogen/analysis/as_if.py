"""A workspace as if something were different: what a what-if changes, and how its numbers are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Literal

from pmogen.analysis.trace import in_words
from pmogen.errors import PmogenError
from pmogen.language import N_, _, spoken
from pmogen.model.roadmap import Wave
from pmogen.model.workspace import Workspace

WHO = N_("What if")
"""Who decides, and why, in a what-if."""

_AMOUNT = re.compile(r"([+-]?)([0-9]{1,4}(?:\.[0-9]{1,2})?)(%?)")


@dataclass(frozen=True)
class Amount:
    """A number as written: 4, +1, -0.5 or -10%."""

    number: Fraction
    kind: Literal["exactly", "more", "percent"]

    def of(self, before: Fraction) -> Fraction:
        """What a number becomes by it."""
        if self.kind == "percent":
            return before * (1 + self.number / 100)
        return self.number + before * (self.kind == "more")


@dataclass(frozen=True)
class Grant:
    """More or less of a capacity than files can say: in one wave, or with no `wave` in all that are not over.

    `days` are person-days for building, of a role where `of` names one; `points` are change points of the
    audience `of`; `running` is FTE for running live services.
    """

    kind: Literal["days", "points", "running"]
    amount: Amount
    wave: str = ""
    of: str = ""


@dataclass(frozen=True)
class AsIf:
    """A workspace as if all changes so far had been made, and what is granted beside it."""

    workspace: Workspace
    grants: tuple[Grant, ...] = ()

    def with_roadmap(self, **changes: Any) -> AsIf:
        """The same with fields of the roadmap replaced."""
        roadmap = self.workspace.roadmap.model_copy(update=changes)
        return replace(self, workspace=replace(self.workspace, roadmap=roadmap))

    def with_waves(self, fields: Mapping[str, Mapping[str, Any]]) -> AsIf:
        """The same with fields of some waves replaced, by wave."""
        waves = self.workspace.roadmap.waves
        return self.with_roadmap(waves=tuple(wave.model_copy(update=dict(fields.get(wave.id, {}))) for wave in waves))


@dataclass(frozen=True)
class Asked:
    """One change as written, taken apart: `KIND.SUBJECT@WAVE=VALUE`; parts that are not there are empty."""

    change: str
    subject: str
    wave: str
    value: str

    def amount(self, *examples: str) -> Amount:
        """The value as a number; raises `PmogenError`, with the examples."""
        found = _AMOUNT.fullmatch(self.value)
        if found is None or (found[3] and not found[1]):
            example = _either(examples)
            raise self.no_number(_("write for example {change}", change=example))
        number = Fraction(found[2]) * (-1 if found[1] == "-" else 1)
        return Amount(number, "percent" if found[3] else "more" if found[1] else "exactly")

    def refused(self, why: str, hint: str) -> PmogenError:
        """The change cannot be made."""
        return PmogenError(f"`{self.change}`: {why}", hint)

    def no_number(self, hint: str) -> PmogenError:
        """The value is no number of the kind that is wanted."""
        return self.refused(_("`{value}` is not such a number", value=self.value), hint)

    def pair(self, form: str) -> tuple[str, str]:
        """The value `ID@WAVE`; raises `PmogenError`."""
        first, at, wave = (part.strip() for part in self.value.partition("@"))
        if not at or not wave:
            raise self.refused(_("it names no wave"), _("write {change}", change=form))
        return first, wave

    def known(self, identifier: str, known: Iterable[str], what: str) -> str:
        """The id when it is known; raises `PmogenError` with the nearest one, or with all when they are few.

        `what` is what they are called, more than one, in the language that is spoken.
        """
        names = sorted(known)
        if identifier in names:
            return identifier
        near = get_close_matches(identifier, names, 1)
        message = _("there is no `{id}` among the {things}", id=identifier, things=what)
        raise self.refused(message, _("did you mean `{near}`?", near=near[0]) if near else _all_of(what, names))

    def open_wave(self, workspace: Workspace, identifier: str) -> Wave:
        """The wave, which must not be over."""
        waves = {wave.id: wave for wave in workspace.roadmap.waves}
        wave = waves[self.known(identifier, waves, _("waves"))]
        if wave.status == "finished":
            open_ones = ", ".join(other.id for other in waves.values() if other.status != "finished")
            hint = _("waves to come are {waves}", waves=open_ones) if open_ones else _("add a wave")
            raise self.refused(_("{wave} is over", wave=wave.name), hint)
        return wave

    def waves(self, workspace: Workspace) -> tuple[Wave, ...]:
        """The wave that is named, else all that are not over."""
        if self.wave:
            return (self.open_wave(workspace, self.wave),)
        return tuple(wave for wave in workspace.roadmap.waves if wave.status != "finished")

    def within(self, value: Fraction, before: Fraction, most: int, what: str) -> float:
        """The value, which must be between 0 and `most`."""
        if not 0 <= value <= most:
            hint = _("it is {now} now, and can be 0 to {most}", now=in_words(before), most=most)
            raise self.refused(_("{figure} would be {number}", figure=what, number=in_words(value)), hint)
        return float(value)


def _either(examples: tuple[str, ...]) -> str:
    joints = (*spoken().joints(len(examples), "or"), "")
    return "".join(example + joint for example, joint in zip(examples, joints, strict=True))


def _all_of(what: str, names: list[str]) -> str:
    """What there is: all of it, or how many and which range when they are many."""
    if len(names) > 12:
        return _(
            "there are {count} {things}, from {first} to {last}",
            count=len(names),
            things=what,
            first=names[0],
            last=names[-1],
        )
    if names:
        return _("the {things} are {names}", things=what, names=", ".join(names))
    return _("there are no {things}", things=what)


Made = Callable[[AsIf, Asked], AsIf]
"""How a kind of change is made; raises `PmogenError` when it cannot be."""
