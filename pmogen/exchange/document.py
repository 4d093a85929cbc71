"""From a playbook to the records of playbook.json. Answers come in as analysis lets them through: no single one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeVar

from pmogen.analysis.levels import Answers, AspectLevel
from pmogen.analysis.no_limits import NoLimits
from pmogen.analysis.problems import problems_here
from pmogen.analysis.progress import days_left, started
from pmogen.analysis.services import decision_on, expected_days, liftings_of
from pmogen.exchange import records as out
from pmogen.model.base import exact
from pmogen.model.workspace import Workspace
from pmogen.planning.plan import Plan
from pmogen.playbook import Playbook

R = TypeVar("R", bound=out.Record)


def document_of(playbook: Playbook) -> out.Document:
    """Everything the playbook says, with stable ids and exact numbers."""
    workspace, choice = playbook.workspace, playbook.choice
    decisions = workspace.decisions
    return out.Document(
        format=1,
        playbook=_same(out.PlaybookRecord, workspace.settings),
        method=workspace.catalogue.method,
        dimensions=_all(out.NamedRecord, workspace.catalogue.dimensions),
        audiences=_all(out.NamedRecord, workspace.catalogue.audiences),
        foundation=_all(out.AnswerRecord, workspace.foundation.answers),
        customers=tuple(
            out.CustomerRecord(id=customer.id, name=customer.name, expects=_all(out.BenefitRecord, customer.expects))
            for customer in workspace.foundation.customers
        ),
        assessment=_assessment(playbook),
        gaps=tuple(
            _same(out.GapRecord, gap, benefits=_all(out.GapBenefitRecord, gap.benefits)) for gap in playbook.gaps
        ),
        closings=tuple(
            _same(out.ClosingRecord, closing, services=tuple(lifting.service for lifting in closing.liftings))
            for closing in choice.closings
        ),
        services=tuple(_services(workspace)),
        candidates=tuple(
            _same(
                out.CandidateRecord,
                candidate,
                closes=tuple(out.ClosesRecord(aspect=aspect, levels=levels) for aspect, levels in candidate.closes),
            )
            for candidate in choice.candidates
        ),
        not_applicable=_all(out.NotApplicableRecord, choice.not_applicable),
        decisions=decisions.services,
        accepted_gaps=decisions.accepted_gaps,
        entities=decisions.entities,
        hand_offs=decisions.hand_offs,
        plan=_plan(workspace, playbook.plan),
        plan_state=playbook.plan_state,
        trends=_all(out.TrendRecord, playbook.trends),
        margins=tuple(_same(out.MarginRecord, margin, adds=_levels(margin.adds)) for margin in playbook.margins),
        losses=tuple(
            _same(out.LossRecord, loss, reopens=_all(out.ReopenedRecord, loss.reopens)) for loss in playbook.losses
        ),
        no_limits=_no_limits(playbook.no_limits),
        second_looks=_all(out.SecondLookRecord, playbook.second_looks),
        problems=tuple(_problems(playbook)),
    )


def _same(record: type[R], value: Any, **others: Any) -> R:
    """The record with the fields of the same name of a value, and others as given."""
    fields = {name: getattr(value, name) for name in record.model_fields if name not in others}
    return record(**fields, **others)


def _all(record: type[R], values: Iterable[Any]) -> tuple[R, ...]:
    return tuple(_same(record, value) for value in values)


def _levels(listed: Iterable[tuple[str, Fraction]]) -> tuple[out.LevelRecord, ...]:
    return tuple(out.LevelRecord(aspect=aspect, levels=levels) for aspect, levels in listed)


def _no_limits(found: NoLimits | None) -> out.NoLimitsRecord | None:
    return _same(out.NoLimitsRecord, found, reached=_levels(found.reached)) if found else None


def _assessment(playbook: Playbook) -> out.AssessmentRecord:
    assessment = playbook.workspace.current.assessment
    return out.AssessmentRecord(
        date=assessment.date,
        title=assessment.title,
        aspects=tuple(_aspect(playbook, level) for level in playbook.levels),
        left_out=_all(out.LeftOutRecord, assessment.left_out),
    )


def _aspect(playbook: Playbook, level: AspectLevel) -> out.AspectRecord:
    workspace = playbook.workspace
    stated = next(entry for entry in workspace.current.assessment.aspects if entry.aspect == level.aspect)
    aspect = workspace.find("aspects", level.aspect)
    dates = {dated.name: dated.assessment.date for dated in workspace.assessments}
    earlier = tuple(
        out.PastRecord(date=dates[name], current=past.current, target=past.target)
        for name, levels in playbook.earlier
        for past in levels
        if past.aspect == level.aspect
    )
    return _same(
        out.AspectRecord,
        level,
        id=level.aspect,
        name=workspace.name_of("aspects", level.aspect),
        dimension=aspect.dimension if aspect else "",
        target_by=stated.target_by,
        target_owner=stated.target_owner,
        answers=_answers(level.answers),
        comment=stated.comment,
        earlier=earlier,
    )


def _answers(answers: Answers | None) -> out.AnswersRecord | None:
    if answers is None:
        return None
    return _same(out.AnswersRecord, answers, groups=_all(out.GroupRecord, answers.groups))


def _services(workspace: Workspace) -> Iterable[out.ServiceRecord]:
    for service in workspace.catalogue.services:
        yield _same(
            out.ServiceRecord,
            service,
            decision=decision_on(workspace, service.id),
            lifts=_all(out.LiftRecord, liftings_of(service, workspace.catalogue.method.lift)),
            expected_days=expected_days(service.establish_days),
            run_fte=exact(service.run_fte),
        )


def _progress(workspace: Workspace) -> Iterable[out.ProgressRecord]:
    for service, entry in sorted(started(workspace).items()):
        yield _same(
            out.ProgressRecord,
            entry,
            service=service,
            spent=None if entry.effort_days is None else exact(entry.effort_days),
            left=None if entry.dropped is not None else days_left(workspace, entry),
        )


def _plan(workspace: Workspace, plan: Plan) -> out.PlanRecord:
    waves = {wave.id: wave for wave in workspace.roadmap.waves}
    return out.PlanRecord(
        engine=plan.engine,
        value_waves=plan.value_waves,
        bound=plan.bound,
        least_effort=plan.least_effort,
        unique=plan.unique,
        problems=plan.problems,
        waves=tuple(_same(out.WaveRecord, waves[use.wave], use=_same(out.UseRecord, use)) for use in plan.uses),
        placements=tuple(
            _same(out.PlacementRecord, placement, work=_all(out.WorkRecord, placement.work))
            for placement in plan.placements
        ),
        progress=tuple(_progress(workspace)),
        conflicts=tuple(tuple(said.text for said in conflict) for conflict in plan.conflicts),
        absences=tuple(_same(out.AbsenceRecord, a, takes=str(a.takes or "")) for a in plan.absences),
        loads=tuple(_same(out.LoadRecord, load, parts=_all(out.LoadPartRecord, load.parts)) for load in plan.loads),
        projected=tuple(
            _same(
                out.ProjectedRecord,
                projected,
                after=tuple(out.AfterRecord(wave=wave, level=level) for wave, level in projected.after),
            )
            for projected in plan.projected
        ),
    )


def _problems(playbook: Playbook) -> Iterable[out.ProblemRecord]:
    for here in problems_here(playbook.workspace, playbook.levels, playbook.gaps):
        yield out.ProblemRecord(
            id=here.problem,
            name=playbook.workspace.name_of("problems", here.problem),
            likely=here.likely,
            signs=_all(out.SignRecord, here.signs),
        )
