"""What-if: what the PMO can do, and what people can take."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor

from pmogen.analysis.as_if import WHO, AsIf, Asked, Grant
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.model.roadmap import AudienceLimit, Background, BlackOut, RoleCapacity, Wave
from pmogen.model.workspace import Workspace

MOST_FTE = 100
MOST_POINTS = 1000
MOST_HIGH = 20


def people(before: AsIf, asked: Asked) -> AsIf:
    """Full-time equivalents of the PMO."""
    amount = asked.amount("pmo_fte=+1", "pmo_fte=-0.5", "pmo_fte=-10%", "pmo_fte=4")
    fields = {}
    for wave in asked.waves(before.workspace):
        now = exact(wave.fte)
        fte = asked.within(amount.of(now), now, MOST_FTE, _("the PMO's FTE in {wave}", wave=wave.name))
        fields[wave.id] = {"fte": fte}
    return before.with_waves(fields)


def role_people(before: AsIf, asked: Asked) -> AsIf:
    """Full-time equivalents of a role."""
    amount = asked.amount("role.ID.fte=+0.5")

    def changed(entry: RoleCapacity, wave: Wave) -> RoleCapacity:
        if entry.role != asked.subject:
            return entry
        now = exact(entry.fte)
        fte = asked.within(amount.of(now), now, MOST_FTE, _("its FTE in {wave}", wave=wave.name))
        return entry.model_copy(update={"fte": fte})

    waves = _waves_that_list(before.workspace, asked)
    return before.with_waves({wave.id: {"roles": tuple(changed(e, wave) for e in wave.roles)} for wave in waves})


def _waves_that_list(workspace: Workspace, asked: Asked) -> list[Wave]:
    """Waves that are not over and limit the role."""
    asked.known(asked.subject, (role.id for role in workspace.catalogue.roles), _("roles"))
    waves = [wave for wave in asked.waves(workspace) if any(entry.role == asked.subject for entry in wave.roles)]
    if not waves:
        message = _("no such wave lists this role, so it is not limited")
        raise asked.refused(message, _("see `roles` in roadmap.yml"))
    return waves


def running(before: AsIf, asked: Asked) -> AsIf:
    """What running live services may take."""
    amount = asked.amount("run_fte=+0.5")
    asked.waves(before.workspace)
    return replace(before, grants=(*before.grants, Grant("running", amount, asked.wave)))


def days(before: AsIf, asked: Asked) -> AsIf:
    """Person-days for building on top, of all or of a role."""
    amount = asked.amount("days@WAVE=+10")
    asked.waves(before.workspace)
    if asked.subject:
        _waves_that_list(before.workspace, asked)
    if amount.kind != "more" or amount.number < 0:
        hint = _("write +10; to take people away, write pmo_fte=-0.5")
        raise asked.refused(_("days can only be added"), hint)
    return replace(before, grants=(*before.grants, Grant("days", amount, asked.wave, asked.subject)))


# what people can take


def can_take(before: AsIf, asked: Asked) -> AsIf:
    """Change points that an audience can take."""
    amount = asked.amount("audience.ID.capacity=12", "audience.ID.capacity@WAVE=+2")
    audience = _audience(before.workspace, asked, asked.subject)
    asked.waves(before.workspace)
    if asked.wave:
        return replace(before, grants=(*before.grants, Grant("points", amount, asked.wave, audience)))
    limit = _limit(before.workspace, audience)
    now = before.workspace.catalogue.method.change.capacity if limit.capacity is None else limit.capacity
    points = asked.within(amount.of(Fraction(now)), Fraction(now), MOST_POINTS, _("what they can take"))
    return _with_limit(before, limit.model_copy(update={"capacity": floor(points + 0.5)}))


def high_changes(before: AsIf, asked: Asked) -> AsIf:
    """High changes that may launch for an audience in one wave."""
    catalogue = before.workspace.catalogue
    change = catalogue.method.change
    now = Fraction(change.high_per_wave)
    most = asked.amount("high_changes=+1", "high_changes=2").of(now)
    if most.denominator != 1:
        raise asked.no_number(_("high changes are counted in whole numbers"))
    allowed = int(asked.within(most, now, MOST_HIGH, _("high changes in a wave")))
    method = catalogue.method.model_copy(update={"change": change.model_copy(update={"high_per_wave": allowed})})
    changed = catalogue.model_copy(update={"method": method})
    return replace(before, workspace=replace(before.workspace, catalogue=changed))


def background(before: AsIf, asked: Asked) -> AsIf:
    """Other change that an audience goes through."""
    amount = asked.amount("audience.ID.background@WAVE=0")
    limit = _limit(before.workspace, _audience(before.workspace, asked, asked.subject))
    wave = asked.open_wave(before.workspace, asked.wave)
    now = Fraction(sum(entry.points for entry in limit.background if entry.wave == wave.id))
    figure = _("other change in {wave}", wave=wave.name)
    points = floor(asked.within(amount.of(now), now, MOST_POINTS, figure) + 0.5)
    others = tuple(entry for entry in limit.background if entry.wave != wave.id)
    made = (Background(wave=wave.id, points=points, why=f"{_(WHO)}."),) if points else ()
    return _with_limit(before, limit.model_copy(update={"background": (*others, *made)}))


def black_out(before: AsIf, asked: Asked) -> AsIf:
    """Nothing may launch for an audience in a wave."""
    audience, wave = asked.pair("black-out=AUDIENCE@WAVE")
    limit = _limit(before.workspace, _audience(before.workspace, asked, audience))
    made = BlackOut(wave=asked.open_wave(before.workspace, wave).id, why=f"{_(WHO)}.")
    others = tuple(entry for entry in limit.black_outs if entry.wave != made.wave)
    return _with_limit(before, limit.model_copy(update={"black_outs": (*others, made)}))


def no_black_out(before: AsIf, asked: Asked) -> AsIf:
    """Without a black-out, or all of an audience."""
    audience, _at, wave = asked.value.partition("@")
    limit = _limit(before.workspace, _audience(before.workspace, asked, audience))
    if wave:
        asked.open_wave(before.workspace, wave)
    kept = tuple(entry for entry in limit.black_outs if wave and entry.wave != wave)
    if len(kept) == len(limit.black_outs):
        known = sorted(
            f"{each.audience}@{out.wave}" for each in before.workspace.roadmap.audiences for out in each.black_outs
        )
        hint = _("there are {names}", names=", ".join(known)) if known else _("there is none at all")
        raise asked.refused(_("there is no such black-out"), hint)
    return _with_limit(before, limit.model_copy(update={"black_outs": kept}))


def _audience(workspace: Workspace, asked: Asked, audience: str) -> str:
    return asked.known(audience, (entry.id for entry in workspace.catalogue.audiences), _("audiences"))


def _limit(workspace: Workspace, audience: str) -> AudienceLimit:
    limits = [limit for limit in workspace.roadmap.audiences if limit.audience == audience]
    return limits[-1] if limits else AudienceLimit(audience=audience)


def _with_limit(before: AsIf, made: AudienceLimit) -> AsIf:
    others = tuple(limit for limit in before.workspace.roadmap.audiences if limit.audience != made.audience)
    return before.with_roadmap(audiences=(*others, made))
