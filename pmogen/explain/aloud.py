"""Why the roadmap is as it is, in sentences that can be read aloud: of a service, of a wave, of the whole."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from pmogen.analysis.services import decision_on
from pmogen.analysis.trace import in_words
from pmogen.model.workspace import Workspace
from pmogen.planning.binding import bindings, left
from pmogen.planning.names import Names
from pmogen.planning.plan import Absence, Placement, Plan, Takes

DECIDED = {
    "offer": "offered",
    "decline": "declined",
    "defer": "deferred",
    "undecided": "proposed, nobody has decided yet",
}

TRY = "Try it:"


def aloud(workspace: Workspace, plan: Plan, name: str) -> tuple[str, ...]:
    """What `service:ID`, `wave:ID` or `roadmap:costs` has to say; nothing for another kind of subject."""
    kind, _, identifier = name.partition(":")
    if kind == "service":
        return tuple(of_service(workspace, plan, identifier))
    if kind == "wave":
        return tuple(of_wave(workspace, plan, identifier))
    return tuple(of_roadmap(workspace, plan)) if kind == "roadmap" else ()


def wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    """The lines, none longer than `width` unless a single word or a command is; what is wrapped stays as far in."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        if line.strip().startswith(TRY):
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
        yield f"{name} is in no wave: it closes no gap here, and nothing that is planned needs it."


def _placed(workspace: Workspace, names: Names, name: str, placed: Placement) -> Iterator[str]:
    state = "live" if placed.frozen else DECIDED[decision_on(workspace, placed.service)]
    verb = "launched" if placed.frozen else "launches"
    yield f"{name} {verb} in {names.wave(placed.wave)} ({state})."
    yield from (f"  {reason}" for reason in placed.why)
    if placed.work:
        work = ", ".join(f"{in_words(part.days)} in {names.wave(part.wave)}" for part in placed.work)
        yield f"  Person-days to build it: {work}."
    if placed.earlier:
        yield "Why not earlier, with everything else where it is:"
    for entry in placed.earlier:
        yield f"  {names.wave(entry.wave)}: {' '.join(entry.why) or 'It would fit there.'}"
        if entry.why and not entry.helps:
            yield "    It would close nothing more there."
        if entry.takes:
            yield f"    {entry.takes.words}"
    if placed.takes:
        yield "What would bring it forward:"
        yield from _takes(placed.takes, "  ")


def _absent(names: Names, name: str, absent: Absence) -> Iterator[str]:
    yield f"{name} is in no wave."
    yield from (f"  {reason}" for reason in absent.why)
    if absent.tried:
        whose = f" for {names.services(absent.by)}" if absent.code == "prerequisite" else ""
        beside = f" and {names.services(service for service, _ in absent.beside)} in the plan" if absent.beside else ""
        yield f"Wave by wave{whose}, with everything else where it is{beside}:"
        yield from (f"  {names.wave(entry.wave)}: {' '.join(entry.why)}" for entry in absent.tried)
    if absent.takes:
        yield "What it would take:"
        yield from _takes(absent.takes, "  ")


def _takes(takes: Takes | None, indent: str) -> Iterator[str]:
    if takes is None:
        return
    yield f"{indent}{takes.words}"
    if takes.what_if:
        yield f"{indent}{TRY} pmogen plan {' '.join(f'--what-if {change}' for change in takes.what_if)}"


def of_wave(workspace: Workspace, plan: Plan, wave: str) -> Iterator[str]:
    """What launches in a wave and why now, what sets its pace, and what it leaves."""
    names = Names(workspace)
    entry = next(entry for entry in workspace.roadmap.waves if entry.id == wave)
    yield f"{entry.name}, {entry.starts} to {entry.ends}: {entry.goal}"
    launches = [placed for placed in plan.placements if placed.wave == wave]
    yield "What launches, and why now:" if launches else "Nothing launches."
    for placed in launches:
        state = "live" if placed.frozen else DECIDED[decision_on(workspace, placed.service)]
        yield f"  {names.service(placed.service)} ({state})"
        yield from (f"    {reason}" for reason in placed.why)
    if entry.status != "finished":
        yield from _pace(workspace, plan, wave)


def _pace(workspace: Workspace, plan: Plan, wave: str) -> Iterator[str]:
    found = bindings(workspace, plan, wave)
    yield "What sets the pace:" if found else "No limit of this wave keeps out anything that would help in it."
    yield from (f"  {binding.words}" for binding in found)
    yield f"  {left(plan, wave)}"


def of_roadmap(workspace: Workspace, plan: Plan) -> Iterator[str]:
    """Wave by wave what launches and what sets the pace; then what is offered and left out."""
    names = Names(workspace)
    for wave in workspace.roadmap.waves:
        launches = [placed for placed in plan.placements if placed.wave == wave.id]
        said = ", ".join(f"{names.service(placed.service)}{_proposed(workspace, placed)}" for placed in launches)
        yield f"{wave.name}: {said or 'nothing'}"
        if wave.status != "finished":
            yield from (f"  {line}" for line in _pace(workspace, plan, wave.id))
    left_out = [absence for absence in plan.absences if decision_on(workspace, absence.service) == "offer"]
    if left_out:
        yield "Offered, but in no wave:"
    for absence in left_out:
        yield f"  {names.service(absence.service)}: {absence.why[0]}"
        if absence.takes:
            yield f"    {absence.takes.words}"


def _proposed(workspace: Workspace, placed: Placement) -> str:
    undecided = not placed.frozen and decision_on(workspace, placed.service) == "undecided"
    return " (proposed)" if undecided else ""
