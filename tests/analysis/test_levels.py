"""Levels from answers, calculated by hand: exact, and never showing a small group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmogen.analysis.answers import Answers, GroupLevel, deviation_of, group_medians, weighted_mean
from pmogen.analysis.levels import OTHER, AspectLevel, levels_of, most_disputed
from pmogen.analysis.trace import in_words
from tests.analysis.surveys import Say, level_by, people, survey, table
from tests.workspaces import workspace

ANSWERS = st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.integers(1, 5)), max_size=60)


def answers_of(level: AspectLevel) -> Answers:
    assert level.answers is not None
    return level.answers


# Groups


@given(ANSWERS, st.integers(2, 8))
def test_no_group_under_the_minimum_is_shown(told: list[tuple[str, int]], minimum: int) -> None:
    """Every group shown has enough answers, the folded one included."""
    groups, withheld = group_medians(told, minimum)
    assert all(group.answers >= minimum for group in groups)
    shown = sum(group.answers for group in groups)
    assert shown <= len(told)
    assert withheld == (shown < len(told))


@given(ANSWERS)
def test_order_of_answers_does_not_matter(told: list[tuple[str, int]]) -> None:
    """The same answers in any order give the same groups."""
    assert group_medians(told, 3) == group_medians(list(reversed(told)), 3)


@given(ANSWERS, st.integers(2, 8))
def test_counts_per_level_add_up_to_the_answers(told: list[tuple[str, int]], minimum: int) -> None:
    """Every answer of a group shown is counted at one level."""
    assert all(sum(group.told) == group.answers for group in group_medians(told, minimum)[0])


def test_small_groups_fold_into_other_or_are_withheld() -> None:
    """Three and two answers fold into five; three alone are withheld."""
    assert [group.group for group in group_medians([("a", 1)] * 3 + [("b", 2)] * 2, 5)[0]] == [OTHER]
    assert group_medians([("a", 1)] * 3, 5) == ((), True)


def test_a_group_called_other_joins_the_fold() -> None:
    """It cannot be told from the small groups that are folded with it."""
    groups, withheld = group_medians([("a", 1)] * 2 + [(OTHER, 3)] * 5, 5)
    assert [(group.group, group.answers, group.told) for group in groups] == [(OTHER, 7, (2, 0, 5, 0, 0))]
    assert not withheld


# Numbers


@given(st.lists(st.integers(1, 5), min_size=1, max_size=50))
def test_deviation_is_the_population_standard_deviation(values: list[int]) -> None:
    """To four digits, rounded down, as floating point would say it."""
    mean = sum(values) / len(values)
    expected = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
    assert abs(float(deviation_of(values)) - expected) < 0.0002


@pytest.mark.parametrize(
    ("says", "level"),
    [
        ({"sponsors": [3]}, None),  # a single respondent is never a level
        ({"sponsors": [3] * 4}, None),  # one below the minimum
        ({"sponsors": [3] * 5}, "3"),  # exactly the minimum
        ({"sponsors": ["dk"] * 9}, None),  # nobody can say
        ({"sponsors": ["dk"] * 9 + [1] * 5}, "1"),  # do not know never counts as 1, and 1 does
        ({"sponsors": ["na"] * 9 + [4] * 5}, "4"),
        ({"sponsors": [1, 2, 3, 4, 5]}, "3"),  # odd: the one in the middle
        ({"sponsors": [1, 1, 2, 3, 5, 5]}, "5/2"),  # even: halfway between the two in the middle
        ({"sponsors": [1, 1, 1, 5, 5, 5]}, "3"),  # a tie of extremes
        ({"sponsors": [2] * 5, "project-managers": [3] * 50}, "5/2"),  # a large group does not drown a small one
        ({"sponsors": [1] * 5, "project-managers": [2] * 5, "finance": [2] * 5}, "5/3"),  # exact, not 1.67
        ({"sponsors": [2] * 5, "project-managers": [5] * 4}, "2"),  # withheld answers change nothing
        ({"sponsors": [2] * 5, "project-managers": [5] * 4, "finance": [1]}, "7/2"),  # (2 + 5) / 2, folded
    ],
)
def test_level_from_answers(says: Mapping[str, list[Say]], level: str | None) -> None:
    """The mean of the groups' medians, by hand."""
    found = level_by(says)
    assert found.current == (None if level is None else Fraction(level))
    assert found.current_from == ("unknown" if level is None else "answers")


def test_an_assessment_without_answers_about_an_aspect() -> None:
    """Answers about another aspect leave the level unknown, and there is nothing to show."""
    level = level_by({"sponsors": [""]})
    assert level.current is None
    assert level.answers is None


def test_figures_beside_the_level_by_hand() -> None:
    """Medians 2 and 4: spread 2; values 1 2 2 2 3 and 4 4 4 4 4: mean 3, squares 4+1+1+1+0+5 = 12, deviation sqrt(1.2)."""
    answers = answers_of(level_by({"sponsors": [1, 2, 2, 2, 3, "dk", "na"], "project-managers": [4] * 5}))
    assert answers.groups == (
        GroupLevel("project-managers", 5, Fraction(4), Fraction(1), (0, 0, 0, 5, 0)),
        GroupLevel("sponsors", 5, Fraction(2), Fraction(1), (1, 3, 1, 0, 0)),
    )
    assert (answers.level, answers.spread, answers.count) == (3, 2, 10)
    assert answers.deviation == Fraction(10954, 10_000)
    assert (answers.do_not_know, answers.not_applicable) == (1, 1)


@pytest.mark.parametrize(
    ("says", "talk"),
    [
        ({"sponsors": [2] * 5, "project-managers": [3, 3, 3, 4, 4, 4]}, True),  # spread 1.5: the limit itself counts
        ({"sponsors": [2] * 5, "project-managers": [3] * 5}, False),
        ({"sponsors": [2, 2, 2, 4, 4, 4]}, False),  # deviation 1: only more than that counts
        ({"sponsors": [1, 2, 2, 4, 4, 4]}, True),
        ({"sponsors": [1, 5, 1, 5]}, False),  # too few to say that they disagree
    ],
)
def test_when_people_should_talk_first(says: Mapping[str, list[Say]], talk: bool) -> None:
    """From a spread of 1.5 on, or above a deviation of 1."""
    assert level_by(says).talk_first is talk


def test_the_most_disputed_comes_first() -> None:
    """By spread, then by deviation, then by id; what people agree on is not in the list."""

    def disputed(aspect: str, says: Mapping[str, list[Say]]) -> AspectLevel:
        return replace(level_by(says), aspect=aspect)

    wide = disputed("wide", {"sponsors": [1] * 5, "finance": [5] * 5})
    narrow = disputed("narrow", {"sponsors": [1] * 5, "finance": [3] * 5})
    noisy = disputed("noisy", {"sponsors": [1] * 3 + [5] * 2, "finance": [3] * 5})
    agreed = disputed("agreed", {"sponsors": [2] * 5})
    same = disputed("alike", {"sponsors": [1] * 5, "finance": [3] * 5})
    assert [level.aspect for level in most_disputed((narrow, agreed, noisy, wide, same))] == [
        "wide",
        "noisy",
        "alike",
        "narrow",
    ]


# Weights


def test_groups_with_weights_by_hand() -> None:
    """(2 x 3 + 0.5 x 1 + 1 x 4) / 3.5 = 3."""
    level = level_by(
        {"sponsors": [3] * 5, "project-managers": [1] * 5, "finance": [4] * 5},
        groups=[{"audience": "sponsors", "weight": 2.0}, {"audience": "project-managers", "weight": 0.5}],
    )
    assert level.current == 3
    assert "Mean by weight: (1 x 4 + 0.5 x 1 + 2 x 3) / 3.5 = 3." in level.trace.steps
    assert "sponsors 3 (5 answers, weight 2)" in level.trace.steps[0]


def test_decimal_weights_are_exact() -> None:
    """(0.1 x 1 + 0.2 x 2) / 0.3 = 5/3, as tenths are tenths."""
    groups = (GroupLevel("a", 5, Fraction(1), Fraction(1, 10)), GroupLevel("b", 5, Fraction(2), Fraction(2, 10)))
    assert weighted_mean(groups) == Fraction(5, 3)
    assert weighted_mean(()) is None


def test_equal_weights_are_no_weights() -> None:
    """Doubling every weight changes no level."""
    says: dict[str, list[Say]] = {"sponsors": [3] * 5, "project-managers": [2] * 5, "finance": [2] * 5}
    weights = [{"audience": group, "weight": 2.0} for group in says]
    assert level_by(says, groups=weights).current == level_by(says).current == Fraction(7, 3)


def test_small_groups_taken_together_weigh_one() -> None:
    """The weight of a group that is folded would tell who is in the fold: (1 x 2 + 3 x 4) / 4 = 3.5."""
    says: dict[str, list[Say]] = {"sponsors": [4] * 5, "project-managers": [2] * 3, "finance": [2] * 2}
    weights = [{"audience": "sponsors", "weight": 3.0}, {"audience": "finance", "weight": 9.0}]
    assert level_by(says, groups=weights).current == Fraction(7, 2)


def test_weights_of_the_assessment_replace_those_of_the_method() -> None:
    """The method holds for every assessment that has none of its own."""
    says: dict[str, list[Say]] = {"sponsors": [1] * 5, "project-managers": [4] * 5}
    method = {"content/playbook.yml": {"method": {"groups": [{"audience": "sponsors", "weight": 2.0}]}}}
    csv = {"content/assessments/2027-01-31.csv": table(people(says))}
    stated = {"content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility"}]}}
    made = workspace({**method, **csv, **stated})
    assert levels_of(made, made.current)[0].current == 2
    assert level_by(says, groups=[{"audience": "project-managers", "weight": 2.0}]).current == 3


# Targets, and levels that are stated


def test_targets_from_answers_have_groups_of_their_own() -> None:
    """Five of six sponsors name a target, and only four finance people do: the latter are not counted."""
    rows = people({"sponsors": [2] * 6, "finance": [3] * 5})
    targets = [4, 4, 3, 3, 3, "", 5, 5, 5, 5, ""]
    for row, target in zip(rows, targets, strict=True):
        row["target"] = target
    made = workspace(
        {
            "catalog/groups.yml": {"audiences": [{"id": "finance", "name": "Finance", "description": "They."}]},
            "content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility"}]},
            "content/assessments/2027-01-31.csv": table(rows),
        }
    )
    (level,) = levels_of(made, made.current)
    assert (level.current, level.target, level.target_from) == (Fraction(5, 2), 3, "answers")
    assert [group.group for group in answers_of(level).targets] == ["sponsors"]


def test_a_stated_level_wins_and_the_answers_stand_beside_it() -> None:
    """Both are there to be shown, with the reason."""
    made = survey(
        {"sponsors": [4] * 5},
        aspects=[
            {
                "aspect": "visibility",
                "current": 1.5,
                "current_source": "evidence",
                "current_reason": "Seen.",
                "target": 3.0,
            }
        ],
    )
    (level,) = levels_of(made, made.current)
    assert (level.current, level.current_from) == (Fraction(3, 2), "stated")
    assert answers_of(level).level == 4


def test_numbers_in_words() -> None:
    """Half up, without needless zeros, and no minus zero."""
    assert [in_words(Fraction(value)) for value in ("2", "1.5", "7/3", "-1/1000", "0.125")] == [
        "2",
        "1.5",
        "2.33",
        "0",
        "0.13",
    ]
