"""Every message has a translation that fits it, and the .po files are those of today's code and templates."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator

import pytest

from pmogen.language import TRANSLATED
from tests.language.words import KEYWORDS, LOCALE, Key, messages, po_files, read, text_of
from tests.workspaces import ROOT

AREAS = [(language, area) for language in TRANSLATED for area in messages()]
PLACE = re.compile(r"\{[a-z][a-z0-9_]*\}")
SIGNS = ("**", "`", "](", "|", "<", "\n\n", " { #")
"""What Markdown gives a meaning: a translation has as many of each as the message."""


def translations(language: str, area: str) -> Iterator[tuple[Key, tuple[str, ...], bool]]:
    """Messages of an area with the forms of their translation, and whether it is only a guess."""
    for message in read(language, po_files(language)[area]):
        if message.id:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield (message.context, message.id), forms, message.fuzzy


@pytest.mark.parametrize(("language", "area"), AREAS)
def test_files_hold_the_messages_of_today(language, area):
    """Renew them with `make words`; for one area `PMOGEN_UPDATE=1 pytest tests/language/test_words.py -k AREA`."""
    path = LOCALE / language / "LC_MESSAGES" / f"{area}.po"
    wanted = text_of(language, area)
    if os.environ.get("PMOGEN_UPDATE"):
        path.write_text(wanted, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path} is missing. {test_files_hold_the_messages_of_today.__doc__}"
    assert path.read_text("utf-8") == wanted, f"{path} is old. {test_files_hold_the_messages_of_today.__doc__}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_file_is_left_over(language):
    """An area without messages has no file."""
    for area in set(po_files(language)) - set(messages()):
        if os.environ.get("PMOGEN_UPDATE"):
            po_files(language)[area].unlink()
        else:
            pytest.fail(f"{po_files(language)[area]} belongs to no message: make words")


@pytest.mark.parametrize(("language", "area"), AREAS)
def test_everything_is_translated(language, area):
    """No translation is missing, and none is marked as a guess (fuzzy)."""
    missing = [key for key, forms, fuzzy in translations(language, area) if fuzzy or not all(forms)]
    assert not missing


@pytest.mark.parametrize(("language", "area"), AREAS)
def test_translations_have_the_places_of_the_message(language, area):
    """`{name}` stays `{name}`. A form for one thing may do without the number."""
    for (_, text), forms, _ in translations(language, area):
        needed = set(PLACE.findall(text[-1] if isinstance(text, tuple) else text))
        for number, form in enumerate(forms):
            free = {"{count}"} if isinstance(text, tuple) and number == 0 else set()
            assert needed - free <= set(PLACE.findall(form)) <= needed, (text, form)


@pytest.mark.parametrize(("language", "area"), AREAS)
def test_translations_have_the_markdown_of_the_message(language, area):
    """Bold, code, links, cells and paragraphs; and blanks at either end."""
    for (_, text), forms, _ in translations(language, area):
        source = text[-1] if isinstance(text, tuple) else text
        for form in forms:
            for sign in SIGNS:
                assert form.count(sign) == source.count(sign), (sign, source, form)
            assert (form[:1].isspace(), form[-1:].isspace()) == (source[:1].isspace(), source[-1:].isspace()), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_one_message_has_one_translation(language):
    """Wherever it stands; a context tells apart what only looks the same."""
    known: dict[Key, tuple[str, ...]] = {}
    for area in po_files(language):
        for key, forms, _ in translations(language, area):
            assert known.setdefault(key, forms) == forms, (area, key)


def test_messages_are_where_they_are_found():
    """Not within an f-string, into which babel does not look on every Python."""
    hidden = [
        f"{path.relative_to(ROOT)}: {ast.unparse(call)}"
        for path in sorted(ROOT.glob("pmogen/**/*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if isinstance(call.args[0], ast.Constant)
    ]
    assert not hidden


def test_messages_name_their_places():
    """`{name}`, never `{}`, `{0}`, `{name!r}`, `{name:.1f}` or `%s`: translators move places around."""
    for area, found in messages().items():
        for message in found:
            texts = message.key[1] if isinstance(message.key[1], tuple) else (message.key[1],)
            for text in texts:
                assert not re.search(r"\{\}|\{\d|\{\w+[!:.\[]|%\(|%[sd]", text), (area, text)
