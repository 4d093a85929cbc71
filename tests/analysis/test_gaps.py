"""Gaps: size, priority and rank."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmogen.analysis.gaps import find_gaps, proposed_priority, size_of
from pmogen.analysis.levels import levels_of
from pmogen.model.method import GapMethod
from tests.workspaces import ROOT, example, workspace


@pytest.mark.parametrize(
    ("amount", "size"),
    [("-1", None), ("0", None), ("0.01", "L"), ("0.99", "L"), ("1", "M"), ("1.99", "M"), ("2", "H"), ("4", "H")],
)
def test_sizes(amount: str, size: str | None) -> None:
    """L below 1, M from 1, H from 2, and nothing without a gap."""
    assert size_of(Fraction(amount), GapMethod()) == size


@given(st.integers(0, 40), st.integers(0, 40))
def test_priority_grows_with_weight(lighter: int, heavier: int) -> None:
    """More weight never proposes a lower priority."""
    order = "LMH"
    lighter, heavier = sorted((lighter, heavier))
    method = GapMethod()
    assert order.index(proposed_priority(lighter, method)) <= order.index(proposed_priority(heavier, method))


def test_stated_priority_wins_and_the_proposed_one_is_kept() -> None:
    """The difference stays visible."""
    made = workspace(
        {
            "content/assessments/2027-01-31.yml": {
                "aspects": [
                    {"aspect": "visibility", "current": 1, "target": 3, "priority": "H", "priority_reason": "Asked."}
                ]
            }
        }
    )
    (gap,) = find_gaps(made, levels_of(made, made.current))
    assert (gap.priority, gap.priority_from, gap.proposed_priority) == ("H", "stated", "M")
    assert (gap.size, gap.score, gap.rank) == ("H", 9, 1)
    assert gap.benefits[0].weight == 5


def test_ranks_of_the_example_follow_score_then_gap_then_id() -> None:
    """Ranks count from 1 in order; strengths have none."""
    made = example()
    gaps = find_gaps(made, levels_of(made, made.current))
    real = [gap for gap in gaps if gap.kind == "gap"]
    assert [gap.rank for gap in real] == list(range(1, len(real) + 1))
    assert real == sorted(real, key=lambda gap: (-gap.score, -gap.amount, gap.aspect))
    assert {gap.rank for gap in gaps if gap.kind != "gap"} == {0}
    assert sum(gap.kind == "strength" for gap in gaps) == 2


def test_every_gap_links_to_lines_that_exist() -> None:
    """A trace's sources name a file of the repository and a line in it."""
    made = example()
    for gap in find_gaps(made, levels_of(made, made.current)):
        assert gap.trace.sources
        for span in gap.trace.sources:
            lines = (ROOT / span.file).read_text(encoding="utf-8").splitlines()
            assert gap.aspect in lines[span.line - 1]
