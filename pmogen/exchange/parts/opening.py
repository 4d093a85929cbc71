"""What stands below the title of a deck or document."""

from __future__ import annotations

from pmogen.exchange.plain import paragraphs
from pmogen.exchange.told import Told, day
from pmogen.language import _


def opening_lines(told: Told) -> tuple[str, ...]:
    """Below the title: whose playbook, which version, which day; and the notice, where there is one."""
    settings = told.settings
    about = _("{title}, version {version}", title=settings.title, version=settings.version)
    lines = (settings.organisation, about, day(told.as_of))
    return (*lines, *paragraphs(settings.notice)) if settings.notice else lines
