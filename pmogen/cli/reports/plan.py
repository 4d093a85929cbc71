"""The plan for people: wave by wave, what changes and why, and two plans side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pmogen.analysis.services import decision_on
from pmogen.analysis.trace import decimal, in_words
from pmogen.language import N_, _, ngettext, pgettext

if TYPE_CHECKING:
    from pmogen.model.plan import Insights
    from pmogen.model.workspace import Workspace
    from pmogen.planning.exact import Progress
    from pmogen.planning.moves import Move
    from pmogen.planning.plan import Placement, Plan
    from pmogen.planning.what_if import Comparison, Outcome

VALUE = N_("levels closed times priority weight, summed over the waves, so that early counts more")
NOT_COMPUTED = N_("what pins cost and what would help most is not computed: run `pmogen plan`")
_WIDTH = 64
_HEAD = 10
"""Columns of a figure in the table of scenarios; more where a language needs them for the head."""


def plan_lines(workspace: Workspace, plan: Plan) -> Iterator[str]:
    """The plan: a block for each wave, a line for each service."""
    uses = {use.wave: use for use in plan.uses}
    for wave in sorted(workspace.roadmap.waves, key=lambda wave: wave.starts):
        here = [placement for placement in plan.placements if placement.wave == wave.id]
        use = uses[wave.id]
        yield ngettext(
            "{wave}: {count} service, {days} of {limit} person-days of building",
            "{wave}: {count} services, {days} of {limit} person-days of building",
            len(here),
            wave=wave.name,
            days=in_words(use.build_days, 1),
            limit=in_words(use.build_limit, 1),
        )
        for placement in here:
            yield _line(workspace, placement)
        yield ""
    for problem in plan.problems:
        yield _("note: {text}", text=problem)
    for conflict in plan.conflicts:
        yield _("these cannot all hold:")
        yield from (f"  {said.span}: {said.text}" for said in conflict)


def _line(workspace: Workspace, placement: Placement) -> str:
    from pmogen.planning.names import Names

    total = sum((work.days for work in placement.work), Fraction(0))
    elsewhere = [work for work in placement.work if work.wave != placement.wave]
    names = Names(workspace)
    marks = [_("{days} of them in {wave}", days=in_words(w.days, 1), wave=names.wave(w.wave)) for w in elsewhere]
    states = (
        (pgettext("a service", "live"), placement.frozen),
        (pgettext("a service", "pinned"), placement.pinned and not placement.frozen),
        (
            pgettext("a service", "proposed"),
            not placement.frozen and decision_on(workspace, placement.service) == "undecided",
        ),
    )
    marks += [word for word, holds in states if holds]
    name = workspace.name_of("services", placement.service)
    days = _("{days} days", days=f"{in_words(total, 1):>6}")
    return f"  {name:<{_WIDTH}} {days}{'  ' + ', '.join(marks) if marks else ''}"


def result_lines(plan: Plan) -> Iterator[str]:
    """How many, how good, and what the value means."""
    yield ngettext(
        "{count} service planned, {others} not, by {engine}",
        "{count} services planned, {others} not, by {engine}",
        len(plan.placements),
        others=len(plan.absences),
        engine=plan.found_by,
    )
    yield _("value {number}: {meaning}", number=in_words(plan.value_waves), meaning=_(VALUE))
    yield how_good(plan)


def more_to_prove(plan: Plan) -> bool:
    """Whether a longer proof could say more than is known of the plan."""
    return not plan.stopped and (plan.gap is None or plan.gap > 0 or not plan.least_effort)


def how_good(plan: Plan) -> str:
    """How good the plan is, in words."""
    if plan.gap is None:
        return _("how good it is was not proven")
    if plan.gap:
        return _("{proof}: nobody can find a plan within these limits that is worth more than that", proof=plan.proof)
    said = _("{proof}: no plan within these limits is worth more", proof=plan.proof)
    if plan.least_effort:
        said = _("{sentence}, and none of the same value takes less work", sentence=said)
    return _("{sentence}; there is no other plan as good", sentence=said) if plan.unique else said


def progress(found: Progress) -> str:
    """How far a proof is: value, what no plan can exceed, and the gap between them."""
    gap = pgettext("how far a proof is", "proven")
    if found.gap:
        bound, share = in_words(found.bound), in_words(100 * found.gap, 1)
        gap = _("at most {bound}, {share} % apart", bound=bound, share=share)
    return ngettext(
        "{stage}: value {value}, {gap}, {count} node",
        "{stage}: value {value}, {gap}, {count} nodes",
        found.nodes,
        stage=_(found.stage),
        value=in_words(found.best),
        gap=gap,
    )


def move_lines(workspace: Workspace, moves: Sequence[Move], plan: Plan) -> Iterator[str]:
    """What changes against the published plan, each with its reason."""
    from pmogen.planning.reasons import why

    if not moves:
        yield _("against the published plan nothing moves")
        return
    yield ngettext(
        "against the published plan: {count} change", "against the published plan: {count} changes", len(moves)
    )
    for move in moves:
        yield f"  {_kind(move)}: {_move(workspace, move)}"
        yield f"    {why(workspace, move, plan)}"


def _kind(move: Move) -> str:
    return {
        "moved": pgettext("change of a plan", "moved"),
        "added": pgettext("change of a plan", "added"),
        "dropped": pgettext("change of a plan", "dropped"),
    }[move.kind]


def _move(workspace: Workspace, move: Move) -> str:
    from pmogen.planning.names import Names

    names = Names(workspace)
    before, now = (names.wave(wave) if wave else _("no wave") for wave in (move.before, move.now))
    return f"{names.service(move.service)}: {before} -> {now}"


def insight_lines(workspace: Workspace, plan: Plan, found: Insights) -> Iterator[str]:
    """What the plan as a whole says."""
    from pmogen.planning.insight_words import sentences

    yield _("what stands behind it")
    for said in sentences(workspace, plan, found):
        yield f"  {said}"


def comparison_lines(workspace: Workspace, found: Comparison, after: Plan) -> Iterator[str]:
    """Two plans side by side, then what comes in, falls out and moves, each with its reason; names are the changed workspace's."""
    from pmogen.planning.reasons import why

    before, now = _("as it is"), pgettext("a plan", "what if")
    yield f"{'':<44}{before:>14}{now:>14}"
    for name, left, right in _rows(workspace, found):
        yield f"{name:<44}{left:>14}{right:>14}"
    if found.before.waves != found.after.waves:
        yield _("with more waves there is more to add up, so the two values cannot be compared")
    for title, moves in (
        (_("comes in"), found.comes_in),
        (_("falls out"), found.falls_out),
        (pgettext("launches", "earlier"), found.earlier),
        (pgettext("launches", "later"), found.later),
    ):
        if moves:
            yield ""
            yield title
        for move in moves:
            yield f"  {_move(workspace, move)}"
            yield f"    {why(workspace, move, after)}"
    if not found.moves:
        yield ""
        yield _("nothing moves")
    for problem in after.problems:
        yield _("note: {text}", text=problem)


def _rows(workspace: Workspace, found: Comparison) -> Iterator[tuple[str, str, str]]:
    before, after = found.before, found.after
    yield _("services in the plan"), str(before.services), str(after.services)
    yield "  " + _("of them proposed, not decided"), str(before.proposed), str(after.proposed)
    yield _("person-days of building"), in_words(before.days, 1), in_words(after.days, 1)
    yield _("FTE to run them in the end"), in_words(before.run_fte), in_words(after.run_fte)
    yield _("value (see below)"), in_words(before.value), in_words(after.value)
    yield _("gaps closed in full"), str(before.closed), str(after.closed)
    yield _("change points in the fullest wave"), "", ""
    audiences = [a.id for a in workspace.catalogue.audiences if a.id in before.peaks or a.id in after.peaks]
    for audience in audiences:
        yield f"  {workspace.name_of('audiences', audience)}", _peak(before, audience), _peak(after, audience)


def _peak(found: Outcome, audience: str) -> str:
    peak = found.peaks.get(audience)
    if peak is None:
        return pgettext("change points", "none")
    return _("{number} of {count}", number=in_words(peak.points, 1), count=in_words(peak.capacity, 1))


def scenario_lines(found: Iterable[tuple[str, Comparison]]) -> Iterator[str]:
    """Scenarios as rows, after the plan as it is."""
    heads = _heads()
    widths = tuple(max(_HEAD, len(head) + 2) for head in heads)
    yield f"{'':<40}" + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
    first = True
    for name, comparison in found:
        if first:
            yield _row(_("as it is"), comparison.before, (), widths)
            first = False
        moves = (comparison.comes_in, comparison.falls_out, comparison.earlier, comparison.later)
        yield _row(name, comparison.after, tuple(len(each) for each in moves), widths)


def _heads() -> tuple[str, ...]:
    return (
        pgettext("head of a column", "services"),
        pgettext("head of a column", "days"),
        pgettext("head of a column", "value"),
        pgettext("head of a column", "closed"),
        pgettext("head of a column", "in"),
        pgettext("head of a column", "out"),
        pgettext("head of a column", "earlier"),
        pgettext("head of a column", "later"),
    )


def _row(name: str, found: Outcome, moves: tuple[int, ...], widths: tuple[int, ...]) -> str:
    figures = [str(found.services), in_words(found.days, 0), in_words(found.value), str(found.closed), *map(str, moves)]
    return f"{name[:39]:<40}" + "".join(f"{figure:>{width}}" for figure, width in zip(figures, widths, strict=False))


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
            for _audience, p in sorted(found.peaks.items())
        ],
    }


def dumped(value: Any) -> str:
    """JSON text, the same for the same value."""
    return json.dumps({"format": 1, **value}, indent=2, ensure_ascii=False, sort_keys=True)
