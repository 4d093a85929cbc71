"""The published plan: a small, sorted file that people review, and that a build uses as it stands.

The fingerprint covers everything the plan depends on, and nothing else: change a name or a reason and
it still matches, change an estimate, a level or a capacity and it does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction

from pydantic import ValidationError

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Choice
from pmogen.analysis.trace import in_words
from pmogen.errors import PmogenError
from pmogen.model.base import exact
from pmogen.model.plan import PlannedService, PlannedWork, PublishedPlan
from pmogen.model.workspace import Workspace
from pmogen.planning import described
from pmogen.planning.check import violations
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.plan import Plan
from pmogen.planning.problem import DAY, Problem
from pmogen.planning.scheduler import Schedule, Wishes, unmet_wishes
from pmogen.planning.solve import Solved, launch_of, score_of, search_of
from pmogen.source.text import decode
from pmogen.source.yaml import parse_yaml

FORMAT = 1
"""Part of the fingerprint: raised when the same inputs would give another plan."""
HEAD = """\
# Written by `pmogen plan` and reviewed like a lock file. Do not edit it: pin a service in roadmap.yml and plan again.
"""


def fingerprint(problem: Problem, a_move: int) -> str:
    """SHA-256 over canonical JSON of the problem; names and reasons do not count."""
    found = asdict(problem)
    for part in (*found["waves"], *found["audiences"], *found["roles"]):
        del part["name"]
    for audience in found["audiences"]:
        audience["black_out"] = [why is not None for why in audience["black_out"]]
    text = json.dumps([FORMAT, a_move, found], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def current_fingerprint(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice) -> str:
    """The fingerprint of a workspace as it is now."""
    return fingerprint(formulate(workspace, gaps, choice).problem, workspace.roadmap.a_move)


def publish(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice, plan: Plan) -> PublishedPlan:
    """The plan as a value to be written."""
    problem = formulate(workspace, gaps, choice).problem
    placed = {placement.service for placement in plan.placements}
    return PublishedPlan(
        fingerprint=fingerprint(problem, workspace.roadmap.a_move),
        engine=plan.engine,
        value_waves=str(plan.value_waves),
        bound=None if plan.bound is None else str(plan.bound),
        least_effort=plan.least_effort,
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
    """The text of content/plan.yml: sorted, one line for each service."""
    lines = [f"fingerprint: {plan.fingerprint}", f"engine: {plan.engine}", f'value_waves: "{plan.value_waves}"']
    if plan.bound is not None:
        lines += [f'bound: "{plan.bound}"', f"least_effort: {str(plan.least_effort).lower()}"]
    lines.append("services:" if plan.services else "services: []")
    for entry in plan.services:
        work = ", ".join(f"{{wave: {_scalar(part.wave)}, days: {in_words(exact(part.days))}}}" for part in entry.work)
        built = f", work: [{work}]" if work else ""
        lines.append(f"  - {{service: {_scalar(entry.service)}, wave: {_scalar(entry.wave)}{built}}}")
    for key, names in (("left_out", plan.left_out), ("kept", plan.kept)):
        lines.append(f"{key}:" if names else f"{key}: []")
        lines += [f"  - {_scalar(name)}" for name in names]
    return HEAD + "\n".join(lines) + "\n"


_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Ids that YAML, or an older YAML, takes for something else."""


def _scalar(name: str) -> str:
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
        said = f"{'.'.join(str(part) for part in first['loc']) or 'the file'}: {first['msg']}"
    raise PmogenError(f"content/plan.yml cannot be read: {said}", "run `pmogen plan` to write it anew")


def waves_of(plan: PublishedPlan) -> dict[str, str | None]:
    """Wave by service, None for what was left out: what planning again is measured against."""
    return {entry.service: entry.wave for entry in plan.services} | dict.fromkeys(plan.left_out)


def adopt(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice, plan: PublishedPlan) -> Plan:
    """The plan with the published placements as they stand, explained anew.

    Raises `PmogenError` when they break a rule or name what does not exist: then plan again.
    """
    formulation = formulate(workspace, gaps, choice)
    problem = formulation.problem
    found = _schedule(formulation, plan)
    wrong = violations(problem, found.launches, found.work, frozenset(missed.service for missed in found.unmet))
    if wrong:
        raise PmogenError(f"the published plan breaks a rule: {wrong[0]}", "run `pmogen plan` to plan again")
    wishes = Wishes(a_move=workspace.roadmap.a_move)
    search = search_of(problem, found, wishes)
    reached = score_of(search, launch_of(search.compact, found))[1]
    valid = plan.bound is not None and plan.fingerprint == fingerprint(problem, workspace.roadmap.a_move)
    bound = int(Fraction(plan.bound or 0) * problem.level_unit) if valid else None
    return described(workspace, formulation, Solved(found, plan.engine, reached, bound, plan.least_effort))


def _schedule(formulation: Formulation, plan: PublishedPlan) -> Schedule:
    problem = formulation.problem
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    named = {entry.wave for entry in plan.services} | {part.wave for entry in plan.services for part in entry.work}
    unknown = sorted(named - numbers.keys()) or sorted({e.service for e in plan.services} - problem.by_id.keys())
    if unknown:
        message = f"the published plan names `{unknown[0]}`, which cannot be planned any more"
        raise PmogenError(message, "run `pmogen plan` to plan again")
    launches = {entry.service: numbers[entry.wave] for entry in plan.services}
    work = {entry.service: _days(entry.work, numbers) for entry in plan.services}
    return Schedule(dict(sorted(launches.items())), work, unmet_wishes(problem), frozenset(plan.kept) & launches.keys())


def _days(work: tuple[PlannedWork, ...], numbers: Mapping[str, int]) -> dict[int, int]:
    return {numbers[part.wave]: round(exact(part.days) * DAY) for part in work}
