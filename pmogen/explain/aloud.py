"""Why the roadmap is as it is, in sentences that can be read aloud: of a service, of a wave, of the whole."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from pmogen.analysis.services import decision_on
from pmogen.analysis.trace import in_words
from pmogen.language import _, pgettext
from pmogen.model.terms import word
from pmogen.model.workspace import Workspace
from pmogen.planning.binding import bindings, left
from pmogen.planning.names import Names
from pmogen.planning.plan import Absence, Placement, Plan, Takes


def aloud(workspace: Workspace, plan: Plan, name: str) -> tuple[str, ...]:
    """What `service:ID`, `wave:ID` or `roadmap:costs` has to say; nothing for another kind of subject."""
    kind, _colon, identifier = name.partition(":")
    if kind == "service":
        return tuple(of_service(workspace, plan, identifier))
    if kind == "wave":
        return tuple(of_wave(workspace, plan, identifier))
    return tuple(of_roadmap(workspace, plan)) if kind == "roadmap" else ()


def wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    """The lines, none longer than `width` unless a single word or a command is; what is wrapped stays as far in."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        if line.strip().startswith(_try_it()):
            yield line
            continue
        yield from textwrap.wrap(
            line.strip(),
            max(40, width),
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _try_it() -> str:
    return _("Try it:")


def of_service(workspace: Workspace, plan: Plan, service: str) -> Iterator[str]:
    """Why a service is in its wave and in none before, or in none at all, and what would change that."""
    names = Names(workspace)
    name = workspace.name_of("services", service)
    placed = next((entry for entry in plan.placements if entry.service == service), None)
    absent = next((entry for entry in plan.absences if entry.service == service), None)
    if placed is not None:
        yield from _placed(workspace, names, name, placed)
    elif absent is not None:
        yield from _absent(names, name, absent)
    else:
        yield _("{service} is in no wave: it closes no gap here, and nothing that is planned needs it.", service=name)


def _placed(workspace: Workspace, names: Names, name: str, placed: Placement) -> Iterator[str]:
    wave, state = names.wave(placed.wave), _state(workspace, placed)
    if placed.frozen:
        yield _("{service} launched in {wave} ({state}).", service=name, wave=wave, state=state)
    else:
        yield _("{service} launches in {wave} ({state}).", service=name, wave=wave, state=state)
    yield from (f"  {reason}" for reason in placed.why)
    if placed.work:
        yield f"  {_work(names, placed)}"
    if placed.earlier:
        yield _("Why not earlier, with everything else where it is:")
    for entry in placed.earlier:
        said = " ".join(entry.why) or _("It would fit there.")
        yield f"  {names.wave(entry.wave)}: {said}"
        if entry.why and not entry.helps:
            yield "    " + _("It would close nothing more there.")
        if entry.takes:
            yield f"    {entry.takes.words}"
    if placed.takes:
        yield _("What would bring it forward:")
        yield from _takes(placed.takes, "  ")


def _state(workspace: Workspace, placed: Placement) -> str:
    """Whether it is there, or what was decided about it."""
    if placed.frozen:
        return pgettext("a service", "live")
    decided = decision_on(workspace, placed.service)
    return _("proposed, nobody has decided yet") if decided == "undecided" else word("decision", decided)


def _work(names: Names, placed: Placement) -> str:
    parts = (_("{days} in {wave}", days=in_words(part.days), wave=names.wave(part.wave)) for part in placed.work)
    return _("Person-days to build it: {parts}.", parts=", ".join(parts))


def _absent(names: Names, name: str, absent: Absence) -> Iterator[str]:
    yield _("{service} is in no wave.", service=name)
    yield from (f"  {reason}" for reason in absent.why)
    if absent.tried:
        yield _tried(names, absent)
        yield from (f"  {names.wave(entry.wave)}: {' '.join(entry.why)}" for entry in absent.tried)
    if absent.takes:
        yield _("What it would take:")
        yield from _takes(absent.takes, "  ")


def _tried(names: Names, absent: Absence) -> str:
    """What all waves were tried for, and with what."""
    whose = names.services(absent.by) if absent.code == "prerequisite" else ""
    beside = names.services(service for service, _parts in absent.beside) if absent.beside else ""
    if whose and beside:
        return _(
            "Wave by wave for {services}, with everything else where it is and {others} in the plan:",
            services=whose,
            others=beside,
        )
    if whose:
        return _("Wave by wave for {services}, with everything else where it is:", services=whose)
    if beside:
        return _("Wave by wave, with everything else where it is and {others} in the plan:", others=beside)
    return _("Wave by wave, with everything else where it is:")


def _takes(takes: Takes | None, indent: str) -> Iterator[str]:
    if takes is None:
        return
    yield f"{indent}{takes.words}"
    if takes.what_if:
        yield f"{indent}{_try_it()} pmogen plan {' '.join(f'--what-if {change}' for change in takes.what_if)}"


def of_wave(workspace: Workspace, plan: Plan, wave: str) -> Iterator[str]:
    """What launches in a wave and why now, what sets its pace, and what it leaves."""
    names = Names(workspace)
    entry = next(entry for entry in workspace.roadmap.waves if entry.id == wave)
    yield _(
        "{wave}, {starts} to {ends}: {goal}", wave=entry.name, starts=entry.starts, ends=entry.ends, goal=entry.goal
    )
    launches = [placed for placed in plan.placements if placed.wave == wave]
    yield _("What launches, and why now:") if launches else _("Nothing launches.")
    for placed in launches:
        yield f"  {names.service(placed.service)} ({_state(workspace, placed)})"
        yield from (f"    {reason}" for reason in placed.why)
    if entry.status != "finished":
        yield from _pace(workspace, plan, wave)


def _pace(workspace: Workspace, plan: Plan, wave: str) -> Iterator[str]:
    found = bindings(workspace, plan, wave)
    yield _("What sets the pace:") if found else _("No limit of this wave keeps out anything that would help in it.")
    yield from (f"  {binding.words}" for binding in found)
    yield f"  {left(plan, wave)}"


def of_roadmap(workspace: Workspace, plan: Plan) -> Iterator[str]:
    """Wave by wave what launches and what sets the pace; then what is offered and left out."""
    names = Names(workspace)
    for wave in workspace.roadmap.waves:
        launches = [placed for placed in plan.placements if placed.wave == wave.id]
        said = ", ".join(_launch(workspace, names, placed) for placed in launches)
        nothing = pgettext("launches in a wave", "nothing")
        yield f"{wave.name}: {said or nothing}"
        if wave.status != "finished":
            yield from (f"  {line}" for line in _pace(workspace, plan, wave.id))
    left_out = [absence for absence in plan.absences if decision_on(workspace, absence.service) == "offer"]
    if left_out:
        yield _("Offered, but in no wave:")
    for absence in left_out:
        yield f"  {names.service(absence.service)}: {absence.why[0]}"
        if absence.takes:
            yield f"    {absence.takes.words}"


def _launch(workspace: Workspace, names: Names, placed: Placement) -> str:
    name = names.service(placed.service)
    undecided = not placed.frozen and decision_on(workspace, placed.service) == "undecided"
    return _("{service} (proposed)", service=name) if undecided else name
