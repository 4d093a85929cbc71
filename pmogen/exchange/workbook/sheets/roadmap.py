"""What the plan has to respect: waves, wishes for services, and how much change people can take."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.exchange.told import Told
from pmogen.exchange.workbook.form import Column, Form, Part, Row, editable
from pmogen.exchange.workbook.kinds import Day, Number, Words
from pmogen.exchange.workbook.sheets import offered
from pmogen.exchange.workbook.sheets.assessment import level
from pmogen.language import _
from pmogen.model.base import Model
from pmogen.model.roadmap import AudienceLimit, Background, BlackOut, Deadline, NotBefore, Pin, Wave
from pmogen.model.terms import word
from pmogen.model.workspace import Workspace

FILE = "content/roadmap.yml"


def waves_form(workspace: Workspace) -> Form:
    """One row a wave."""
    return Form(
        "waves",
        _("Waves: when, what for, and with how many people"),
        _("Waves"),
        _("How many full-time people the PMO has in each wave decides what can be built. What is finished is locked."),
        (Part("wave", FILE, workspace.roadmap, "waves", model=Wave, fixed=True),),
        (
            editable("wave.name", _("Wave"), Words(), 30),
            Column("status", _("State"), Words(), 12, badge=True),
            editable("wave.starts", _("First day"), Day(), 12),
            editable("wave.ends", _("Last day"), Day(), 12),
            editable("wave.goal", _("What is better at the end of it"), Words(), 56),
            editable("wave.fte", _("FTE of the PMO"), offered.FTE, 9, _("Full-time people, as in 3.5."), badge=True),
            Column("build", _("Person-days planned"), Number(0, 1e9), 11, badge=True),
            Column("build_limit", _("Person-days at most"), Number(0, 1e9), 11, badge=True),
            Column("run", _("FTE for running"), Number(0, 1e9), 11, badge=True),
            Column("run_limit", _("FTE at most"), Number(0, 1e9), 11, badge=True),
        ),
        (),
        id_width=12,
    )


def waves_rows(told: Told, form: Form) -> Iterator[Row]:
    for wave in told.workspace.roadmap.waves:
        use = told.waves[wave.id].use
        computed = {
            "status": word("status", wave.status),
            "build": level(use.build_days),
            "build_limit": level(use.build_limit),
            "run": level(use.run_fte),
            "run_limit": level(use.run_limit),
        }
        finished = wave.status == "finished"
        yield Row(wave.id, computed, frozenset(form.by_name) if finished else frozenset())


def wishes_form(workspace: Workspace) -> Form:
    """One row a service that is not live and not declined."""
    waves = offered.waves(workspace)
    root = workspace.roadmap
    return Form(
        "wishes",
        _("Wishes for the roadmap"),
        _("Wishes"),
        _(
            "Only what is really fixed: every wish takes freedom from the plan, and needs a reason. Empty the wave to take a "
            "wish back. When each service launches is computed, not written here."
        ),
        (
            Part("pin", FILE, root, "pins", "service", Pin, head="wave"),
            Part("after", FILE, root, "not_before", "service", NotBefore, head="wave"),
            Part("deadline", FILE, root, "deadlines", "service", Deadline, head="wave"),
        ),
        (
            Column("service", _("Product / Service"), Words(), 30),
            Column("decision", _("Decision"), Words(), 13, badge=True),
            Column("wave", _("Planned in"), Words(), 22),
            editable("pin.wave", _("Launch exactly in"), waves, 22, _("Choose a wave.")),
            editable("pin.who", _("Who wants that"), Words(), 18, _("Role or board, never a name.")),
            editable("pin.why", _("Why"), Words(long=True), 30, _("The reason.")),
            editable("after.wave", _("Not before"), waves, 22, _("First wave it may launch in.")),
            editable("after.why", _("Why not before"), Words(long=True), 30, _("The reason.")),
            editable("deadline.wave", _("Live by the end of"), waves, 22, _("Last wave it may launch in.")),
            editable("deadline.who", _("Who needs that"), Words(), 18, _("Role or board, never a name.")),
            editable("deadline.why", _("Why by then"), Words(long=True), 30, _("The reason.")),
        ),
        (),
        id_width=22,
    )


def wishes_rows(told: Told, form: Form) -> Iterator[Row]:
    planned = offered.planned_in(told)
    live = {entry.service for wave in told.workspace.roadmap.waves for entry in wave.launched}
    candidates = [candidate.service for candidate in told.document.candidates]
    rest = [service.id for service in told.document.services if service.id not in candidates]
    for identifier in (*candidates, *rest):
        service = told.services[identifier]
        closes = identifier in candidates and identifier not in live and service.decision != "decline"
        if closes or identifier in form.values or (service.decision == "offer" and identifier not in live):
            computed = {
                "service": service.name,
                "decision": word("decision", service.decision),
                "wave": planned.get(identifier, ""),
            }
            yield Row(identifier, computed)


def limits_form(workspace: Workspace) -> Form:
    """One row a group of people and wave."""
    return Form(
        "limits",
        _("How much change people can take"),
        _("Change and black-outs"),
        _(
            "Other changes that a group goes through use up what it can take. In a black-out nothing may launch for it; why "
            "is enough to say. Empty the cells to take it back."
        ),
        (
            _nested("other", workspace, Background, "background", head="points"),
            _nested("closed", workspace, BlackOut, "black_outs"),
        ),
        (
            Column("audience", _("Group"), Words(), 26),
            Column("wave", _("Wave"), Words(), 28),
            Column("points", _("Points planned"), Number(0, 1e9), 10, badge=True),
            Column("capacity", _("Points it can take"), Number(0, 1e9), 10, badge=True),
            editable(
                "other.points", _("Points of other changes"), offered.POINTS, 11, _("A whole number."), badge=True
            ),
            editable("other.why", _("Which other changes"), Words(), 50, _("What they are.")),
            editable("closed.why", _("Black-out, because"), Words(), 50, _("Why nothing may launch.")),
        ),
        (),
        frozen=3,
        id_width=26,
    )


def _nested(name: str, workspace: Workspace, model: type[Model], child: str, head: str = "") -> Part:
    """A list within what is said of a group, with one entry a wave."""
    return Part(
        *(name, FILE, workspace.roadmap, "audiences", "wave"),
        model=model,
        head=head,
        parent="audience",
        child=child,
        parent_model=AudienceLimit,
    )


def limits_rows(told: Told, form: Form) -> Iterator[Row]:
    loads = {(load.audience, load.wave): load for load in told.document.plan.loads}
    for audience in told.document.audiences:
        for wave in told.workspace.roadmap.waves:
            identifier, load = f"{audience.id}/{wave.id}", loads.get((audience.id, wave.id))
            if wave.status == "finished" and identifier not in form.values:
                continue
            computed = {
                "audience": audience.name,
                "wave": wave.name,
                "points": level(load.points) if load else "",
                "capacity": level(load.capacity) if load else "",
            }
            locked = frozenset(form.by_name) if wave.status == "finished" else frozenset()
            yield Row(identifier, computed, locked)
