"""How it is computed, and all decisions by date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal

from pmogen.analysis.gaps import Gap
from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.projection import Lifting, projected_level
from pmogen.analysis.second_look import SecondLook
from pmogen.diagnostics import Span
from pmogen.language import _
from pmogen.model.decisions import Approval
from pmogen.model.history import NOTHING, Remembered
from pmogen.planning.solve import PROOF, SEARCH
from pmogen.render.book import Book
from pmogen.render.page import Nav, Page


@dataclass(frozen=True)
class LiftStep:
    """One step of a projection: the level before and after a service is live."""

    lifting: Lifting
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Example:
    """The worked example: the gap of the first rank, lifted by every service that is not declined."""

    level: AspectLevel
    gap: Gap
    lifts: tuple[LiftStep, ...]
    reachable: Fraction


@dataclass(frozen=True)
class DecisionLine:
    """A decision of any kind, with the kind and id of what it is about for a link."""

    when: dt.date
    what: Literal["offer", "decline", "defer", "accept", "hand-off"]
    kind: str
    about: str
    who: str
    why: str
    span: Span
    until: dt.date | None = None
    approved: Approval | None = None
    known: Remembered = NOTHING


@dataclass(frozen=True)
class Again:
    """A decision to look at again, with the reasons."""

    kind: Literal["service", "gap"]
    about: str
    looks: tuple[SecondLook, ...]
    span: Span


def worked_example(book: Book) -> Example | None:
    """The gap of the first rank, step by step; None when there is no gap."""
    if not book.gaps:
        return None
    gap = book.gaps[0]
    level, closing = book.level(gap.aspect), book.closing(gap.aspect)
    if level is None or closing is None:
        return None
    reached, steps = gap.current, []
    for lifting in sorted(closing.liftings, key=lambda lifting: lifting.up_to):
        after = projected_level(reached, (lifting,))
        steps.append(LiftStep(lifting, reached, after))
        reached = after
    return Example(level, gap, tuple(steps), closing.reachable)


def decision_lines(book: Book) -> tuple[DecisionLine, ...]:
    """Services, acceptances and agreed hand-offs, the newest first; on one day in the order of the file."""
    decisions, history, lines = book.decisions, book.workspace.history, []
    for number, made in enumerate(decisions.services):
        line = DecisionLine(
            made.when,
            made.decision,
            "service",
            made.service,
            made.who,
            made.why,
            book.span("decisions", "services", number),
            made.until,
            made.approved,
            history.of("services", made.service),
        )
        lines.append(line)
    for number, gap in enumerate(decisions.accepted_gaps):
        line = DecisionLine(
            gap.when,
            "accept",
            "gap",
            gap.aspect,
            gap.who,
            gap.why,
            book.span("decisions", "accepted_gaps", number),
            gap.until,
            gap.approved,
            history.of("accepted_gaps", gap.aspect),
        )
        lines.append(line)
    for number, hand_off in enumerate(decisions.hand_offs):
        if hand_off.agreed_on is None:
            continue
        line = DecisionLine(
            hand_off.agreed_on,
            "hand-off",
            "hand-off",
            hand_off.id,
            hand_off.contact,
            hand_off.asked,
            book.span("decisions", "hand_offs", number),
            approved=hand_off.approved,
            known=history.of("hand_offs", hand_off.id),
        )
        lines.append(line)
    return tuple(sorted(lines, key=lambda line: -line.when.toordinal()))


def by_day(lines: tuple[DecisionLine, ...]) -> tuple[tuple[dt.date, tuple[DecisionLine, ...]], ...]:
    """The decisions with the day on which they were made."""
    return tuple((day, tuple(own)) for day, own in groupby(lines, key=lambda line: line.when))


def looked_at_again(book: Book) -> tuple[Again, ...]:
    """Decisions to look at again, each once with all its reasons, in the order of the file."""
    found: dict[tuple[str, str], tuple[SecondLook, ...]] = {}
    for look in book.playbook.second_looks:
        found.setdefault((look.part, look.about), book.second_looks(look.part, look.about))
    return tuple(
        Again("service" if part == "services" else "gap", about, looks, book.span("decisions", part, looks[0].number))
        for (part, about), looks in found.items()
    )


def engine(name: str) -> str:
    """How a plan was computed, in the language of the page."""
    known = {
        SEARCH: _("list scheduling and local search"),
        PROOF: _("list scheduling and local search, then HiGHS"),
    }
    return known.get(name, name)


def pages(book: Book) -> Iterator[Page]:
    """How it is computed, and the decisions."""
    yield Page(
        path="method/index.md",
        title=_("How it is computed"),
        template="pages/method/index.md.j2",
        values=lambda: {"example": worked_example(book), "engine": engine(book.plan.engine)},
        sources=(book.span("method"), book.span("playbook", "method")),
        description=_("Every rule behind the figures, with the values that hold here and a worked example."),
    )
    yield Page(
        path="method/decisions.md",
        title=_("Decisions"),
        template="pages/method/decisions.md.j2",
        values=lambda: _decided(book),
        sources=tuple(book.span("decisions", part) for part in ("services", "accepted_gaps", "hand_offs")),
        description=_("All decisions by date: services, accepted gaps and hand-offs, with who and why."),
    )


def _decided(book: Book) -> dict[str, Any]:
    candidates = (entry.service for entry in book.playbook.choice.candidates)
    return {
        "days": by_day(decision_lines(book)),
        "undecided": tuple(service for service in candidates if book.decision_state(service) == "undecided"),
        "asked": tuple(entry for entry in book.decisions.hand_offs if entry.agreed_on is None),
        "again": looked_at_again(book),
    }


def nav(_book: Book) -> Iterator[Nav]:
    """The rules and the decisions."""
    children = (
        Nav(_("Decisions"), "method/decisions.md"),
        Nav(_("Downloads"), "downloads.md"),
        Nav(_("The whole playbook"), "whole.md"),
    )
    yield Nav(_("Method and decisions"), "method/index.md", children)
