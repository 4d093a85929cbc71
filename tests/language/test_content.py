"""Texts of a workspace in several languages, and what is said about those that are missing."""

from __future__ import annotations

import pytest

from pmogen.diagnostics import Diagnostic
from pmogen.model.load import load
from pmogen.rules import check
from tests.workspaces import changed, loaded, workspace

TWO = {
    "content/playbook.yml": {"languages": ["en", "de"], "title": {"en": "Small playbook", "de": "Kleines Handbuch"}},
    "content/foundation.yml": {"summary": {"en": "We want to see.", "de": "Wir wollen sehen."}},
}


def found(changes) -> dict[str, Diagnostic]:
    """What the rules about languages find, by code."""
    diagnostics = check(workspace(changes))
    return {diagnostic.code: diagnostic for diagnostic in diagnostics if diagnostic.code.startswith("PMO97")}


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [(None, "Small playbook", "We want to see."), ("de", "Kleines Handbuch", "Wir wollen sehen.")],
)
def test_texts_are_read_in_the_language_that_is_asked_for(language, title, summary):
    read = load(changed(TWO), language).workspace
    assert read is not None
    assert (read.settings.title, read.foundation.summary) == (title, summary)
    assert read.roadmap.waves[0].name == "One"


def test_a_text_that_is_missing_is_shown_in_the_main_language_else_in_the_first_it_has():
    changes = TWO | {"content/foundation.yml": {"summary": {"es": "Queremos ver.", "en": "We want to see."}}}
    read = load(changed(changes), "de").workspace
    assert read is not None
    assert read.foundation.summary == "We want to see."
    assert (
        workspace({"content/foundation.yml": {"summary": {"es": "Ver.", "fr": "Voir."}}}).foundation.summary == "Ver."
    )


def test_lists_of_texts_and_the_catalogue_may_be_in_several_languages():
    aspect = "aspects: [{id: visibility, name: {en: Visibility, de: Sicht}, evidence: [{en: Reports, de: Berichte}]}]"
    read = load(changed(TWO | {"catalog/own.yml": aspect}), "de").workspace
    assert read is not None
    assert (read.catalogue.aspects[0].name, read.catalogue.aspects[0].evidence) == ("Sicht", ("Berichte",))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ({"en": "A", "dee": "B"}, "`summary` is given in `dee`, which is not a language", "did you mean `de`?"),
        ({"en": "A", "de": 5}, "`summary` must be text, not 5", "put it into quotes"),
        ({"en": "A", "de": " "}, "`summary` is empty", "fill it in"),
        ({"a": "b"}, "`summary` must be text, not keys with values", "put it into quotes"),
    ],
)
def test_mistakes_in_any_language_are_found_at_once(text, message, hint):
    (diagnostic,) = loaded({"content/foundation.yml": {"summary": text}}).diagnostics
    assert (diagnostic.message, diagnostic.hint, diagnostic.span.file) == (message, hint, "content/foundation.yml")


def test_what_is_the_same_everywhere_cannot_be_translated():
    (diagnostic,) = loaded({"content/playbook.yml": {"version": {"en": "1", "de": "1"}}}).diagnostics
    assert diagnostic.message == "`version` must be text, not keys with values"


def test_nothing_is_missing_in_a_site_of_one_language():
    assert workspace().untranslated == ()
    assert found({}) == {}


def test_missing_texts_are_counted_by_language_and_file():
    missing = workspace(TWO).untranslated
    assert {entry.language for entry in missing} == {"de"}
    note = found(TWO)["PMO974"]
    assert note.severity == "note"
    assert note.message == f"{len(missing)} texts are missing in Deutsch"
    here = [entry.span for entry in missing if entry.span.file == "content/foundation.yml"]
    related = next(entry for entry in note.related if entry.span.file == "content/foundation.yml")
    assert related.message.startswith(f"{len(here)} texts are missing here")
    assert related.span == here[0]


def test_the_standard_catalogue_is_english_whatever_the_main_language():
    missing = workspace({"content/playbook.yml": {"language": "de", "languages": ["de", "en"]}}).untranslated
    by_file = {(entry.language, entry.span.file.split("/")[0]) for entry in missing}
    assert by_file == {("de", "standard"), ("en", "content")}


def test_unknown_language_is_an_error_with_a_hint():
    assert found({"content/playbook.yml": {"language": "ed"}})["PMO971"].severity == "error"
    assert found({"content/playbook.yml": {"languages": ["en", "pt-br"]}})["PMO971"].hint == "did you mean `pt-BR`?"


def test_names_do_not_change_what_is_planned():
    """The fingerprint of a plan is the same in every language, so that all trees show one plan."""
    from pmogen.playbook import compute

    in_german = load(changed(TWO), "de").workspace
    assert in_german is not None
    assert compute(in_german).plan.placements == compute(workspace(TWO)).plan.placements
