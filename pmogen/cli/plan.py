"""`pmogen plan`: solve, show what changes and why, and write content/plan.yml when people agree."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from pmogen.cli.reports.text import visible
from pmogen.cli.stages import Stages
from pmogen.cli.workspace import folder, in_its_language, next_command, report
from pmogen.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmogen.analysis.gaps import Gap
    from pmogen.analysis.services import Choice
    from pmogen.errors import PmogenError
    from pmogen.model.plan import Insights, PublishedPlan
    from pmogen.model.scenarios import Scenario
    from pmogen.model.workspace import Workspace
    from pmogen.planning.exact import Budget
    from pmogen.planning.plan import Plan
    from pmogen.rules.rule import Facts
    from pmogen.source.files import Sources

PLAN = "content/plan.yml"
SCENARIOS = "content/scenarios.yml"
PLANNED = "content/scenarios-plan.yml"
Proof = Literal["none", "brief", "whole"]


@dataclass(frozen=True)
class Basis:
    """What a plan rests on, and where it stands."""

    facts: Facts
    sources: Sources
    folder: Path
    stages: Stages
    proof: Proof = "brief"

    @property
    def workspace(self) -> Workspace:
        return self.facts.workspace

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return self.facts.gaps

    @property
    def choice(self) -> Choice:
        return self.facts.choice

    @property
    def current(self) -> bool:
        """Whether the published plan is that of these inputs."""
        return self.workspace.published is not None and not self.facts.verdict.stale

    @property
    def budget(self) -> Budget | None:
        """That of the proof, which shows on a terminal how far it is."""
        if self.proof == "none":
            return None
        from pmogen.cli.reports.plan import progress
        from pmogen.planning.exact import NODES, PLENTY, Budget

        told = (lambda found: self.stages.note(progress(found))) if self.stages.watched else None
        brief = self.proof == "brief"
        return Budget(NODES if brief else PLENTY, told=told, brief=brief)


@click.command(short_help="Plan the roadmap, write content/plan.yml.")
@folder
@click.option("--yes", is_flag=True, help="Write what was planned without asking.")
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; end with 1 when what is published is not current."
)
@click.option(
    "--explain", "subject", metavar="ID", help="Say why a service is where it is, what a wave holds, or `roadmap`."
)
@click.option("--no-exact", is_flag=True, help="Do not prove how good the plan is, even if highspy is installed.")
@click.option(
    "--prove",
    is_flag=True,
    help="Prove all that can be proven of many services, too, however long it takes (Ctrl-C ends it).",
)
@click.option("--no-insights", is_flag=True, help="Do not find out what pins cost and what would help most.")
@click.option(
    "--what-if",
    "changes",
    multiple=True,
    metavar="CHANGE",
    help="Plan as if: pmo_fte=+1, audience.ID.capacity=12, decline=ID, pin=ID@WAVE, ... Writes nothing; may be repeated.",
)
@click.option(
    "--scenarios",
    "file",
    is_flag=False,
    flag_value=SCENARIOS,
    metavar="[FILE]",
    help=f"Plan and compare the scenarios of FILE, by default {SCENARIOS}; those are published as a page.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Form of what --what-if and --scenarios say.",
)
@click.pass_context
def plan(  # noqa: PLR0913  (one parameter for each option)
    context: click.Context,
    folder: Path,
    *,
    yes: bool,
    only_check: bool,
    subject: str | None,
    no_exact: bool,
    prove: bool,
    no_insights: bool,
    changes: tuple[str, ...],
    file: str | None,
    form: str,
) -> None:
    """Plan the roadmap of DIR, show what changes and why, and write content/plan.yml.

    The plan is a lock file: it is reviewed like any other change, and `build` uses it as it stands while what it rests
    on is unchanged. People change it by pinning services in roadmap.yml and planning again.
    """
    from pmogen import check as check_workspace

    if sum((only_check, subject is not None, bool(changes), file is not None)) > 1:
        raise click.UsageError("--check, --explain, --what-if and --scenarios do not go together: give one of them.")
    if no_exact and prove:
        raise click.UsageError("--no-exact and --prove do not go together: give one of them.")
    stages = Stages()
    if file is not None and Path(file).is_dir():  # `plan --scenarios DIR`: the folder was taken for the file
        folder, file = in_its_language(context, None, Path(file)), SCENARIOS
    checked = check_workspace(folder, stages, replanned=not only_check)
    if checked.workspace is None or checked.facts is None:
        report(checked)
        click.echo(next_command("pmogen plan", folder, _("mend the errors above, then ")))
        context.exit(1)
    basis = Basis(checked.facts, checked.sources, folder, stages, "none" if no_exact else "whole" if prove else "brief")
    if only_check:
        context.exit(_checked(basis))
    elif subject is not None:
        _explain(basis, subject)
    elif changes:
        _what_if(basis, changes, form)
    elif file is not None:
        _scenarios(basis, file, form, yes=yes)
    else:
        _publish(basis, yes=yes, ask_more=not no_insights)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(visible(line))


def _solved(basis: Basis, budget: Budget | None) -> Plan:
    from pmogen.planning import plan_roadmap
    from pmogen.planning.published import launches_of, still_proven, waves_of

    published, known = basis.workspace.published, None
    if published is not None:
        known = waves_of(published) if basis.current else launches_of(published)
    with basis.stages("plan and prove" if budget else "plan"):
        found = plan_roadmap(basis.workspace, basis.gaps, basis.choice, known, budget=budget, ways=False)
    return still_proven(found, published) if published is not None and basis.current else found


def _as_it_is(basis: Basis) -> Plan:
    """The published plan while it is current, else a new one."""
    from pmogen.planning.published import adopt

    published = basis.workspace.published
    if published is not None and basis.current:
        return adopt(basis.workspace, basis.gaps, basis.choice, published)
    return _solved(basis, None)


# --check


def _checked(basis: Basis) -> int:
    from pmogen.planning.published import adopt
    from pmogen.planning.seal import as_written

    published, workspace = basis.workspace.published, basis.workspace
    if published is None or not basis.current:
        missing = published is None
        why = N_("{file} is missing") if missing else N_("{file} is out of date: what it rests on has changed")
        click.echo(_(why, file=PLAN))
        click.echo(next_command("pmogen plan", basis.folder))
        return 1
    before = adopt(workspace, basis.gaps, basis.choice, published)
    click.echo(_("{file} is current and breaks no rule", file=PLAN))
    if not as_written(published):
        click.echo(_("it was edited by hand, so nothing proves how good it is; `pmogen plan` finds the best one"))
    elif published.insights is None:
        click.echo(_("it has no insights; `pmogen plan` without --no-insights adds them"))
    if not workspace.scenarios.scenarios:
        return 0
    from pmogen.planning.scenarios import compare_scenarios

    stale = [found.scenario.id for found in compare_scenarios(workspace, before) if found.comparison is None]
    if stale:
        click.echo(_("{file} is out of date or missing for {scenarios}", file=PLANNED, scenarios=", ".join(stale)))
        click.echo(next_command("pmogen plan --scenarios", basis.folder))
        return 1
    click.echo(_("{file} is current", file=PLANNED))
    return 0


# --explain


def _explain(basis: Basis, subject: str) -> None:
    from pmogen.cli.explain import print_explanation
    from pmogen.cli.reports.plan import NOT_COMPUTED, insight_lines, result_lines
    from pmogen.explain import Explanations, aloud, wrapped
    from pmogen.planning.insight_words import insights_of
    from pmogen.playbook import compute

    with basis.stages("compute"):
        playbook = compute(basis.workspace, basis.facts)
    whole = subject == "roadmap"
    name, root = Explanations(playbook).ask("roadmap:costs" if whole else subject)
    if whole:
        insights = insights_of(basis.workspace, playbook.plan)
        _tell(result_lines(playbook.plan))
        _tell(insight_lines(basis.workspace, playbook.plan, insights) if insights else [_(NOT_COMPUTED)])
        click.echo()
    said = aloud(basis.workspace, playbook.plan, name)
    if not said:
        print_explanation(name, root)
        return
    _tell(wrapped(said, shutil.get_terminal_size((100, 24)).columns))
    click.echo(next_command(f"pmogen explain {name}", basis.folder, _("for every number behind it, ")))


# the plan itself


def _publish(basis: Basis, *, yes: bool, ask_more: bool) -> None:
    from pmogen.cli.reports.plan import insight_lines, move_lines, plan_lines, result_lines
    from pmogen.planning.moves import moves
    from pmogen.planning.published import publish, published, waves_of

    workspace, known = basis.workspace, basis.workspace.published
    found = _solved(basis, basis.budget)
    value = publish(workspace, basis.gaps, basis.choice, found)
    insights = _insights(basis, value) if ask_more and not found.stopped else None
    value = value.model_copy(update={"insights": insights})
    _tell(plan_lines(workspace, found))
    _tell(result_lines(found))
    _tell(_unproven(basis, found))
    if insights is not None:
        click.echo()
        _tell(insight_lines(workspace, found, insights))
    click.echo()
    if known is None:
        click.echo(_("nothing is published yet: all of it is new"))
    else:
        _tell(move_lines(workspace, moves(waves_of(known), found), found))
    click.echo(str(basis.stages))
    if found.stopped and yes:
        click.echo(_("you stopped it, so {file} stays as it was; this is the best plan so far", file=PLAN))
        raise click.Abort
    _write(basis, PLAN, published(value), yes=yes)
    click.echo(next_command("pmogen build", basis.folder))


def _unproven(basis: Basis, found: Plan) -> Iterator[str]:
    """What would prove more of the plan, when anything does."""
    from pmogen.cli.reports.plan import more_to_prove
    from pmogen.planning.highs import available

    if not more_to_prove(found):
        return
    if not available():
        yield _("pmogen[exact] is not installed, which improves plans and proves how good they are")
    elif basis.proof == "brief":
        yield _("`pmogen plan --prove` goes on, however long it takes; Ctrl-C ends it with the best plan so far")


def plan_text(basis: Basis) -> str:
    """What content/plan.yml is to hold: the best plan, with its insights."""
    from pmogen.planning.published import publish, published

    found = _solved(basis, basis.budget)
    value = publish(basis.workspace, basis.gaps, basis.choice, found)
    return published(value.model_copy(update={"insights": None if found.stopped else _insights(basis, value)}))


def _insights(basis: Basis, value: PublishedPlan) -> Insights:
    from pmogen.planning.insights import insights
    from pmogen.planning.published import schedule_of

    formulation = basis.facts.verdict.formulation
    with basis.stages("insights"):
        return insights(formulation.problem, schedule_of(formulation, value), told=basis.stages.counted)


def _write(basis: Basis, name: str, text: str, *, yes: bool) -> None:
    from pmogen.site.write import replace_file

    target = basis.folder / name
    if target.is_file() and target.read_bytes() == text.encode():
        click.echo(_("{file} stays as it is", file=name))
    elif yes or _agreed(name):
        replace_file(target, text.encode())
        click.echo(_("{file} is written; review and commit it", file=name))
    else:
        click.echo(_("nothing was written"))


def _agreed(name: str) -> bool:
    try:
        return click.confirm(_("write {file}?", file=name), default=False)
    except click.Abort:
        click.echo()
        click.echo(_("nothing was written; --yes writes without asking"))
        raise


# --what-if


def _what_if(basis: Basis, changes: tuple[str, ...], form: str) -> None:
    from pmogen.analysis.changes import as_if
    from pmogen.cli.reports.plan import as_json, comparison_lines, dumped
    from pmogen.planning.what_if import compared, planned_as_if

    changed = as_if(basis.workspace, changes)
    before = _as_it_is(basis)
    with basis.stages("plan as if"):
        _formulation, after = planned_as_if(changed, before)
    found = compared(basis.workspace, before, changed, after)
    if form == "json":
        click.echo(dumped({"changes": list(changes), **as_json(found)}))
        return
    _tell([_("as if {changes}", changes=", ".join(changes)), ""])
    _tell(comparison_lines(changed.workspace, found, after))
    _tell(["", _meaning(), str(basis.stages), _("nothing was written: this was a what-if")])


def _meaning() -> str:
    """What the value of a plan is."""
    from pmogen.cli.reports.plan import VALUE

    return _("value: {meaning}", meaning=_(VALUE))


# --scenarios


def _scenarios(basis: Basis, file: str, form: str, *, yes: bool) -> None:
    from pmogen.cli.reports.plan import as_json, dumped, scenario_lines
    from pmogen.model.scenarios import PlannedScenarios
    from pmogen.planning.scenarios import plan_scenario, planned_scenarios

    own = file == SCENARIOS or (basis.folder / SCENARIOS).resolve() == Path(file).resolve()
    scenarios = _named(basis, None if own else Path(file))
    before = _as_it_is(basis)
    plans, compared = [], []
    for number, scenario in enumerate(scenarios, 1):
        with basis.stages("scenarios"):
            basis.stages.counted(number, len(scenarios))
            planned, comparison = plan_scenario(basis.workspace, scenario, before, basis.budget)
        plans.append(planned)
        compared.append((scenario.name, comparison))
    if form == "json":
        told = {plan.id: as_json(found) for plan, (_name, found) in zip(plans, compared, strict=True)}
        click.echo(dumped({"scenarios": told}))
    else:
        _tell(scenario_lines(compared))
        _tell(["", _meaning(), str(basis.stages)])
    if not own:
        click.echo(_("nothing was written: only the scenarios of {file} are published", file=SCENARIOS), err=True)
        return
    _write(basis, PLANNED, planned_scenarios(PlannedScenarios(scenarios=tuple(plans))), yes=yes)
    click.echo(next_command("pmogen build", basis.folder))


def _named(basis: Basis, file: Path | None) -> tuple[Scenario, ...]:
    """The scenarios of the workspace, or of another file, which is checked as if it were that of the workspace."""
    from pmogen.errors import PmogenError

    if file is None:
        if not basis.workspace.scenarios.scenarios:
            raise _no_scenarios(SCENARIOS)
        return basis.workspace.scenarios.scenarios
    if not file.is_file():
        message = _("there is no file {file}", file=file)
        raise PmogenError(message, _("name a file of scenarios, or leave the name out"))
    return _in_place_of_its_own(basis, file)


def _no_scenarios(file: str) -> PmogenError:
    from pmogen.errors import PmogenError

    hint = _("docs/planning.md shows how to write some")
    return PmogenError(_("there are no scenarios in {file}", file=file), hint)


def _in_place_of_its_own(basis: Basis, file: Path) -> tuple[Scenario, ...]:
    from pmogen.cli.reports.text import show
    from pmogen.errors import PmogenError
    from pmogen.model.load import load
    from pmogen.rules import check

    content = file.read_bytes()
    loaded = load(replace(basis.sources, files={**basis.sources.files, SCENARIOS: content}))
    found = (*loaded.diagnostics, *(check(loaded.workspace) if loaded.workspace else ()))
    wrong = [each for each in found if each.span.file == SCENARIOS and each.severity == "error"]
    if wrong or loaded.workspace is None:
        named = [replace(each, span=replace(each.span, file=str(file))) for each in wrong]
        show(named, {str(file): content}, sys.stderr)
        raise PmogenError(_("the scenarios of {file} cannot be planned", file=file), _("mend the errors above"))
    if not loaded.workspace.scenarios.scenarios:
        raise _no_scenarios(str(file))
    return loaded.workspace.scenarios.scenarios
