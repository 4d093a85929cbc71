"""The words that scripts of the pages say: each tree of pages has its own copies, in its language.

A script says `var words = { ... };` with the words in English; they are replaced. No page has to hand them over, and nothing
that a policy would have to allow stands in a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from pmogen.language import ENGLISH, _, spoken

_OBJECT = re.compile(r"\bvar words = \{\n.*?\n *\};", re.DOTALL)


def tables() -> dict[str, str]:
    """What the filters of tables say."""
    return {
        "language": spoken().code,
        "filter": _("Filter this table"),
        "all": _("all"),
        "sort": _("sort by {heading}"),
        "shown": _("{shown} of {count} rows shown"),
        "none": _("No row fits."),
        "clear": _("Show all"),
    }


def presentation() -> dict[str, str]:
    """What slides say."""
    return {
        "show": _("Show as slides"),
        "next": _("Next"),
        "back": _("Back"),
        "end": _("End (Esc)"),
        "slide": _("Slide {number} of {count}"),
        "help": _("Arrow keys, Page Up and Page Down turn slides; F fills the screen; Esc ends."),
    }


WORDS: Mapping[str, Callable[[], dict[str, str]]] = {
    "assets/js/presentation.js": presentation,
    "assets/js/tables.js": tables,
}
"""The scripts that say something, by their names in the site templates."""


def spoken_script(name: str, content: str | bytes) -> str | bytes:
    """The file of that name in the language that is spoken; as it is where it says nothing, or in English."""
    words = WORDS.get(name)
    if words is None or not isinstance(content, str) or spoken().code == ENGLISH:
        return content
    said = json.dumps(words(), indent=2).replace("</", "<\\/")
    return _OBJECT.sub(lambda _found: f"var words = {said};", content, count=1)
