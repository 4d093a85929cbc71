"""The attacker: given everything that is published, the answers of too few people cannot be worked out.

Each test changes answers of people who are to be protected and asks that nothing published changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pmogen.analysis.levels import AspectLevel, levels_of
from pmogen.analysis.privacy import OTHER, carried_over, cells, told_apart
from pmogen.model.workspace import Workspace
from pmogen.playbook import compute
from pmogen.rules import check
from tests.analysis.surveys import AUDIENCES, GROUPS, Say, level_by, people, table
from tests.workspaces import workspace

MINIMUM = 5
SAID = st.sampled_from([1, 2, 3, 4, 5, "dk", "na", ""])
LEVELS = st.integers(1, 5)

Row = dict[str, Any]


def rows_of(sizes: Mapping[str, int], draw: Any, said: Any) -> list[Row]:
    """A row for every member of every group, with what they say about level, target and importance."""
    rows = people({group: [draw(said) for _ in range(size)] for group, size in sizes.items()})
    for row in rows:
        row.update(target=draw(SAID), importance=draw(SAID))
    return rows


def published(rows: list[Row], **files: Any) -> tuple[Any, ...]:
    """Everything that pages and exports are made from, but for the answers themselves.

    Somebody of each group answers another aspect, so that who took part does not depend on the answers tested.
    """
    made = asked(rows, **files)
    return levels_of(made, made.current)


def asked(rows: list[Row], **files: Any) -> Workspace:
    present = [dict(row, aspect="culture", current=2, target="", importance="") for row in rows]
    culture = {
        "id": "culture",
        "dimension": "direction",
        "name": "Culture",
        "core": False,
        "question": "How open?",
        "why": "It matters.",
        "levels": list("abcde"),
        "evidence": ["Survey"],
        "ask": ["sponsors"],
        "pmo_can_close": "fully",
    }
    return workspace(
        AUDIENCES
        | {
            "catalog/culture.yml": {"aspects": [culture]},
            "content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility"}, {"aspect": "culture"}]},
            "content/assessments/2027-01-31.csv": table([*rows, *present]),
        }
        | files
    )


def answered(rows: list[Row], group: str, column: str = "current") -> int:
    return sum(row["group"] == group and isinstance(row[column], int) for row in rows)


def hidden(rows: list[Row], groups: set[str], column: str) -> bool:
    """An oracle of its own: none of the groups is shown, neither alone nor folded together with others."""
    sizes = {group: answered(rows, group, column) for group in {row["group"] for row in rows}}
    small = [size for size in sizes.values() if size < MINIMUM]
    return all(sizes[group] < MINIMUM for group in groups) and sum(small) < MINIMUM


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_people_who_are_too_few_may_say_anything(data: st.DataObject) -> None:
    """Large groups are shown, and together with them four people or less: whatever these say, nothing changes."""
    few = data.draw(st.lists(st.sampled_from(["line-managers", "finance", "other"]), min_size=1, max_size=MINIMUM - 1))
    sizes = {"sponsors": 6, "project-managers": 5} | {group: few.count(group) for group in few}
    rows = rows_of(sizes, data.draw, LEVELS)
    for row in rows:
        if row["group"] not in few:
            row["target"], row["importance"] = 3, 4
    changed = [
        dict(row, **{column: data.draw(SAID) for column in ("current", "target", "importance")})
        if row["group"] in few
        else row
        for row in rows
    ]
    assert published(rows) == published(changed)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.data())
def test_hidden_answers_change_nothing_whatever_the_others_say(data: st.DataObject) -> None:
    """Any groups of any size: those that are hidden before and after a change of their answers leave no trace."""
    sizes = {group: data.draw(st.sampled_from([1, 1, 2, 3, 4, 5, 8]), label=group) for group in GROUPS}
    rows = rows_of(sizes, data.draw, SAID)
    victims = set(data.draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3)))
    changed = rows
    for column in ("current", "target", "importance"):
        other = [dict(row, **{column: data.draw(SAID)}) if row["group"] in victims else row for row in changed]
        if hidden(changed, victims, column) and hidden(other, victims, column):
            changed = other
    assume(changed != rows)
    assert published(rows) == published(changed)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_within_those_who_are_merged_nobody_can_be_told_from_another(data: st.DataObject) -> None:
    """Levels handed round among the people of a shown group, or of all folded groups, change nothing."""
    sizes = {group: data.draw(st.integers(1, 8), label=group) for group in GROUPS}
    rows = people({group: [data.draw(LEVELS) for _ in range(size)] for group, size in sizes.items()})
    cell_of = cells(sizes, MINIMUM)
    for name in sorted(set(cell_of.values())):
        members = [number for number, row in enumerate(rows) if cell_of.get(row["group"]) == name]
        assert len(members) >= MINIMUM
        moved = data.draw(st.permutations(members))
        changed = list(rows)
        for here, there in zip(members, moved, strict=True):
            changed[here] = dict(rows[here], current=rows[there]["current"])
        assert published(rows) == published(changed)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_fold_holds_two_groups_and_enough_people(data: st.DataObject) -> None:
    """A fold of one would be that group under another name."""
    sizes = data.draw(st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 12)))
    minimum = data.draw(st.integers(2, 8))
    folded = [group for group, name in cells(sizes, minimum).items() if name == OTHER]
    assert not folded or (len(folded) > 1 and sum(sizes[group] for group in folded) >= minimum)
    assert all(sizes[group] < minimum for group in folded)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_earlier_assessments_do_not_tell_on_hidden_people(data: st.DataObject) -> None:
    """With two assessments and their trend, people hidden in both may have said anything in either."""
    sizes = {"sponsors": 6, "project-managers": 5, "finance": data.draw(st.integers(1, MINIMUM - 1))}

    def both(earlier: list[Row], now: list[Row]) -> tuple[Any, ...]:
        aspects = {"aspects": [{"aspect": "visibility"}, {"aspect": "culture"}]}
        first = {"date": "2026-01-31", "title": "First", "method": "Asked."} | aspects
        made = asked(
            now,
            **{
                "content/assessments/2026-01-31.yml": first,
                "content/assessments/2026-01-31.csv": table(earlier),
            },
        )
        playbook = compute(made)
        return playbook.levels, playbook.earlier, playbook.trends, playbook.gaps

    pair = [rows_of(sizes, data.draw, LEVELS) for _ in range(2)]
    for rows in pair:
        for row in rows:
            row["target"] = row["importance"] = 3 if row["group"] != "finance" else ""
    changed = [
        [dict(row, current=data.draw(LEVELS)) if row["group"] == "finance" else row for row in rows] for rows in pair
    ]
    assert both(*pair) == both(*changed)


# The attacks by name, one after the other


def figures(says: Mapping[str, list[Say]]) -> AspectLevel:
    return level_by(says)


@pytest.mark.parametrize("secret", [1, 5, "dk", "na"])
def test_attack_on_totals(secret: Say) -> None:
    """Number, mean, deviation and counts less those of the groups shown leave nothing."""
    said: dict[str, list[Say]] = {"sponsors": [2] * 6, "finance": [3, 3, 3]}
    assert figures(said) == figures(said | {"finance": [secret, 3, 3]})
    found = figures(said | {"finance": [secret, 3, 3]}).answers
    assert found is not None
    assert (found.count, found.do_not_know, found.not_applicable) == (6, 0, 0)


def test_attack_on_do_not_know() -> None:
    """A group that is hidden because most of it does not know is not counted either; a folded one is."""
    hidden_group = figures({"sponsors": [2] * 6 + ["dk"], "finance": ["dk"] * 6}).answers
    folded = figures({"sponsors": [2] * 6 + ["dk"], "finance": [3, 3, "dk"], "project-managers": [2, 2, 2]}).answers
    assert hidden_group is not None
    assert folded is not None
    assert (hidden_group.do_not_know, folded.do_not_know) == (1, 2)


def test_attack_on_a_fold_of_one() -> None:
    """All groups but one are shown: the one is withheld, not called `other`."""
    found = figures({"sponsors": [2] * 6, "project-managers": [3] * 5, "finance": [5] * 4}).answers
    assert found is not None
    assert [group.group for group in found.groups] == ["project-managers", "sponsors"]
    assert found.withheld


def test_attack_on_the_note_that_something_is_withheld() -> None:
    """It stands beside an aspect whether the hidden group spoke about it or not."""
    rows = people({"sponsors": [2] * 6, "finance": [3]})
    silent = [row if row["group"] != "finance" else dict(row, current="") for row in rows]
    ignorant = [row if row["group"] != "finance" else dict(row, current="dk") for row in rows]
    assert published(rows) == published(silent) == published(ignorant)
    assert "too small to be shown" in str(published(silent)[0].trace)


def test_nothing_of_the_answers_is_kept_of_earlier_assessments() -> None:
    """Levels and targets are enough for a trend; groups, counts and comments are not handed on."""
    first = {"date": "2026-01-31", "title": "First", "method": "Asked.", "aspects": [{"aspect": "visibility"}]}
    made = asked(
        people({"sponsors": [2] * 6}),
        **{
            "content/assessments/2026-01-31.yml": first,
            "content/assessments/2026-01-31.csv": table(people({"sponsors": [1, 1, 3, 5, 5]})),
        },
    )
    ((_, (level,)),) = compute(made).earlier
    assert (level.current, level.answers, level.talk_first) == (3, None, False)
    assert level.trace.steps == ("Current level 3 (answers), target 5 (default).",)


# Two assessments


def two(earlier: list[Row], later: list[Row]) -> Workspace:
    aspects = {"aspects": [{"aspect": "visibility"}]}
    return workspace(
        AUDIENCES
        | {
            "content/assessments/2026-01-31.yml": {"date": "2026-01-31", "title": "One", "method": "Asked."} | aspects,
            "content/assessments/2026-01-31.csv": table(earlier),
            "content/assessments/2027-01-31.yml": aspects,
            "content/assessments/2027-01-31.csv": table(later),
        }
    )


LOT: dict[str, list[Say]] = {"sponsors": [1, 2, 3, 2, 1, 4], "finance": [3, 4, 3]}
OTHERS: dict[str, list[Say]] = {"sponsors": [2, 1, 3, 4, 2, 2], "finance": [3, 4, 3]}


@pytest.mark.parametrize(
    ("earlier", "later", "refused"),
    [
        (LOT, LOT, False),  # the same once more: nobody came, nobody went
        (LOT, LOT | {"sponsors": [*LOT["sponsors"], 5]}, True),  # one came
        (LOT | {"sponsors": [*LOT["sponsors"], 5]}, LOT, True),  # one went
        (LOT, LOT | {"sponsors": [*LOT["sponsors"], 5, 1, 2, 2, 3]}, False),  # five came: enough to hide each other
        (LOT, LOT | {"project-managers": [1, 2, 3, 4, 5]}, False),  # a group came: it is shown by itself
        (LOT | {"line-managers": [1, 2]}, LOT | {"line-managers": [1]}, False),  # one went from a fold: it is withheld
        (LOT | {"line-managers": [1, 2, 2]}, LOT | {"line-managers": [1, 2]}, True),  # a fold of six and one of five
        ({"sponsors": [3, 4, 4, 4], "finance": [3, 4, 3]}, {"sponsors": [3, 4, 4, 4, 1], "finance": [3, 4, 3]}, True),
        (LOT, OTHERS | {"sponsors": [*OTHERS["sponsors"], 5]}, False),  # asked anew: other answers
    ],
)
def test_attack_by_two_assessments(earlier: dict[str, list[Say]], later: dict[str, list[Say]], refused: bool) -> None:
    """Copied answers with few people more or less are refused, as the difference would show what those said."""
    made = two(people(earlier), people(later))
    assert bool(told_apart(*made.assessments, MINIMUM)) is refused
    assert ("PMO805" in {found.code for found in check(made)}) is refused


def test_a_copy_is_known_by_its_answers() -> None:
    """Nine in ten the same is a copy; eight in ten is not, and neither are fewer people than the minimum."""
    made = two(people({"sponsors": [1] * 10}), people({"sponsors": [1] * 9 + [2]}))
    before, now = (dated.answers for dated in made.assessments)
    assert carried_over(before, now, MINIMUM)
    assert not carried_over(before[:-1], now, 10)
    other = two(people({"sponsors": [1] * 10}), people({"sponsors": [1] * 8 + [2, 2]}))
    assert not carried_over(*(dated.answers for dated in other.assessments), MINIMUM)
