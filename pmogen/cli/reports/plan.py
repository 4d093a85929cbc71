"""The plan for people: wave by wave, what changes and why, and two plans side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pmogen.analysis.services import decision_on
from pmogen.analysis.trace import decimal, in_words
from pmogen.cli.reports.text import plural

if TYPE_CHECKING:
    from pmogen.model.plan import Insights
    from pmogen.model.workspace import Workspace
    from pmogen.planning.exact import Progress
    from pmogen.planning.moves import Move
    from pmogen.planning.plan import Placement, Plan
    from pmogen.planning.what_if import Comparison, Outcome

VALUE = "levels closed times priority weight, summed over the waves, so that early counts more"
NOT_COMPUTED = "what pins cost and what would help most is not computed: run `pmogen plan`"
_WIDTH = 64


def plan_lines(workspace: Workspace, plan: Plan) -> Iterator[str]:
    """The plan: a block for each wave, a line for each service."""
    uses = {use.wave: use for use in plan.uses}
    for wave in sorted(workspace.roadmap.waves, key=lambda wave: wave.starts):
        here = [placement for placement in plan.placements if placement.wave == wave.id]
        use = uses[wave.id]
        built = f", {in_words(use.build_days, 1)} of {in_words(use.build_limit, 1)} person-days of building"
        yield f"{wave.name}: {plural(len(here), 'service')}{built}"
        for placement in here:
            yield _line(workspace, placement)
        yield ""
    for problem in plan.problems:
        yield f"note: {problem}"
    for conflict in plan.conflicts:
        yield "these cannot all hold:"
        yield from (f"  {said.span}: {said.text}" for said in conflict)


def _line(workspace: Workspace, placement: Placement) -> str:
    from pmogen.planning.names import Names

    total = sum((work.days for work in placement.work), Fraction(0))
    elsewhere = [work for work in placement.work if work.wave != placement.wave]
    marks = [f"{in_words(work.days, 1)} of them in {Names(workspace).wave(work.wave)}" for work in elsewhere]
    states = (
        ("live", placement.frozen),
        ("pinned", placement.pinned and not placement.frozen),
        ("proposed", not placement.frozen and decision_on(workspace, placement.service) == "undecided"),
    )
    marks += [word for word, holds in states if holds]
    name = workspace.name_of("services", placement.service)
    return f"  {name:<{_WIDTH}} {in_words(total, 1):>6} days{'  ' + ', '.join(marks) if marks else ''}"


def result_lines(plan: Plan) -> Iterator[str]:
    """How many, how good, and what the value means."""
    yield f"{plural(len(plan.placements), 'service')} planned, {len(plan.absences)} not, by {plan.engine}"
    yield f"value {in_words(plan.value_waves)}: {VALUE}"
    yield how_good(plan)


def how_good(plan: Plan) -> str:
    """How good the plan is, in words."""
    if plan.gap is None:
        return "how good it is was not proven: `--no-exact` was given, or pmogen[exact] is not installed"
    if plan.gap:
        return f"{plan.proof}: nobody can find a plan within these limits that is worth more than that"
    more = ", and none of the same value takes less work" if plan.least_effort else ""
    only = "; there is no other plan as good" if plan.unique else ""
    return f"{plan.proof}: no plan within these limits is worth more{more}{only}"


def progress(found: Progress) -> str:
    """How far a proof is: value, what no plan can exceed, and the gap between them."""
    gap = "proven" if not found.gap else f"at most {in_words(found.bound)}, {in_words(100 * found.gap, 1)} % apart"
    return f"{found.stage}: value {in_words(found.best)}, {gap}, {plural(found.nodes, 'node')}"


def move_lines(workspace: Workspace, moves: Sequence[Move], plan: Plan) -> Iterator[str]:
    """What changes against the published plan, each with its reason."""
    from pmogen.planning.reasons import why

    if not moves:
        yield "against the published plan nothing moves"
        return
    yield f"against the published plan: {plural(len(moves), 'change')}"
    for move in moves:
        yield f"  {move.kind}: {_move(workspace, move)}"
        yield f"    {why(workspace, move, plan)}"


def _move(workspace: Workspace, move: Move) -> str:
    from pmogen.planning.names import Names

    names = Names(workspace)
    before, now = (names.wave(wave) if wave else "no wave" for wave in (move.before, move.now))
    return f"{names.service(move.service)}: {before} -> {now}"


def insight_lines(workspace: Workspace, plan: Plan, found: Insights) -> Iterator[str]:
    """What the plan as a whole says."""
    from pmogen.planning.insight_words import sentences

    yield "what stands behind it"
    for said in sentences(workspace, plan, found):
        yield f"  {said}"


def comparison_lines(workspace: Workspace, found: Comparison, after: Plan) -> Iterator[str]:
    """Two plans side by side, then what comes in, falls out and moves, each with its reason; names are the changed workspace's."""
    from pmogen.planning.reasons import why

    yield f"{'':<44}{'as it is':>14}{'what if':>14}"
    for name, left, right in _rows(workspace, found):
        yield f"{name:<44}{left:>14}{right:>14}"
    if found.before.waves != found.after.waves:
        yield "with more waves there is more to add up, so the two values cannot be compared"
    for title, moves in (
        ("comes in", found.comes_in),
        ("falls out", found.falls_out),
        ("earlier", found.earlier),
        ("later", found.later),
    ):
        if moves:
            yield ""
            yield title
        for move in moves:
            yield f"  {_move(workspace, move)}"
            yield f"    {why(workspace, move, after)}"
    if not found.moves:
        yield ""
        yield "nothing moves"
    for problem in after.problems:
        yield f"note: {problem}"


def _rows(workspace: Workspace, found: Comparison) -> Iterator[tuple[str, str, str]]:
    before, after = found.before, found.after
    yield "services in the plan", str(before.services), str(after.services)
    yield "  of them proposed, not decided", str(before.proposed), str(after.proposed)
    yield "person-days of building", in_words(before.days, 1), in_words(after.days, 1)
    yield "FTE to run them in the end", in_words(before.run_fte), in_words(after.run_fte)
    yield "value (see below)", in_words(before.value), in_words(after.value)
    yield "gaps closed in full", str(before.closed), str(after.closed)
    yield "change points in the fullest wave", "", ""
    audiences = [a.id for a in workspace.catalogue.audiences if a.id in before.peaks or a.id in after.peaks]
    for audience in audiences:
        yield f"  {workspace.name_of('audiences', audience)}", _peak(before, audience), _peak(after, audience)


def _peak(found: Outcome, audience: str) -> str:
    peak = found.peaks.get(audience)
    return f"{in_words(peak.points, 1)} of {in_words(peak.capacity, 1)}" if peak else "none"


def scenario_lines(found: Iterable[tuple[str, Comparison]]) -> Iterator[str]:
    """Scenarios as rows, after the plan as it is."""
    heads = ("services", "days", "value", "closed", "in", "out", "earlier", "later")
    yield f"{'':<40}" + "".join(f"{head:>10}" for head in heads)
    first = True
    for name, comparison in found:
        if first:
            yield _row("as it is", comparison.before, ())
            first = False
        moves = (comparison.comes_in, comparison.falls_out, comparison.earlier, comparison.later)
        yield _row(name, comparison.after, tuple(len(each) for each in moves))


def _row(name: str, found: Outcome, moves: tuple[int, ...]) -> str:
    figures = [str(found.services), in_words(found.days, 0), in_words(found.value), str(found.closed), *map(str, moves)]
    return f"{name[:39]:<40}" + "".join(f"{figure:>10}" for figure in figures)


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison for programs; numbers are as pages show them, to hundredths."""
    return {
        "before": _of_outcome(found.before),
        "after": _of_outcome(found.after),
        "moves": [{"service": m.service, "kind": m.kind, "before": m.before, "now": m.now} for m in found.moves],
    }


def _of_outcome(found: Outcome) -> dict[str, Any]:
    return {
        "services": found.services,
        "proposed": found.proposed,
        "person_days": float(decimal(found.days)),
        "run_fte": float(decimal(found.run_fte)),
        "value_waves": float(decimal(found.value)),
        "gaps_closed": found.closed,
        "peaks": [
            {"audience": p.audience, "wave": p.wave, "points": float(p.points), "capacity": float(p.capacity)}
            for _, p in sorted(found.peaks.items())
        ],
    }


def dumped(value: Any) -> str:
    """JSON text, the same for the same value."""
    return json.dumps({"format": 1, **value}, indent=2, ensure_ascii=False, sort_keys=True)
