"""An explanation computes everything anew from what was stated; it must arrive where the playbook did."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import given, settings

from pmogen.explain import Computed, Explanations, closing, gaps, levels, roadmap, services
from pmogen.explain.known import Known
from pmogen.playbook import Playbook, compute
from tests.planning.any_organisation import organisations
from tests.render.test_render import example
from tests.workspaces import workspace

ARITHMETIC = re.compile(r"[-−]?[\d.]+(?: (?:[-+−×/]) [\d.]+)*|\([\d. +×]+\) / \d+")  # noqa: RUF001 (the signs used)


def assert_agrees(playbook: Playbook) -> None:
    """Every number of the playbook that can be explained equals its explanation."""
    known = Known(playbook)
    for level in playbook.levels:
        assert levels.current_level(known, level.aspect).value == level.current
        assert levels.target_level(known, level.aspect).value == level.target
    for gap in playbook.gaps:
        assert gaps.gap_amount(known, gap.aspect).value == gap.amount
        assert gaps.gap_size(known, gap.aspect).shown == (gap.size or "none")
        assert gaps.priority(known, gap.aspect).shown == gap.priority
        assert gaps.proposed_priority(known, gap.aspect).shown == gap.proposed_priority
        assert gaps.score(known, gap).value == gap.score
    for found in playbook.choice.closings:
        (reachable, *_) = closing.closing(known, found.aspect).inputs
        assert reachable.value == found.reachable
    for projected in playbook.plan.projected:
        for wave, level_then in projected.after:
            assert closing.level_after(known, projected.aspect, wave).value == level_then
    for candidate in playbook.choice.candidates:
        alone = {lift.aspect: services.lift(known, lift).value for lift in known.liftings[candidate.service]}
        assert {aspect: alone[aspect] for aspect, _ in candidate.closes} == dict(candidate.closes)
    for use in playbook.plan.uses:
        assert roadmap.working_days(known, use.wave).value == use.working_days
        assert roadmap.team(known, use.wave).value == use.fte
        assert roadmap.build_days(known, use.wave).value == use.build_days
        assert roadmap.build_limit(known, use.wave).value == use.build_limit
        assert roadmap.run_fte(known, use.wave).value == use.run_fte
        assert roadmap.run_limit(known, use.wave).value == use.run_limit
    for load in playbook.plan.loads:
        explained = roadmap.load(known, load.audience, load.wave)
        assert explained.value == load.points
        assert [part.value for part in explained.inputs[: len(load.parts)]] == [part.points for part in load.parts]
        assert roadmap.change_capacity(known, load.audience, load.wave).value == load.capacity
    for placement in playbook.plan.placements:
        assert services.work(known, placement.service).value == sum(work.days for work in placement.work)
        assert services.work(known, placement.service).inputs[-1].value == sum(work.days for work in placement.work)


def all_explanations(playbook: Playbook) -> dict[str, Computed]:
    explanations = Explanations(playbook)
    return {
        f"{kind}:{identifier}": explanations.of(kind, identifier)
        for kind, ids in explanations.ids.items()
        for identifier in ids
    }


def test_explanations_of_the_example_agree_with_it():
    assert_agrees(example())


@settings(max_examples=60, deadline=None)
@given(organisations())
def test_explanations_of_any_organisation_agree_with_its_playbook(made):
    playbook = compute(made)
    assert_agrees(playbook)
    all_explanations(playbook)


def test_weights_of_groups_are_part_of_the_arithmetic():
    rows = [
        f"r{n},{group},visibility,{told}"
        for group, told in (("sponsors", 1), ("project-managers", 4))
        for n in range(5)
    ]
    found = workspace(
        {
            "content/assessments/2027-01-31.yml": {
                "aspects": [{"aspect": "visibility", "target": 3}],
                "groups": [{"audience": "sponsors", "weight": 2}],
            },
            "content/assessments/2027-01-31.csv": "respondent,group,aspect,current\n"
            + "\n".join(f"{group[:2]}{row}" for row in rows for group in (row.split(",")[1],)),
        }
    )
    playbook = compute(found)
    assert_agrees(playbook)
    current = levels.current_level(Known(playbook), "visibility")
    assert current.value == 2
    assert current.how == "mean by weight: (1 × 4 + 2 × 1) / 3"  # noqa: RUF001 (the sign used)


def test_arithmetic_that_is_shown_gives_the_value_that_is_shown():
    checked = 0
    for name, root in all_explanations(example()).items():
        for part in root.walk():
            how = re.sub(r"^mean of \d+ middle answers: |, rounded .*$|, not beyond .*$", "", part.how)
            if part.value is not None and part.inputs and ARITHMETIC.fullmatch(how):
                text = how.replace("×", "*").replace("−", "-")  # noqa: RUF001 (the signs used)
                slack = Fraction(1, 10) if "rounded" in part.how else Fraction(2, 100) * max(1, abs(part.value) / 5)
                computed = Fraction(str(eval(text)))
                assert abs(computed - part.value) <= slack or "not beyond" in part.how, (name, part)
                checked += 1
    assert checked > 300


def test_every_tree_ends_at_lines_or_at_another_explanation():
    """A value that stands alone without a line is explained in the same tree, or leads to its own."""
    for name, root in all_explanations(example()).items():
        rests = {part.value for part in root.walk() if part.inputs or part.spans or part.how}
        for part in root.walk():
            if not part.inputs and not part.spans and part.about is None and part.rule != "roadmap":
                assert part.value in rests or part.how, (name, part)


def test_what_is_stated_stands_in_the_line_that_is_named():
    files = {}
    checked = 0
    for root in all_explanations(example()).values():
        for part in root.walk():
            if part.how != "stated" or part.value is None:
                continue
            (span,) = part.spans
            lines = files.setdefault(span.file, read(span.file))
            written = re.match(r"-?\d+(?:\.\d+)?", lines[span.line - 1][span.column - 1 :])
            assert written, (part, lines[span.line - 1])
            assert Fraction(written[0]) == part.value
            checked += 1
    assert checked > 300


def read(name: str) -> list[str]:
    from tests.workspaces import ROOT

    return (ROOT / name).read_text().splitlines()


def test_things_that_are_named_have_explanations():
    explanations = Explanations(example())
    for root in all_explanations(example()).values():
        for part in root.walk():
            if part.about is not None:
                assert part.about.id in explanations.ids[part.about.kind]


def test_no_explanation_points_at_a_single_answer():
    for root in all_explanations(example()).values():
        for part in root.walk():
            assert all(span.line == 1 for span in part.spans if span.file.endswith(".csv"))
