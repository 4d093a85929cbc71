"""What the plan as a whole says, in sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.language import _, ngettext, spoken
from pmogen.model.plan import Help, Insights, LessCapacity, PriceOfPin, PublishedPlan
from pmogen.model.workspace import Workspace
from pmogen.planning.names import Names
from pmogen.planning.plan import Plan
from pmogen.planning.seal import as_written
from pmogen.planning.words import more_days, more_points

SHOWN = 4
"""So many services are named in one sentence at most."""


def insights_of(workspace: Workspace, plan: Plan) -> Insights | None:
    """The published insights, when they are about this plan, as written, and name what exists; else None."""
    published = workspace.published
    if published is None or published.insights is None or not (as_written(published) and _same(published, plan)):
        return None
    found = published.insights
    named = {pin.service for pin in found.pins} | {*found.tenth_less.falls_out, *found.tenth_less.slips}
    named |= {service for entry in found.helps for service in (*entry.comes_in, *entry.earlier, *entry.pays)}
    audiences = {entry.audience for entry in found.helps if entry.audience}
    waves = {pin.wave for pin in found.pins} | {entry.wave for entry in found.helps}
    known = ((named, "services"), (audiences, "audiences"), (waves, "waves"))
    return found if all(names <= workspace.ids[kind] for names, kind in known) and _numbers(found) else None


def _same(published: PublishedPlan, plan: Plan) -> bool:
    """Whether the plan is the published one, launch by launch: an edit by hand makes another one of it."""
    now = {(placement.service, placement.wave) for placement in plan.placements}
    return published.value_waves == str(plan.value_waves) and now == {(s.service, s.wave) for s in published.services}


def _numbers(found: Insights) -> bool:
    values = (found.no_limits, *(pin.gain for pin in found.pins), *(entry.gain for entry in found.helps))
    try:
        return all(Fraction(value) >= 0 for value in values)
    except (ValueError, ZeroDivisionError):
        return False


def share_reached(plan: Plan, found: Insights) -> str:
    """Part of the value without limits that the plan reaches, in whole per cent; empty when there is none to reach."""
    most = Fraction(found.no_limits)
    return in_words(100 * plan.value_waves / most, 0) if most > 0 else ""


def gain_in_words(plan: Plan, gain: str) -> str:
    """A gain against the plan's value: `0.6 % more value`."""
    if not plan.value_waves:
        return _("value where there is none now")
    part = 100 * Fraction(gain) / plan.value_waves
    if part < Fraction(1, 20):
        return _("a trace more value")
    return _("{percent} % more value", percent=in_words(part, 1))


def sentences(workspace: Workspace, plan: Plan, found: Insights) -> Iterator[str]:
    """What is reached, what pins cost, what falls out first, and what would help most."""
    yield from summary(workspace, plan, found)
    for entry in best_helps(found)[:3]:
        gain = gain_in_words(plan, entry.gain)
        helps, brings = what_helps(workspace, entry), what_it_brings(workspace, entry)
        yield _("{helps} would bring {gain}: {brings}.", helps=helps, gain=gain, brings=brings)


def summary(workspace: Workspace, plan: Plan, found: Insights) -> Iterator[str]:
    """What is reached, what pins cost, what falls out first, and what sets the pace."""
    names = Names(workspace)
    reached = share_reached(plan, found)
    if reached:
        yield _(
            "The plan brings {percent} % of what the same decisions would bring if nothing were scarce, neither the "
            "PMO's days nor what people can take.",
            percent=reached,
        )
    yield from (_of_pin(names, plan, pin) for pin in found.pins)
    yield _of_less(names, found.tenth_less)
    yield from pace(found)


def pace(found: Insights) -> Iterator[str]:
    """What sets the pace: days, people, or neither."""
    if found.untried:
        yield ngettext(
            "{count} more capacity keeps something out and was not tried, as there are so many.",
            "{count} more capacities keep something out and were not tried, as there are so many.",
            found.untried,
        )
    elif not found.helps:
        yield _("No single capacity holds the plan up: a little more of one alone would bring nothing.")
    elif not any(entry.audience is None for entry in found.helps):
        yield _(
            "More days for building in one wave would bring nothing: how much change people can take sets the pace."
        )
    elif all(entry.audience is None for entry in found.helps):
        yield _(
            "What the PMO can build sets the pace: if one group of people could take more, that would bring nothing."
        )


def best_helps(found: Insights) -> list[Help]:
    """The smallest amount for each capacity that helps, the most valuable first."""
    first: dict[tuple[str, str | None], Help] = {}
    for entry in found.helps:
        first.setdefault((entry.wave, entry.audience), entry)
    return sorted(
        first.values(), key=lambda entry: (-Fraction(entry.gain), entry.more, entry.wave, entry.audience or "")
    )


def what_helps(workspace: Workspace, entry: Help) -> str:
    """`2 more change points for executives in Summer 2027`."""
    names = Names(workspace)
    more, wave = str(entry.more), names.wave(entry.wave)
    if entry.audience is None:
        return more_days(more, wave)
    return more_points(more, inside(names.audience(entry.audience)), wave)


def inside(name: str) -> str:
    """A name within a sentence: `Project managers` becomes `project managers`, `HR` stays.

    In a language that writes nouns with a capital letter it stays as it is.
    """
    if spoken().nouns_are_capital:
        return name
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def what_it_brings(workspace: Workspace, entry: Help) -> str:
    """`Metrics programme comes in, Coaching is earlier`."""
    names = Names(workspace)

    def said(services: tuple[str, ...]) -> str:
        return names.services(services, SHOWN)

    coming, early, waiting = entry.comes_in, entry.earlier, entry.pays
    parts = (
        coming and ngettext("{services} comes in", "{services} come in", len(coming), services=said(coming)),
        early and ngettext("{services} is earlier", "{services} are earlier", len(early), services=said(early)),
        waiting and ngettext("{services} waits for it", "{services} wait for it", len(waiting), services=said(waiting)),
    )
    return ", ".join(part for part in parts if part) or _("the same services serve better")


def _of_pin(names: Names, plan: Plan, pin: PriceOfPin) -> str:
    service, wave = names.service(pin.service), names.wave(pin.wave)
    if not Fraction(pin.gain):
        return _(
            "{service} is held to {wave}; nothing better was found without that, so it costs nothing.",
            service=service,
            wave=wave,
        )
    return _(
        "{service} is held to {wave}; without that there would be {gain}.",
        service=service,
        wave=wave,
        gain=gain_in_words(plan, pin.gain),
    )


def _of_less(names: Names, less: LessCapacity) -> str:
    out, late = names.services(less.falls_out, SHOWN), names.services(less.slips, SHOWN)
    if out and late:
        return _(
            "With a tenth less capacity of the PMO, {services} would fall out first, and {later} would slip.",
            services=out,
            later=late,
        )
    if out:
        return _("With a tenth less capacity of the PMO, {services} would fall out first.", services=out)
    if late:
        return _("With a tenth less capacity of the PMO, {services} would slip.", services=late)
    return _("With a tenth less capacity of the PMO, every launch would hold.")
