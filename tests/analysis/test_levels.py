"""Levels from answers: exact, and never showing a small group."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pmogen.analysis.levels import OTHER, deviation_of, group_medians, levels_of
from pmogen.analysis.trace import in_words
from tests.workspaces import workspace

ANSWERS = st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.integers(1, 5)), max_size=60)


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


@given(st.lists(st.integers(1, 5), min_size=1, max_size=50))
def test_deviation_is_the_population_standard_deviation(values: list[int]) -> None:
    """To four digits, rounded down, as floating point would say it."""
    mean = sum(values) / len(values)
    expected = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
    assert abs(float(deviation_of(values)) - expected) < 0.0002


def test_mean_of_group_medians() -> None:
    """A large group does not drown a small one, and small groups are folded together."""
    rows = ["respondent,group,aspect,current"]
    rows += [f"p{number},project-managers,visibility,1" for number in range(20)]
    rows += [f"s{number},sponsors,visibility,4" for number in range(5)]
    made = workspace(
        {
            "content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility", "target": 3}]},
            "content/assessments/2027-01-31.csv": "\n".join(rows) + "\n",
        }
    )
    (level,) = levels_of(made, made.current)
    assert level.current == Fraction(5, 2)
    assert level.talk_first
    assert level.answers is not None
    assert level.answers.spread == 3


def test_small_groups_fold_into_other_or_are_withheld() -> None:
    """Three and two answers fold into five; three alone are withheld."""
    assert [group.group for group in group_medians([("a", 1)] * 3 + [("b", 2)] * 2, 5)[0]] == [OTHER]
    assert group_medians([("a", 1)] * 3, 5) == ((), True)


def test_numbers_in_words() -> None:
    """Half up, without needless zeros, and no minus zero."""
    assert [in_words(Fraction(value)) for value in ("2", "1.5", "7/3", "-1/1000", "0.125")] == [
        "2",
        "1.5",
        "2.33",
        "0",
        "0.13",
    ]
