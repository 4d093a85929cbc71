"""The published plan: a small, sorted file that people review, and that a build uses as it stands.

The fingerprint covers everything the plan depends on, and nothing else: change a name or a reason and
it still matches, change an estimate, a level or a capacity and it does not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from pydantic import ValidationError

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Choice
from pmogen.analysis.trace import decimal
from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.model.plan import Help, Insights, PlannedService, PlannedWork, PublishedPlan
from pmogen.model.workspace import Workspace
from pmogen.planning import described
from pmogen.planning.check import violations
from pmogen.planning.fingerprint import fingerprint
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.plan import Plan
from pmogen.planning.problem import DAY
from pmogen.planning.scheduler import Schedule, room_of, unmet_wishes
from pmogen.planning.seal import as_written, seal
from pmogen.planning.solve import Solved
from pmogen.planning.verdict import told
from pmogen.source.text import decode
from pmogen.source.yaml import parse_yaml

HEAD = """\
# Written by `pmogen plan` and reviewed like a lock file. Do not edit it: pin a service in roadmap.yml and plan again.
"""


def current_fingerprint(
    workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice, formulation: Formulation | None = None
) -> str:
    """The fingerprint of a workspace as it is now; `formulation` is its problem, where that is known already."""
    found = formulation or formulate(workspace, gaps, choice)
    return fingerprint(found.problem, workspace.roadmap.a_move)


def publish(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice, plan: Plan) -> PublishedPlan:
    """The plan as a value to be written, without insights."""
    problem = formulate(workspace, gaps, choice).problem
    placed = {placement.service for placement in plan.placements}
    return PublishedPlan(
        fingerprint=fingerprint(problem, workspace.roadmap.a_move),
        engine=plan.engine,
        value_waves=str(plan.value_waves),
        bound=None if plan.bound is None else str(plan.bound),
        least_effort=plan.least_effort,
        unique=plan.unique,
        services=tuple(
            PlannedService(
                service=placement.service,
                wave=placement.wave,
                work=tuple(PlannedWork(wave=part.wave, days=float(part.days)) for part in placement.work),
            )
            for placement in plan.placements
        ),
        left_out=tuple(service.id for service in problem.services if service.id not in placed),
        kept=plan.kept,
    )


def published(plan: PublishedPlan) -> str:
    """The text of content/plan.yml: sorted, sealed, one line for each service."""
    lines = [f"fingerprint: {plan.fingerprint}", f"seal: {seal(plan)}"]
    lines += [f"engine: {plan.engine}", f'value_waves: "{plan.value_waves}"']
    if plan.bound is not None:
        lines += [f'bound: "{plan.bound}"', f"least_effort: {str(plan.least_effort).lower()}"]
        lines += [f"unique: {str(plan.unique).lower()}"]
    lines.append("services:" if plan.services else "services: []")
    for entry in plan.services:
        work = ", ".join(f"{{wave: {scalar(part.wave)}, days: {decimal(exact(part.days))}}}" for part in entry.work)
        built = f", work: [{work}]" if work else ""
        lines.append(f"  - {{service: {scalar(entry.service)}, wave: {scalar(entry.wave)}{built}}}")
    for key, services in (("left_out", plan.left_out), ("kept", plan.kept)):
        lines.append(f"{key}:" if services else f"{key}: []")
        lines += [f"  - {scalar(service)}" for service in services]
    lines += _of_insights(plan.insights) if plan.insights else []
    return HEAD + "\n".join(lines) + "\n"


def _of_insights(found: Insights) -> list[str]:
    less = found.tenth_less
    lines = ["insights:", f'  no_limits: "{found.no_limits}"', "  pins:" if found.pins else "  pins: []"]
    lines += [
        f'    - {{service: {scalar(pin.service)}, wave: {scalar(pin.wave)}, gain: "{pin.gain}"}}' for pin in found.pins
    ]
    lines.append(f"  tenth_less: {{falls_out: {names(less.falls_out)}, slips: {names(less.slips)}}}")
    lines.append("  helps:" if found.helps else "  helps: []")
    lines += [f"    - {{{_of_help(entry)}}}" for entry in found.helps]
    return [*lines, f"  untried: {found.untried}"] if found.untried else lines


def _of_help(found: Help) -> str:
    audience = f", audience: {scalar(found.audience)}" if found.audience else ""
    lists = (("comes_in", found.comes_in), ("earlier", found.earlier), ("pays", found.pays))
    named = "".join(f", {key}: {names(services)}" for key, services in lists if services)
    return f'wave: {scalar(found.wave)}{audience}, more: {found.more}, gain: "{found.gain}"{named}'


def names(identifiers: Iterable[str]) -> str:
    """Ids as a YAML list on one line."""
    return f"[{', '.join(scalar(identifier) for identifier in identifiers)}]"


_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Ids that YAML, or an older YAML, takes for something else."""


def scalar(name: str) -> str:
    """An id as a YAML scalar that stays text: "2027" and "1e3" are ids too, and need quotes."""
    return json.dumps(name) if not name[0].isalpha() or name in _WORDS else name


def read(text: str) -> PublishedPlan:
    """The plan in the text of content/plan.yml; raises `PmogenError` when it is not one."""
    source, wrong = decode("content/plan.yml", text.encode())
    document, more = parse_yaml(source) if source else (None, ())
    mistakes = [found for found in (*wrong, *more) if found.severity == "error"]
    try:
        if document is not None and not mistakes:
            return PublishedPlan.model_validate(document.value)
        said = mistakes[0].message
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or _("the file")
        said = f"{place}: {first['msg']}"
    raise PmogenError(_("content/plan.yml cannot be read: {why}", why=said), _("run `pmogen plan` to write it anew"))


def waves_of(plan: PublishedPlan) -> dict[str, str | None]:
    """Wave by service, None for what was left out: what planning the same again is measured against."""
    return {**launches_of(plan), **dict.fromkeys(plan.left_out)}


def launches_of(plan: PublishedPlan) -> dict[str, str]:
    """Wave by service: what planning is measured against when something has changed; then coming in is no move."""
    return {entry.service: entry.wave for entry in plan.services}


def adopt(
    workspace: Workspace,
    gaps: tuple[Gap, ...],
    choice: Choice,
    plan: PublishedPlan,
    *,
    explained: Collection[str] | None = None,
    formulation: Formulation | None = None,
    current: bool | None = None,
) -> Plan:
    """The plan with the published placements as they stand, explained anew.

    What the file says about how good it is holds only while its inputs are the same and nobody has edited it. With
    `explained`, reasons are given for these services only; `formulation` is the problem and `current` whether the plan was
    made for it, where that is known already.
    Raises `PmogenError` when they break a rule or name what does not exist: then plan again.
    """
    formulation = formulation or formulate(workspace, gaps, choice)
    problem = formulation.problem
    found = schedule_of(formulation, plan)
    wrong = violations(problem, found.launches, found.work, frozenset(missed.service for missed in found.unmet))
    if wrong:
        said = told(wrong[0], workspace, problem)
        raise PmogenError(_("the published plan breaks a rule: {why}", why=said), _("run `pmogen plan` to plan again"))
    reached = room_of(problem, found).value()
    if current is None:
        current = plan.fingerprint == fingerprint(problem, workspace.roadmap.a_move)
    bound = _number(plan.bound) if current and as_written(plan) else None
    limit = None if bound is None else int(bound * problem.level_unit)
    if limit is None or limit < reached:
        solved = Solved(found, plan.engine, reached)
    else:
        solved = Solved(found, plan.engine, reached, limit, plan.least_effort, plan.unique)
    return described(workspace, formulation, solved, explained=explained)


def still_proven(plan: Plan, before: PublishedPlan) -> Plan:
    """The plan, with what was proven of it before, where less was proven now; `before` was made of the same inputs.

    Nothing is taken over from another plan, or from a file that was edited.
    """
    same = {placement.service: placement.wave for placement in plan.placements} == launches_of(before)
    bound = _number(before.bound)
    if not same or bound is None or bound < plan.value_waves or not as_written(before):
        return plan
    return replace(
        plan,
        engine=before.engine,
        bound=bound if plan.bound is None else min(bound, plan.bound),
        least_effort=plan.least_effort or before.least_effort,
        unique=plan.unique or before.unique,
    )


def _number(text: str | None) -> Fraction | None:
    try:
        return Fraction(text or "")
    except (ValueError, ZeroDivisionError):
        return None


def schedule_of(formulation: Formulation, plan: PublishedPlan) -> Schedule:
    """The published placements as a schedule of the problem; raises `PmogenError` when it knows some of them not."""
    problem = formulation.problem
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    named = {entry.wave for entry in plan.services} | {part.wave for entry in plan.services for part in entry.work}
    unknown = sorted(named - numbers.keys()) or sorted({e.service for e in plan.services} - problem.by_id.keys())
    if unknown:
        message = _("the published plan names `{name}`, which cannot be planned any more", name=unknown[0])
        raise PmogenError(message, _("run `pmogen plan` to plan again"))
    launches = {entry.service: numbers[entry.wave] for entry in plan.services}
    work = {entry.service: _days(entry.work, numbers) for entry in plan.services}
    return Schedule(dict(sorted(launches.items())), work, unmet_wishes(problem), frozenset(plan.kept) & launches.keys())


def _days(work: tuple[PlannedWork, ...], numbers: Mapping[str, int]) -> dict[int, int]:
    return {numbers[part.wave]: round(exact(part.days) * DAY) for part in work}
