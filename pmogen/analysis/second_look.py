"""Decisions to look at again: older than the assessment, past their day, or contradicted by the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pmogen.analysis.gaps import Gap
from pmogen.analysis.launched import live_services
from pmogen.analysis.redundancy import Margin
from pmogen.analysis.services import Choice
from pmogen.model.workspace import Workspace

Reason = Literal["older", "ended", "only closer", "redundant"]


@dataclass(frozen=True)
class SecondLook:
    """A decision that somebody should look at again, and why.

    `part` and `number` say which entry of content/decisions.yml. `about` is the service, or the aspect of
    an accepted gap. `aspects` are the gaps of which this is so, by rank.
    """

    part: Literal["services", "accepted_gaps"]
    number: int
    about: str
    reason: Reason
    aspects: tuple[str, ...] = ()


def second_looks(
    workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice, margins: tuple[Margin, ...]
) -> tuple[SecondLook, ...]:
    """All of them: services in the order of the file, then accepted gaps.

    What is live is history and not looked at again, and of several decisions on one service only the last.
    """
    return (*_services(workspace, gaps, choice, margins), *_accepted(workspace))


def _services(
    workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice, margins: tuple[Margin, ...]
) -> Iterator[SecondLook]:
    today, assessed = workspace.settings.as_of, workspace.current.assessment.date
    last = {made.service: number for number, made in enumerate(workspace.decisions.services)}
    redundant = {margin.service for margin in margins if margin.redundant}
    live = live_services(workspace)
    closer = _Closers(workspace, gaps, choice)
    for number, made in enumerate(workspace.decisions.services):
        if made.service in live or last[made.service] != number:
            continue
        if made.until is not None and made.until < today:
            yield SecondLook("services", number, made.service, "ended")
        elif made.when < assessed:
            yield SecondLook("services", number, made.service, "older")
        only = closer.only(made.service) if made.decision == "decline" else ()
        if only:
            yield SecondLook("services", number, made.service, "only closer", only)
        if made.decision == "offer" and made.service in redundant:
            yield SecondLook("services", number, made.service, "redundant")


class _Closers:
    """Who would close gaps of size M or H and priority H that nothing closes that is not declined.

    A gap whose acceptance holds is left out, as it stays open on purpose; so is one that somebody else has
    agreed to close.
    """

    def __init__(self, workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice) -> None:
        agreed = {
            aspect
            for hand_off in workspace.decisions.hand_offs
            if hand_off.status in ("agreed", "under way", "done")
            for aspect in hand_off.aspects
        }
        closed = {closing.aspect for closing in choice.closings if closing.liftings or closing.accepted}
        weighty = {gap.aspect for gap in gaps if gap.size in ("M", "H") and gap.priority == "H"}
        self._open = weighty - closed - agreed
        self._closes = {candidate.service: candidate.closes for candidate in choice.candidates}

    def only(self, service: str) -> tuple[str, ...]:
        """Those of the gaps that the service would close, by rank."""
        return tuple(aspect for aspect, _ in self._closes.get(service, ()) if aspect in self._open)


def _accepted(workspace: Workspace) -> Iterator[SecondLook]:
    today, assessed = workspace.settings.as_of, workspace.current.assessment.date
    for number, made in enumerate(workspace.decisions.accepted_gaps):
        if made.until < today:
            yield SecondLook("accepted_gaps", number, made.aspect, "ended")
        elif made.when < assessed:
            yield SecondLook("accepted_gaps", number, made.aspect, "older")
