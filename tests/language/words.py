"""Finds the messages of code and templates, by area, and keeps the .po files of the translations equal to them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from pmogen.rules.manual import entries
from pmogen.rules.reading import ReadingCode
from pmogen.rules.rule import Rule, first_line
from tests.workspaces import ROOT

LOCALE = ROOT / "pmogen" / "locale"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
FOR_TRANSLATORS = "For translators:"
"""A comment that begins so, on the line above a message, goes into the .po files."""

SECTIONS = {
    "catalogue": "knowledge",
    "deployment": "roadmap",
    "hand_values": "hand_written",
    "kpis": "roadmap",
    "money": "services",
    "no_limits": "services",
    "presentation": "services",
    "raci": "knowledge",
    "scenarios": "roadmap",
    "service": "services",
    "service_groups": "services",
}
"""Modules of pages whose templates are in the folder of another name."""

Key = tuple[str | None, str | tuple[str, ...]]
"""Context and text of a message; the text of a message with a plural is a pair."""


@dataclass(frozen=True)
class Message:
    """A message and where it stands."""

    key: Key
    file: str
    comments: tuple[str, ...] = ()


def area_of(file: str) -> str:
    """The .po file that messages of a source file belong to: pages and their templates by section, the rest by package."""
    path = PurePosixPath(file)
    match path.parts:
        case ("pmogen", "render", "pages", module):
            stem = module.removesuffix(".py")
            return SECTIONS.get(stem, stem).replace("__init__", "shared")
        case ("site_templates", "pages", section, *rest):
            return section if rest else "shared" if section.startswith("_") else section.removesuffix(".md.j2")
        case ("pmogen", "render", folder, _) | ("pmogen", folder, *_) if not folder.endswith(".py"):
            return "shared" if folder == "render" else folder
        case ("site_templates", folder, *_):
            return folder
    return "shared"


@cache
def messages() -> dict[str, tuple[Message, ...]]:
    """All messages of code and templates by area, in the order of files and lines, each once."""
    found: dict[str, dict[Key, Message]] = {}
    for path in (*sorted(ROOT.glob("pmogen/**/*.py")), *sorted(ROOT.glob("site_templates/**/*.j2"))):
        file = path.relative_to(ROOT).as_posix()
        for message in _in_file(path, file):
            found.setdefault(area_of(file), {}).setdefault(message.key, message)
    for message in _titles():
        found.setdefault(area_of(message.file), {}).setdefault(message.key, message)
    return {area: tuple(entries.values()) for area, entries in sorted(found.items())}


def _titles() -> Iterator[Message]:
    """The first lines of the manuals of rules; the rest of a manual is English."""
    for entry in entries():
        module = entry.check.__module__ if isinstance(entry, Rule) else ReadingCode.__module__
        yield Message((None, first_line(entry.manual)), module.replace(".", "/") + ".py")


def _in_file(path: Path, file: str) -> Iterator[Message]:
    method = "jinja2.ext:babel_extract" if path.suffix == ".j2" else "python"
    for _, text, comments, context in extract_from_file(method, path, KEYWORDS, (FOR_TRANSLATORS,)):
        yield Message((context, text), file, tuple(comments))


@cache
def po_files(language: str) -> dict[str, Path]:
    """The .po files of a language by area."""
    return {path.stem: path for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po"))}


def read(language: str, path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=language.replace("-", "_"))


def text_of(language: str, area: str) -> str:
    """What the .po file of an area is to be: today's messages, with the translations it has already."""
    path = LOCALE / language / "LC_MESSAGES" / f"{area}.po"
    old = read(language, path) if path.is_file() else Catalog()
    new = Catalog(locale=language.replace("-", "_"))
    for message in messages()[area]:
        context, text = message.key
        known = old.get(text if isinstance(text, str) else text[0], context)
        string = known.string if known and known.id == text else ("" if isinstance(text, str) else ("", ""))
        flags = ("fuzzy",) if known and known.fuzzy else ()
        new.add(text, string, [(message.file, 1)], flags, message.comments, context=context)
    body = io.BytesIO()
    write_po(body, new, width=110, omit_header=True, include_lineno=False)
    return _header(language) + body.getvalue().decode()


def _header(language: str) -> str:
    return (
        "# Translations of pmogen: see docs/translating.md.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {get_plural(language.replace("-", "_"))}\\n"\n\n'
    )
