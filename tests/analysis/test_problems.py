"""Which problems are likely here."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pmogen.analysis.gaps import Gap
from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.problems import Facts, signs_of
from pmogen.analysis.trace import Trace
from pmogen.model.catalogue import Condition


def level(aspect: str, current: Fraction | None) -> AspectLevel:
    return AspectLevel(aspect, current, "stated", Fraction(3), "stated", None, False, Trace("levels", ()))


def gap(aspect: str, amount: Fraction) -> Gap:
    current = Fraction(3) - amount
    return Gap(aspect, current, Fraction(3), amount, "gap", "M", "M", "benefits", "M", (), 4, 1, Trace("gap", ()))


FACTS = Facts(
    levels={"governance": level("governance", Fraction(3, 2)), "reporting": level("reporting", None)},
    gaps={"governance": gap("governance", Fraction(3, 2))},
    states={"sponsor": "known", "mandate": "assumed"},
)


def condition(**signs: object) -> Condition:
    return Condition.model_validate(signs)


@pytest.mark.parametrize(
    ("signs", "likely", "about"),
    [
        ({}, False, []),
        ({"all": [{"aspect": "governance", "level_below": 2}]}, True, ["governance"]),
        ({"all": [{"aspect": "governance", "level_below": 1.5}]}, False, []),
        ({"all": [{"aspect": "governance", "gap_from": 1.5}]}, True, ["governance"]),
        ({"all": [{"aspect": "governance", "gap_from": 1.6}]}, False, []),
        ({"all": [{"aspect": "governance", "level_below": 2, "gap_from": 2}]}, False, []),
        ({"all": [{"aspect": "reporting", "level_below": 5}]}, False, []),
        ({"all": [{"aspect": "not-assessed", "level_below": 5}]}, False, []),
        ({"all": [{"aspect": "governance"}]}, False, []),
        ({"all": [{"question": "mandate", "state": ["assumed", "open"]}]}, True, ["mandate"]),
        ({"all": [{"question": "sponsor", "state": ["open"]}]}, False, []),
        ({"all": [{"question": "never-answered", "state": ["open"]}]}, True, ["never-answered"]),
        (
            {
                "all": [{"question": "mandate", "state": ["assumed"]}],
                "any": [{"aspect": "governance", "level_below": 1.2}, {"question": "sponsor", "state": ["open"]}],
            },
            False,
            ["mandate"],
        ),
        (
            {
                "all": [{"question": "mandate", "state": ["assumed"]}],
                "any": [{"aspect": "governance", "level_below": 2}, {"question": "sponsor", "state": ["open"]}],
            },
            True,
            ["mandate", "governance"],
        ),
        ({"any": [{"aspect": "governance", "level_below": 2}]}, True, ["governance"]),
    ],
)
def test_a_problem_is_likely_when_every_needed_sign_and_one_of_the_others_hold(
    signs: dict[str, object], likely: bool, about: list[str]
) -> None:
    holds, found = signs_of(condition(**signs), FACTS)
    assert holds is likely
    assert [sign.about for sign in found] == about


def test_a_sign_says_what_was_found() -> None:
    _, found = signs_of(condition(all=[{"aspect": "governance", "level_below": 2, "gap_from": 1}]), FACTS)
    assert found[0].found == "is at level 1.5, below 2 and has a gap of 1.5, where 1 or more is a sign"
