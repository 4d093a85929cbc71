"""Sentences about services that are in no wave."""

from __future__ import annotations

from pmogen.language import _, ngettext


def alternatives(services: str, *, live: bool) -> str:
    """Why no change brings in what needs two alternatives, of which the second may be live."""
    if live:
        return _(
            "{services} are alternatives, and the second is live: no change of limits brings it in.", services=services
        )
    return _(
        "{services} are alternatives, and it would need both: no change of limits brings it in.", services=services
    )


def no_way(most: int) -> str:
    """That no few changes bring it in."""
    return _(
        "No way in was found with up to {count} changes at once: of building days, roles, running, change points, high "
        "changes, black-outs, first waves and further waves.",
        count=most,
    )


def not_looked_for() -> str:
    """That nobody asked what it would take."""
    return _("What it would take was not looked for: too many services are in no wave.")


def more_waves(count: int, wave: str) -> str:
    """Up to four waves more, as part of a sentence."""
    return (
        _("one wave more after {wave}, with the same team", wave=wave),
        _("two waves more after {wave}, with the same team", wave=wave),
        _("three waves more after {wave}, with the same team", wave=wave),
        _("four waves more after {wave}, with the same team", wave=wave),
    )[count - 1]


def but_nothing_more(helps: bool) -> str:
    """What is added to a sentence when the launch would not help."""
    return "" if helps else " " + _("It would close nothing more.")


def covered(services: str, count: int, *, offered: bool) -> str:
    """That so many other services close all it would close, although people offered it."""
    if not offered:
        return ngettext(
            "{services}, which is in the plan, already closes all it would close.",
            "{services}, which are in the plan, already close all it would close.",
            count,
            services=services,
        )
    return ngettext(
        "People offered it; the plan leaves it out because {services}, which is in it, already closes all it would close.",
        "People offered it; the plan leaves it out because {services}, which are in it, already close all it would close.",
        count,
        services=services,
    )


def proposed(services: str, count: int) -> str:
    """Which of those are not decided."""
    return ngettext(
        "{services} is a proposal: nobody has decided on it yet.",
        "{services} are proposals: nobody has decided on them yet.",
        count,
        services=services,
    )


def fits_nowhere(beside: str, *, wanted: bool) -> str:
    """That it fits in no wave, not even with other services; where it is wanted anyway, not only where it helps."""
    if wanted:
        if beside:
            return _("It fits in none of the waves, even with {services}, which it needs.", services=beside)
        return _("It fits in none of the waves.")
    if beside:
        return _(
            "It fits in none of the waves in which it would help, even with {services}, which it needs.",
            services=beside,
        )
    return _("It fits in none of the waves in which it would help.")
