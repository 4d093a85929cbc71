"""`diff A A` is empty, `diff A B` and `diff B A` mirror each other, and playbook.json gives the same changes as its files."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmogen.diff import compare, side_of_json
from pmogen.diff.told import told
from pmogen.exchange import playbook_json
from pmogen.source.files import Sources
from tests.diff.states import ASSESSMENT, before, edited, example, now

NUMBERS = re.compile(
    r"(?m)^(\s*(?:- )?(?:target|current|fte|weight|low|likely|high|run_fte|capacity|points|by): )([0-9.]+)$"
)
FILES = (ASSESSMENT, "content/roadmap.yml", "content/foundation.yml", "catalog/services/basic-information.yml")


CHANGES = st.lists(
    st.tuples(st.sampled_from(FILES), st.integers(0, 400), st.sampled_from(("1", "2", "3", "4", "0.5", "12"))),
    min_size=1,
    max_size=3,
    unique_by=lambda change: change[0],
)
"""File, which of its numbers, and what to put there."""


def changed(changes):
    """The example with some of its numbers changed."""
    files = dict(example().files)
    for name, number, by in changes:
        text = files[name].decode()
        places = list(NUMBERS.finditer(text))
        found = places[number % len(places)]
        files[name] = (text[: found.start(2)] + by + text[found.end(2) :]).encode()
    return Sources(files, example().standard_is)


def test_nothing_differs_from_itself():
    found = compare(before(), now(example()))
    assert not found.changes
    assert not found.edits
    assert told(found).is_empty


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHANGES)
def test_both_directions_mirror_each_other(changes):
    after = now(changed(changes))
    there, back = compare(before(), after), compare(after, before())
    assert {change.mirrored() for change in back.changes} == set(there.changes)
    assert [edit.mirrored() for edit in back.edits] == list(there.edits)
    assert [change.key for change in back.changes] == [change.key for change in there.changes]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHANGES)
def test_every_computed_change_has_a_cause(changes):
    found = compare(before(), now(changed(changes)))
    assert [change for change in found.changes if not change.causes] == []


@pytest.mark.parametrize(
    "pattern", [r"(aspect: governance\n    target:) 3\.5", r"(aspect: sponsorship\n    target:) 3\.5"]
)
def test_numbers_alone_give_the_same_changes(pattern):
    after = now(edited((ASSESSMENT, pattern, r"\1 5")))
    sides = [side_of_json(side.name, playbook_json(side.playbook).encode()) for side in (before(), after)]
    by_numbers, by_files = compare(*sides), compare(before(), after)
    assert not by_numbers.edits
    values = {(change.key, change.old, change.new) for change in by_files.changes}
    assert {(change.key, change.old, change.new) for change in by_numbers.changes} == values
