"""PMO72x: the published plan, and wishes that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.diagnostics import Related
from pmogen.language import N_, _, ngettext
from pmogen.planning.seal import as_written
from pmogen.planning.verdict import Objection
from pmogen.rules import roadmap
from pmogen.rules.rule import Facts, Finding, rule

AGAIN = N_("run `pmogen plan`, look at what it changes, and commit the file")
OF_THE_PLAN = ("PMO720", "PMO721", "PMO722", "PMO724")
"""Rules that `pmogen plan` settles by writing the file anew."""
SHOWN = 5
"""So many other places are named with a finding at most."""

PINS = (
    roadmap.pin_into_finished_wave,
    roadmap.pinned_but_declined,
    roadmap.pin_into_black_out,
    roadmap.pin_before_prerequisite,
    roadmap.pin_before_its_date,
)
"""Rules that say of a single pin why it cannot hold."""


@rule("PMO720", "warning")
def plan_out_of_date(facts: Facts) -> Iterator[Finding]:
    """The published plan is out of date: what it rests on has changed since it was written.

    A level, a target, an estimate, a decision, a capacity, a pin: content/plan.yml holds a fingerprint of all that the
    plan depends on. While it does not match, pages show a new plan that moves as little as it can, and `pmogen build
    --frozen` refuses. The message says how many limits the published plan would break as things are now.

    Wrong:
        content/plan.yml:
          fingerprint: ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
          engine: list scheduling and local search
          value_waves: "0"

    Right:
        content/decisions.yml: {}
    """
    if facts.workspace.published is None or not facts.verdict.stale:
        return
    wrong = (*facts.verdict.unknown, *facts.verdict.broken)
    others = tuple(_related(facts, objection) for objection in wrong[:SHOWN])
    message = _("the published plan is out of date: what it rests on has changed since")
    if wrong:
        message = ngettext(
            "the published plan is out of date: what it rests on has changed since, "
            "and as it stands it would break {count} rule: {first}",
            "the published plan is out of date: what it rests on has changed since, "
            "and as it stands it would break {count} rules: {first}",
            len(wrong),
            first=wrong[0].text,
        )
    yield Finding(message, facts.span("plan", "fingerprint"), _(AGAIN), others)


@rule("PMO721", "error")
def plan_breaks_a_limit(facts: Facts) -> Iterator[Finding]:
    """The published plan was edited so that it breaks a limit.

    Its fingerprint matches, so nothing else has changed: the file itself was. Every limit that it breaks is reported, with
    its number and the services that take most of it. Nobody has to edit the file: a pin in content/roadmap.yml says
    what people want, and `pmogen plan` finds the best plan that honours it. This rule cannot be lowered. (Zeros stand for the
    fingerprint that matches.)

    Wrong:
        content/plan.yml:
          fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
          engine: list scheduling and local search
          value_waves: "3"
          services: [{service: register, wave: one, work: [{wave: one, days: 60}]}]

    Right:
        content/plan.yml:
          fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
          engine: list scheduling and local search
          value_waves: "3"
          services: [{service: register, wave: one, work: [{wave: one, days: 5}]}]
    """
    if facts.workspace.published is None or facts.verdict.stale:
        return
    for objection in facts.verdict.broken:
        others = tuple(
            Related(_("this takes part in it"), facts.span("plan", *place)) for place in objection.places[1 : SHOWN + 1]
        )
        hint = _("run `pmogen plan`; what people want belongs into `pins` of content/roadmap.yml")
        message = _("the published plan: {objection}", objection=objection.text)
        yield Finding(message, facts.span("plan", *objection.places[0]), hint, others)


@rule("PMO722", "error")
def plan_of_unknown_names(facts: Facts) -> Iterator[Finding]:
    """The published plan was edited so that it names what does not exist, or a service twice.

    This rule cannot be lowered. (Zeros stand for the fingerprint that matches.)

    Wrong:
        content/plan.yml:
          fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
          engine: list scheduling and local search
          value_waves: "3"
          services: [{service: registre, wave: one, work: [{wave: one, days: 5}]}]

    Right:
        content/plan.yml:
          fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
          engine: list scheduling and local search
          value_waves: "3"
          services: [{service: register, wave: one, work: [{wave: one, days: 5}]}]
    """
    if facts.workspace.published is None or facts.verdict.stale:
        return
    for objection in facts.verdict.unknown:
        message = _("the published plan: {objection}", objection=objection.text)
        yield Finding(message, facts.span("plan", *objection.places[0]), _(AGAIN))


@rule("PMO723", "warning")
def wishes_contradict(facts: Facts) -> Iterator[Finding]:
    """Pins, deadlines and other statements cannot all hold.

    What is named is a smallest set: each statement with its place, and without any one of them the others can hold. The plan
    comes out all the same, without what cannot be met, and says so. What a rule says of a single pin already (PMO702 to
    PMO704, PMO707, PMO710) is not said again.

    Wrong:
        content/roadmap.yml:
          pins:
            - {service: register, wave: one, who: Board, why: Wanted.}
            - {service: reporting, wave: two, who: Board, why: Wanted.}
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 0}

    Right:
        content/roadmap.yml:
          pins:
            - {service: register, wave: one, who: Board, why: Wanted.}
            - {service: reporting, wave: two, who: Board, why: Wanted.}
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2}
    """
    problem = facts.verdict.formulation.problem
    if facts.verdict.met or not any(s.latest is not None and s.launched is None for s in problem.services):
        return
    from pmogen.planning.conflicts import conflicts

    told = {finding.span for single in PINS for finding in single.check(facts)}
    for first, *others in conflicts(facts.workspace, problem):
        if told.isdisjoint({first.span, *(said.span for said in others)}):
            statements = "; ".join(said.text for said in (first, *others))
            message = _("these cannot all hold: {statements}", statements=statements)
            related = tuple(Related(said.text, said.span) for said in others)
            yield Finding(message, first.span, _("change one of them; the plan leaves out what cannot be met"), related)


@rule("PMO724", "note")
def plan_edited_by_hand(facts: Facts) -> Iterator[Finding]:
    """The published plan was edited by hand: it breaks no limit, and nothing proves how good it is.

    content/plan.yml has a seal over all that it says. Where that does not match, or is missing, launches and work are taken
    as they stand, while its proof and what it says would help no longer count. A pin in content/roadmap.yml says
    what people want, and planning again finds the best plan with it, proves it and seals it. (Zeros stand for the
    fingerprint and the seal that match.)

    Wrong:
        content/plan.yml:
          fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
          seal: ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
          engine: list scheduling and local search
          value_waves: "3"
          services: [{service: register, wave: one, work: [{wave: one, days: 5}]}]

    Right:
        content/plan.yml:
          fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"
          seal: "0000000000000000000000000000000000000000000000000000000000000000"
          engine: list scheduling and local search
          value_waves: "3"
          services: [{service: register, wave: one, work: [{wave: one, days: 5}]}]
    """
    plan, verdict = facts.workspace.published, facts.verdict
    if plan is None or verdict.stale or verdict.unknown or verdict.broken or as_written(plan):
        return
    message = (
        _("the published plan was edited by hand: nothing proves how good it is")
        if plan.seal
        else _("the published plan has no seal, as if it had been edited by hand: nothing proves how good it is")
    )
    place = ("seal",) if plan.seal else ("fingerprint",)
    yield Finding(message, facts.span("plan", *place), _(AGAIN))


def _related(facts: Facts, objection: Objection) -> Related:
    return Related(objection.text, facts.span("plan", *objection.places[0]))


RULES = (plan_out_of_date, plan_breaks_a_limit, plan_of_unknown_names, wishes_contradict, plan_edited_by_hand)
