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
from pmogen.model.roadmap import Wave
from pmogen.model.workspace import Workspace

WHO = "What if"
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

    def amount(self, example: str) -> Amount:
        """The value as a number; raises `PmogenError`."""
        found = _AMOUNT.fullmatch(self.value)
        if found is None or (found[3] and not found[1]):
            raise self.refused(f"`{self.value}` is not such a number", f"write for example {example}")
        number = Fraction(found[2]) * (-1 if found[1] == "-" else 1)
        return Amount(number, "percent" if found[3] else "more" if found[1] else "exactly")

    def refused(self, why: str, hint: str) -> PmogenError:
        """The change cannot be made."""
        return PmogenError(f"`{self.change}`: {why}", hint)

    def pair(self, form: str) -> tuple[str, str]:
        """The value `ID@WAVE`; raises `PmogenError`."""
        first, at, wave = (part.strip() for part in self.value.partition("@"))
        if not at or not wave:
            raise self.refused("it names no wave", f"write {form}")
        return first, wave

    def known(self, identifier: str, known: Iterable[str], what: str) -> str:
        """The id when it is known; raises `PmogenError` with the nearest one, or with all when they are few."""
        names = sorted(known)
        if identifier in names:
            return identifier
        near = get_close_matches(identifier, names, 1)
        few = f"the {what} are {', '.join(names)}" if names else f"there are no {what}"
        many = f"there are {len(names)} {what}, from {names[0]} to {names[-1]}" if len(names) > 12 else few
        hint = f"did you mean `{near[0]}`?" if near else many
        raise self.refused(f"there is no `{identifier}` among the {what}", hint)

    def open_wave(self, workspace: Workspace, identifier: str) -> Wave:
        """The wave, which must not be over."""
        waves = {wave.id: wave for wave in workspace.roadmap.waves}
        wave = waves[self.known(identifier, waves, "waves")]
        if wave.status == "finished":
            open_ones = ", ".join(other.id for other in waves.values() if other.status != "finished")
            raise self.refused(f"{wave.name} is over", f"waves to come are {open_ones}" if open_ones else "add a wave")
        return wave

    def waves(self, workspace: Workspace) -> tuple[Wave, ...]:
        """The wave that is named, else all that are not over."""
        if self.wave:
            return (self.open_wave(workspace, self.wave),)
        return tuple(wave for wave in workspace.roadmap.waves if wave.status != "finished")

    def within(self, value: Fraction, before: Fraction, most: int, what: str) -> float:
        """The value, which must be between 0 and `most`."""
        if not 0 <= value <= most:
            hint = f"it is {in_words(before)} now, and can be 0 to {most}"
            raise self.refused(f"{what} would be {in_words(value)}", hint)
        return float(value)


Made = Callable[[AsIf, Asked], AsIf]
"""How a kind of change is made; raises `PmogenError` when it cannot be."""
