"""Markdown files that stand beside each other in several languages: `welcome.md`, and `welcome.de.md` in German."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

UNSAID = ""
"""The language of a file whose name says none."""

InLanguages = Mapping[str, str]
"""One text: the names of its files by language."""


def beside(names: Iterable[str], languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The files by the name they have in common, which says no language, and then by language.

    >>> beside(["a.md", "a.de.md", "b.fr.md"], ("en", "de"))
    {'a.md': {'': 'a.md', 'de': 'a.de.md'}, 'b.fr.md': {'': 'b.fr.md'}}
    """
    found: dict[str, dict[str, str]] = {}
    for name in names:
        common, language = _named(name, languages)
        found.setdefault(common, {})[language] = name
    return found


def _named(name: str, languages: tuple[str, ...]) -> tuple[str, str]:
    rest, dot, language = name.removesuffix(".md").rpartition(".")
    said = bool(dot) and language in languages and not rest.endswith("/") and bool(rest)
    return (f"{rest}.md", language) if said else (name, UNSAID)


def chosen(files: Mapping[str, object], languages: tuple[str, ...]) -> str:
    """The language to show a text in: the first of these, else what says none, else the next that there is."""
    order = (languages[0] if languages else UNSAID, UNSAID, *languages, *files)
    return next(code for code in order if code in files)


def missing(files: Mapping[str, object], languages: tuple[str, ...], unsaid: str) -> Iterator[str]:
    """The languages that there is no file in; one that says none is in `unsaid`."""
    there = {code or unsaid for code in files}
    yield from (code for code in languages if code not in there)
