"""Words for people, in the language of the site.

English sentences stand in the code and in the templates, inside `_("...")`; translations are in pmogen/locale/. Which
language is spoken is set once around the making of a tree of pages (`with speaking("de"): ...`), so that no stage has to
hand it on. docs/translating.md says how to write and translate messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from pmogen.language.english import English, Language
from pmogen.language.known import ENGLISH, LANGUAGES, TRANSLATED

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "N_",
    "TRANSLATED",
    "Language",
    "_",
    "fill",
    "grouped",
    "language",
    "ngettext",
    "own_name",
    "pgettext",
    "pieces",
    "speaking",
    "spoken",
]

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ENGLISH = English()
_SPOKEN: ContextVar[Language] = ContextVar("spoken")


def spoken() -> Language:
    """The language that is spoken now."""
    return _SPOKEN.get(_ENGLISH)


def language(code: str) -> Language:
    """The language with this code; English, days and numbers included, when nobody translated pmogen's words to it."""
    if code not in TRANSLATED:
        return _ENGLISH
    from pmogen.language.translated import translated

    return translated(code)


def own_name(code: str) -> str:
    """What speakers of a language call it: Deutsch. The code itself for one that is not known."""
    if code == ENGLISH or code not in LANGUAGES:
        return English.name if code == ENGLISH else code
    from pmogen.language.translated import name_of

    return name_of(code)


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Everything said inside is in this language."""
    before = _SPOKEN.set(language(code))
    try:
        yield _SPOKEN.get()
    finally:
        _SPOKEN.reset(before)


def _(message: str, /, **values: object) -> str:
    """The message in the language that is spoken, each `{name}` replaced by the value of that name.

    >>> _("{service} needs {other}", service="A", other="B")
    'A needs B'
    """
    said = spoken().said(message)
    return fill(said, {name: str(value) for name, value in values.items()}) if values else said


def pgettext(context: str, message: str, /, **values: object) -> str:
    """The same for a word that means different things: the context tells translators which one.

    >>> pgettext("state of a question", "open")
    'open'
    """
    said = spoken().said(message, context)
    return fill(said, {name: str(value) for name, value in values.items()}) if values else said


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The form that goes with the number, which stands where the message says `{count}`.

    >>> ngettext("{count} wave", "{count} waves", 3)
    '3 waves'
    """
    named = {"count": grouped(count), **values}
    return fill(spoken().counted(one, many, count), {name: str(value) for name, value in named.items()})


def grouped(count: int) -> str:
    """A whole number, its thousands apart.

    >>> grouped(12), grouped(1234567)
    ('12', '1,234,567')
    """
    return f"{count:,}".replace(",", spoken().comma)


def N_(message: str, /) -> str:  # noqa: N802 (the name that gettext's tools know)
    """The message as it is, for a constant: marks it for translators; `_` translates it where it is used."""
    return message


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with each `{name}` replaced, once: a value that looks like a place stays as it is.

    Braces without a value stay, too. Raises nothing, whatever values and message say.
    """
    parts = pieces(message)
    if len(parts) == 1:
        return message
    filled = list(parts)
    filled[1::2] = [values.get(name, f"{{{name}}}") for name in parts[1::2]]
    return "".join(filled)


@lru_cache(maxsize=4096)
def pieces(message: str) -> tuple[str, ...]:
    """The message taken apart: words and names of places in turn."""
    return tuple(_PLACE.split(message))
