"""`pmogen plan`: solve, show what changes, and write content/plan.yml when people agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.reports.text import plural
from pmogen.cli.stages import Stages
from pmogen.cli.workspace import folder, next_command, report

if TYPE_CHECKING:
    from pmogen.analysis.gaps import Gap
    from pmogen.analysis.services import Choice
    from pmogen.model.workspace import Workspace
    from pmogen.planning.moves import Move
    from pmogen.planning.plan import Plan


@dataclass(frozen=True)
class Basis:
    """What a plan rests on."""

    workspace: Workspace
    gaps: tuple[Gap, ...]
    choice: Choice


@click.command(short_help="Plan the roadmap, write content/plan.yml.")
@folder
@click.option("--yes", is_flag=True, help="Write content/plan.yml without asking.")
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; end with 1 when the published plan is not current."
)
@click.option("--no-exact", is_flag=True, help="Do not prove how good the plan is, even if highspy is installed.")
@click.option(
    "--what-if",
    "changes",
    multiple=True,
    metavar="CHANGE",
    help="Plan as if: pmo_fte=+1, audience.ID.capacity=12, decline=ID, offer=ID, pin=ID@WAVE. Writes nothing; may be repeated.",
)
@click.pass_context
def plan(
    context: click.Context, folder: Path, *, yes: bool, only_check: bool, no_exact: bool, changes: tuple[str, ...]
) -> None:
    """Plan the roadmap of DIR, show what changes, and write content/plan.yml.

    The plan is a lock file: it is reviewed like any other change, and `build` uses it as it stands while what it rests
    on is unchanged. People change it by pinning services in roadmap.yml and planning again.
    """
    from pmogen import check as check_workspace
    from pmogen.analysis.gaps import find_gaps
    from pmogen.analysis.levels import levels_of
    from pmogen.analysis.services import choose

    stages = Stages()
    checked = check_workspace(folder, stages)
    if checked.workspace is None:
        report(checked)
        click.echo(next_command("pmogen plan", folder, "mend the errors above, then "))
        context.exit(1)
    workspace = checked.workspace
    gaps = find_gaps(workspace, levels_of(workspace, workspace.current))
    basis = Basis(workspace, gaps, choose(workspace, gaps))
    if only_check:
        context.exit(_checked(basis, folder))
    if changes:
        _what_if(basis, changes, stages)
        return
    _publish(basis, folder, stages, yes=yes, prove=not no_exact)


def _solved(basis: Basis, stages: Stages, *, prove: bool) -> Plan:
    from pmogen.planning import plan_roadmap
    from pmogen.planning.exact import NODES
    from pmogen.planning.published import waves_of

    known = waves_of(basis.workspace.published) if basis.workspace.published else None
    with stages("plan and prove" if prove else "plan"):
        return plan_roadmap(basis.workspace, basis.gaps, basis.choice, known, nodes=NODES if prove else 0)


def _checked(basis: Basis, folder: Path) -> int:
    from pmogen.planning.published import adopt, current_fingerprint

    published = basis.workspace.published
    if published is None:
        click.echo("content/plan.yml is missing")
        click.echo(next_command("pmogen plan", folder))
        return 1
    if published.fingerprint != current_fingerprint(basis.workspace, basis.gaps, basis.choice):
        click.echo("content/plan.yml is out of date: what it rests on has changed")
        click.echo(next_command("pmogen plan", folder))
        return 1
    adopt(basis.workspace, basis.gaps, basis.choice, published)
    click.echo("content/plan.yml is current and breaks no rule")
    return 0


def _publish(basis: Basis, folder: Path, stages: Stages, *, yes: bool, prove: bool) -> None:
    from pmogen.planning.moves import moves
    from pmogen.planning.published import publish, published, waves_of
    from pmogen.site.write import replace_file

    known = basis.workspace.published
    found = _solved(basis, stages, prove=prove)
    _show(basis.workspace, found)
    changed = moves(waves_of(known) if known else {}, found)
    _show_moves(basis.workspace, changed)
    click.echo(str(stages))
    text = published(publish(basis.workspace, basis.gaps, basis.choice, found)).encode()
    target = folder / "content" / "plan.yml"
    if target.is_file() and target.read_bytes() == text:
        click.echo("content/plan.yml stays as it is")
    elif yes or click.confirm("write content/plan.yml?", default=False):
        replace_file(target, text)
        click.echo("content/plan.yml is written; review and commit it")
    else:
        click.echo("nothing was written")
    click.echo(next_command("pmogen build", folder))


def _what_if(basis: Basis, changes: tuple[str, ...], stages: Stages) -> None:
    from pmogen.analysis.gaps import find_gaps
    from pmogen.analysis.levels import levels_of
    from pmogen.analysis.services import choose
    from pmogen.analysis.trace import in_words
    from pmogen.planning.moves import moves
    from pmogen.planning.what_if import with_changes

    before = _solved(basis, stages, prove=False)
    workspace = with_changes(basis.workspace, changes)
    gaps = find_gaps(workspace, levels_of(workspace, workspace.current))
    after = _solved(Basis(workspace, gaps, choose(workspace, gaps)), stages, prove=False)
    click.echo(f"{'':<34}{'as it is':>12}{'what if':>12}")
    for name, left, right in (
        ("services in the plan", len(before.placements), len(after.placements)),
        ("person-days to build", _days(before), _days(after)),
        ("weighted closure over the waves", before.value_waves, after.value_waves),
        ("gaps closed in full", _closed(before), _closed(after)),
    ):
        click.echo(f"{name:<34}{in_words(left, 1):>12}{in_words(right, 1):>12}")
    _show_moves(workspace, moves({placement.service: placement.wave for placement in before.placements}, after))
    click.echo("nothing was written: this was a what-if")


def _days(found: Plan) -> int:
    return round(sum(float(work.days) for placement in found.placements for work in placement.work))


def _closed(found: Plan) -> int:
    """How many gaps; what is at its target today has none."""
    return sum(entry.now < entry.target <= entry.after[-1][1] for entry in found.projected if entry.after)


def _show(workspace: Workspace, found: Plan) -> None:
    from pmogen.analysis.trace import in_words

    names = {wave.id: wave.name for wave in workspace.roadmap.waves}
    for wave in workspace.roadmap.waves:
        here = [workspace.name_of("services", p.service) for p in found.placements if p.wave == wave.id]
        click.echo(f"{names[wave.id]}: {', '.join(here) or 'nothing'}")
    for problem in found.problems:
        click.echo(f"note: {problem}")
    told = f"{plural(len(found.placements), 'service')} planned, {plural(len(found.absences), 'service')} not"
    click.echo(f"{told}; {_how_good(found)} (value {in_words(found.value_waves)}, by {found.engine})")


def _how_good(found: Plan) -> str:
    if found.gap is None:
        return "not proven (install pmogen[exact] for a proof)"
    return "proven optimal" if found.gap == 0 else f"within {float(found.gap) * 100:.1f} % of the best possible"


def _show_moves(workspace: Workspace, changed: tuple[Move, ...]) -> None:
    names = {wave.id: wave.name for wave in workspace.roadmap.waves}

    def wave(identifier: str | None) -> str:
        return names.get(identifier, identifier) if identifier else "no wave"

    for move in changed:
        service = workspace.name_of("services", move.service)
        click.echo(f"{move.kind}: {service}: {wave(move.before)} -> {wave(move.now)}")
    click.echo(f"{plural(len(changed), 'change')}" if changed else "nothing moves")
