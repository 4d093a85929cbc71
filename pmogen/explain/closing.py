"""How far a gap can be closed, what the plan makes of it, and who takes the rest."""

from __future__ import annotations

from pmogen.analysis.projection import Lifting
from pmogen.analysis.services import Closing
from pmogen.explain.arithmetic import about, brief, difference, exact_value, least, said, with_reasons
from pmogen.explain.gaps import gap_amount, gap_size, lifted, priority, rank
from pmogen.explain.known import Known
from pmogen.explain.levels import agreement, current_level, level_in_short, target_level
from pmogen.explain.tree import LEVEL, LEVELS, Computed
from pmogen.language import _
from pmogen.model.terms import word

RULE = "projection"


def closing(known: Known, aspect: str) -> Computed:
    """The level within reach with every service that is not declined, and what then remains."""
    found, target = known.closings[aspect], level_in_short(known, aspect, target=True)
    level = lifted(known, _("With every service that is not declined"), level_in_short(known, aspect), found.liftings)
    reachable = least(_("Within reach"), (target, level), LEVEL, RULE)
    remains = difference(_("Remains"), brief(target), brief(reachable), LEVELS, RULE)
    how = _("{arithmetic} = {levels} would remain", arithmetic=remains.how, levels=remains.shown)
    return Computed(
        _("How far it can be closed"), None, _how_far(found), RULE, how, (reachable, *_taken(known, aspect))
    )


def _how_far(found: Closing) -> str:
    if found.how == "fully":
        return _("services can close it fully")
    if found.how == "partly":
        return _("services can close it partly")
    if found.beyond_pmo:
        return {
            "hand-off": _("it is beyond a PMO's reach; it is handed off"),
            "accepted": _("it is beyond a PMO's reach; it is accepted"),
            "open": _("it is beyond a PMO's reach, and nobody else does"),
        }[found.how]
    return {
        "hand-off": _("no service closes it; it is handed off"),
        "accepted": _("no service closes it; it is accepted"),
        "open": _("no service closes it, and nobody else does"),
    }[found.how]


def _taken(known: Known, aspect: str) -> tuple[Computed, ...]:
    """Hand-offs and the acceptance of a gap."""
    taken = []
    for place, hand_off in known.hand_offs.values():
        if aspect in hand_off.aspects:
            span, status = known.span("decisions", "hand_offs", place), word("status", hand_off.status)
            line = said(_("Hand-off"), hand_off.title, span, "gaps", status)
            taken.append(about(line, "hand-off", hand_off.id))
    if aspect in known.accepted:
        place, entry = known.accepted[aspect]
        span = known.span("decisions", "accepted_gaps", place)
        line = said(_("Accepted until"), str(entry.until), span, "gaps", entry.who)
        taken.append(with_reasons(line, entry.why))
    return tuple(taken)


def lifting_by(known: Known, wave: str, aspect: str) -> tuple[Lifting, ...]:
    """What lifts the aspect at the end of a wave: launched by then, and not in the assessed level already."""
    number = known.in_time.index(wave)
    return tuple(lifting for launch, lifting in known.planned_liftings.get(aspect, ()) if launch <= number)


def level_after(known: Known, aspect: str, wave: str) -> Computed:
    """The projected level at the end of a wave."""
    name = _("After {wave}", wave=known.waves[wave][1].name)
    return lifted(
        known, name, about(brief(current_level(known, aspect)), "aspect", aspect), lifting_by(known, wave, aspect)
    )


def levels_after(known: Known, aspect: str) -> tuple[Computed, ...]:
    """The projected level at the end of each wave; what lifts it stands below a wave that changes it."""
    found, before = [], known.levels[aspect].current
    for wave, reached in known.projected[aspect].after if aspect in known.projected else ():
        name = _("After {wave}", wave=known.waves[wave][1].name)
        if reached == before:
            level = Computed(name, reached, LEVEL.say(reached), RULE, _("as before"))
        else:
            level = level_after(known, aspect, wave)
        found.append(about(level, "wave", wave))
        before = reached
    return tuple(found)


def plan_of(known: Known, aspect: str) -> tuple[Computed, ...]:
    """Level after the last wave, and the waves on the way there; nothing where no level is known."""
    after = levels_after(known, aspect)
    if not after:
        return ()
    reached = exact_value(after[-1])
    return (Computed(_("After the last wave"), reached, LEVEL.say(reached), RULE, _("wave by wave"), after),)


def gap(known: Known, aspect: str) -> Computed:
    """A gap as a whole: amount, size, priority, rank, how far it can be closed, and what the plan makes of it."""
    found = known.gaps[aspect]
    amount = gap_amount(known, aspect)
    parts = (amount._replace(name=_("Gap")), gap_size(known, aspect), priority(known, aspect), rank(known, aspect))
    far = (closing(known, aspect),) if aspect in known.closings else ()
    if found.size:
        shown = _(
            "{levels}, size {size}, priority {priority}",
            levels=amount.shown,
            size=found.size,
            priority=found.priority,
        )
    else:
        shown = _("{levels}, priority {priority}", levels=amount.shown, priority=found.priority)
    name = _("Gap in {aspect}", aspect=known.name("aspects", aspect))
    return Computed(name, found.amount, shown, "gaps", "", (*parts, *far, *plan_of(known, aspect)))


def aspect(known: Known, identifier: str) -> Computed:
    """An aspect as a whole: level, target, agreement, and its gap in short."""
    current, target = current_level(known, identifier), target_level(known, identifier)
    agreed = agreement(known, identifier)
    parts = [current, target, *((agreed,) if agreed else ())]
    if identifier in known.gaps:
        short = difference(_("Gap"), target, current, LEVELS, "gaps")
        short = short._replace(inputs=())
        parts.append(about(short, "gap", identifier) if identifier in known.closings else short)
    shown = _("{current} today, target {target}", current=current.shown, target=target.shown)
    span = known.span("aspects", identifier)
    name = known.name("aspects", identifier)
    return Computed(name, current.value, shown, "levels", "", (*parts, *plan_of(known, identifier)), (span,))
