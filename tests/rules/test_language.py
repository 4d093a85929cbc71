"""What is found is the same in every language; only the words differ."""

from __future__ import annotations

from functools import cache

import pytest

from pmogen.diagnostics import Diagnostic
from pmogen.language import TRANSLATED, speaking
from pmogen.model.load import load
from pmogen.rules import check
from pmogen.rules.manual import entries
from pmogen.rules.reading import ReadingCode
from pmogen.rules.rule import Rule
from tests.rules.test_manuals import ALL, example_in, with_fingerprint
from tests.workspaces import changed, workspace

ALLOWED = """
services:
  - {service: register, decision: offer, who: Anna Berger, when: 2027-01-10, why: Wanted.}  # pmogen: allow PMO803 because it is a role here
"""


@cache
def found_in(language: str, code: str) -> tuple[Diagnostic, ...]:
    """What is found in the wrong example of a rule, told in a language."""
    entry = next(entry for entry in entries() if entry.code == code)
    sources = changed(with_fingerprint(example_in(entry.manual, "Wrong")))
    with speaking(language):
        read = load(sources)
        return (*read.diagnostics, *(check(read.workspace) if read.workspace else ()))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_the_same_is_found_in_other_words(rule: Rule | ReadingCode, language: str) -> None:
    english, other = found_in("en", rule.code), found_in(language, rule.code)
    where = [(found.code, found.severity, found.span, [near.span for near in found.related]) for found in english]
    assert where == [(found.code, found.severity, found.span, [near.span for near in found.related]) for found in other]
    words = {text for found in english for text in (found.message, found.hint) if " " in text.replace("`", "")}
    assert not words & {text for found in other for text in (found.message, found.hint)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_titles_are_translated_but_not_manuals(language: str) -> None:
    titles = {entry.code: entry.title for entry in entries()}
    with speaking(language):
        assert {entry.code: entry.title for entry in entries()} == titles
        assert not [entry.code for entry in entries() if entry.heading == entry.title]


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_what_is_allowed_is_allowed_in_every_language(language: str) -> None:
    with speaking(language):
        codes = {found.code for found in check(workspace({"content/decisions.yml": ALLOWED}))}
    assert not codes & {"PMO803", "PMO029"}
