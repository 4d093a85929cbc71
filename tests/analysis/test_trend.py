"""What rose and what fell, by hand; aspects that come and go are stepped over."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from pmogen.analysis.trend import Direction, PastLevel, State, trend_of
from pmogen.model.workspace import Workspace
from pmogen.playbook import compute
from tests.workspaces import workspace


def past(year: int, current: str | None, target: str | None = None, state: State | None = None) -> PastLevel:
    known: State = "known" if current is not None else "not assessed"
    return PastLevel(
        f"{year}-01-31",
        dt.date(year, 1, 31),
        state or known,
        None if current is None else Fraction(current),
        None if target is None else Fraction(target),
    )


@pytest.mark.parametrize(
    ("before", "now", "direction", "change"),
    [
        ("2", "5/2", "rose", "1/2"),
        ("5/2", "2", "fell", "-1/2"),
        ("7/3", "7/3", "same", "0"),
        ("7/3", "2.33", "fell", "-1/300"),  # exact: what shows as 0 has still fallen
        (None, "2", "new", None),
        ("2", None, "not assessed", None),
    ],
)
def test_what_rose_and_what_fell(before: str | None, now: str | None, direction: Direction, change: str | None) -> None:
    """Level of now minus the last level that was known."""
    found = trend_of("visibility", (past(2026, before), past(2027, now)))
    assert found.direction == direction
    assert found.change == (None if change is None else Fraction(change))


@pytest.mark.parametrize(
    ("target", "to_go"),
    [("3", "1/2"), ("5/2", "0"), ("2", "-1/2"), (None, None)],
)
def test_against_the_target_of_that_time(target: str | None, to_go: str | None) -> None:
    """The target of then counts, whatever is wanted today; nobody's target is no target."""
    found = trend_of("visibility", (past(2026, "2", target), past(2027, "5/2", "5")))
    assert found.to_go == (None if to_go is None else Fraction(to_go))
    assert any("target of 2026-01-31" in step for step in found.trace.steps) is (target is not None)


def test_assessments_without_a_level_are_stepped_over() -> None:
    """The last one that knew the level is compared, and those in between are named."""
    pasts = (past(2024, "1"), past(2025, "2", "4"), past(2026, None, state="left out"), past(2027, "3"))
    found = trend_of("visibility", pasts)
    assert found.before == pasts[1]
    assert found.in_between == (pasts[2],)
    assert (found.change, found.to_go) == (1, 1)
    assert found.trace.steps == (
        "Level 3 (2027-01-31) minus level 2 (2025-01-31) is 1.",
        "The target of 2025-01-31 was 4; minus 3 is 1.",
    )


@pytest.mark.parametrize("state", ["not known", "left out", "not assessed"])
def test_why_nothing_can_be_compared(state: State) -> None:
    """The state of the current assessment is the direction."""
    found = trend_of("visibility", (past(2026, "2"), past(2027, None, state=state)))
    assert (found.direction, found.change, found.trace.steps) == (state, None, ())
    assert found.before is not None


# In a workspace


def assessed(date: str, *aspects: dict[str, Any], left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "date": date,
        "title": "Look",
        "method": "A workshop.",
        "aspects": list(aspects),
        "left_out": [{"aspect": aspect, "reason": f"Not in {date[:4]}"} for aspect in left_out],
    }


def stated(aspect: str, current: float, **more: Any) -> dict[str, Any]:
    return {"aspect": aspect, "current": current, "current_source": "workshop"} | more


def two_aspects() -> Workspace:
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
        {
            "catalog/own.yml": {"aspects": [culture]},
            "content/assessments/2025-01-31.yml": assessed("2025-01-31", stated("visibility", 1.0, target=2.0)),
            "content/assessments/2026-01-31.yml": assessed(
                "2026-01-31", stated("culture", 2.0), left_out=("visibility",)
            ),
            "content/assessments/2027-01-31.yml": assessed(
                "2027-01-31", stated("visibility", 2.5), left_out=("culture",)
            ),
        }
    )


def test_trends_of_a_workspace() -> None:
    """One trend an aspect, with the lines of the assessments that are compared."""
    visibility, culture = compute(two_aspects()).trends
    assert (visibility.direction, visibility.change, visibility.to_go) == ("rose", Fraction(3, 2), Fraction(-1, 2))
    assert [span.file for span in visibility.trace.sources] == [
        "content/assessments/2025-01-31.yml",
        "content/assessments/2027-01-31.yml",
    ]
    assert [level.state for level in culture.levels] == ["not assessed", "known", "left out"]
    assert (culture.direction, culture.now.reason) == ("left out", "Not in 2027")
    assert culture.levels[1].target is None, "nobody set one: the default is no target of that time"


def test_one_assessment_has_no_trend() -> None:
    """There is nothing to compare."""
    assert compute(workspace()).trends == ()
