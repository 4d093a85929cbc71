"""States of the example workspace, changed line by line in memory."""

from __future__ import annotations

import re
from functools import cache

from pmogen.diff import Comparison, Side, compare, side_of_sources
from pmogen.planning.published import publish, published
from pmogen.source.files import Sources, read_sources
from tests.workspaces import ROOT

ASSESSMENT = "content/assessments/2026-06-26.yml"
PLAN = "content/plan.yml"

Edit = tuple[str, str, str]
"""File, pattern, and what to put in the place of its first match."""

HAND_OFF = """hand_offs:
  - id: bookings-on-handhelds
    title: Let crews see their bookings on the handhelds
    entity: it-operations
    aspects: [resource-capacity]
    asked: Show the bookings of the week on the handhelds of the crews.
    pmo_part: Names what a booking holds, and tries it out in one depot.
    contact: Head of IT operations
    due: 2027-06-30
    status: proposed
"""
REALISTIC: tuple[Edit, ...] = (
    (ASSESSMENT, r"(aspect: governance\n    target:) 3\.5", r"\1 4"),
    ("content/decisions.yml", r"(service: planning-support\n    decision:) offer", r"\1 decline"),
    ("content/decisions.yml", r"^hand_offs:\n", HAND_OFF),
    ("content/roadmap.yml", r"(id: 2027-q1(?:\n.*?)*?    fte:) 4\.5", r"\1 3.0"),
)
"""A target is raised, a service declined, a unit asked for something, a team made smaller."""


@cache
def example() -> Sources:
    return read_sources(ROOT)


@cache
def before() -> Side:
    return side_of_sources("main", example())


def edited(*edits: Edit) -> Sources:
    """The example with the first match of a pattern in a file replaced, for each edit."""
    files = dict(example().files)
    for name, pattern, by in edits:
        text, count = re.subn(pattern, by, files[name].decode(), count=1, flags=re.MULTILINE)
        assert count == 1, f"{pattern} is not in {name}"
        assert text.encode() != files[name]
        files[name] = text.encode()
    return Sources(files, example().standard_is)


def without(name: str) -> Sources:
    return Sources({key: raw for key, raw in example().files.items() if key != name}, example().standard_is)


def with_file(name: str, text: str, sources: Sources | None = None) -> Sources:
    return Sources({**(sources or example()).files, name: text.encode()}, example().standard_is)


def planned_anew(sources: Sources) -> Sources:
    """The same with the plan that follows from it."""
    playbook = now(sources).playbook
    assert playbook is not None
    plan = publish(playbook.workspace, playbook.gaps, playbook.choice, playbook.plan)
    return with_file(PLAN, published(plan), sources)


def now(sources: Sources, name: str = "the working tree") -> Side:
    loaded = before().loaded
    return side_of_sources(name, sources, loaded.documents if loaded else {})


def compared(*edits: Edit) -> Comparison:
    return compare(before(), now(edited(*edits)))


@cache
def realistic() -> Comparison:
    """A change as people make it, with the plan made anew."""
    return compare(before(), now(planned_anew(edited(*REALISTIC))))


def chain(comparison: Comparison) -> set[tuple[str, str, str]]:
    """Kind, id and field of every change."""
    return {(change.key.kind, change.key.id, change.key.field) for change in comparison.changes}
