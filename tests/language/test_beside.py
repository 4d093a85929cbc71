"""Pages and documents with a file for each language: NAME.md, and NAME.de.md beside it."""

from __future__ import annotations

import pytest

from pmogen.model.beside import beside, chosen, missing
from pmogen.model.load import load
from pmogen.rules import check
from tests.workspaces import changed, workspace

TWO = {"content/playbook.yml": {"languages": ["en", "de"]}}
PAGES = TWO | {
    "content/pages/about.md": "# About us\n",
    "content/pages/about.de.md": "# Zu uns\n",
    "content/pages/only.md": "# Only English\n",
}
TEMPLATES = {
    "standard/templates.yml": "templates: [{id: charter, name: Charter, purpose: To begin., used_when: At the start.}]\n",
    "standard/templates/charter.md": "# Charter\n",
    "standard/templates/charter.de.md": "# Auftrag\n",
}


def read(changes, language=None):
    found = load(changed(changes), language).workspace
    assert found is not None
    return found


def missing_in_german(changes):
    return {entry.span.file for entry in read(changes).untranslated if entry.span.file.endswith(".md")}


@pytest.mark.parametrize(("language", "text"), [(None, "# About us\n"), ("de", "# Zu uns\n")])
def test_a_page_is_shown_in_the_language_that_is_read(language, text):
    pages = {page.path: page.text for page in read(PAGES, language).pages}
    assert pages == {"about.md": text, "only.md": "# Only English\n"}


def test_all_trees_have_the_same_pages():
    assert [page.path for page in read(PAGES).pages] == [page.path for page in read(PAGES, "de").pages]


def test_a_page_may_be_there_in_another_language_only():
    changes = TWO | {"content/pages/about.de.md": "# Zu uns\n"}
    assert [(page.path, page.file) for page in read(changes).pages] == [("about.md", "content/pages/about.de.md")]


def test_a_name_that_says_the_main_language_comes_before_one_that_says_none():
    changes = PAGES | {"content/pages/about.en.md": "# In English\n"}
    assert read(changes).pages[0].text == "# In English\n"


def test_without_the_language_it_is_a_page_as_any_other():
    assert [page.path for page in workspace({"content/pages/about.de.md": "# Zu uns\n"}).pages] == ["about.de.md"]


def test_pages_that_are_missing_are_counted():
    assert missing_in_german(PAGES) == {"content/pages/only.md"}
    found = {diagnostic.code: diagnostic for diagnostic in check(workspace(PAGES))}
    assert "content/pages/only.md" in {entry.span.file for entry in found["PMO974"].related}


def test_mistakes_are_found_in_pages_of_all_languages():
    wrong = "# Zu uns\n\n[a](b.md) {{ gap('x').size }} [c](service:no-such)\n"
    found = {
        (diagnostic.code, diagnostic.span.file)
        for diagnostic in check(workspace(PAGES | {"content/pages/about.de.md": wrong}))
        if diagnostic.span.file.endswith(".md")
    }
    assert found == {(code, "content/pages/about.de.md") for code in ("PMO901", "PMO902", "PMO906")}


@pytest.mark.parametrize(("language", "text"), [(None, "# Charter\n"), ("de", "# Auftrag\n")])
def test_documents_are_chosen_in_the_same_way(language, text):
    assert read(TWO | TEMPLATES, language).documents["charter"] == text


def test_a_layer_may_add_a_language_or_replace_all_of_them():
    own = {"catalog/templates/charter.de.md": "# Unser Auftrag\n"}
    assert read(TWO | TEMPLATES | own).documents["charter"] == "# Charter\n"
    assert read(TWO | TEMPLATES | own, "de").documents["charter"] == "# Unser Auftrag\n"
    replaced = TWO | TEMPLATES | {"catalog/templates/charter.md": "# Our charter\n"}
    assert read(replaced, "de").documents["charter"] == "# Our charter\n"


def test_documents_that_are_missing_are_counted_and_the_standard_ones_are_english():
    assert missing_in_german(TWO | TEMPLATES) == set()
    alone = {name: text for name, text in TEMPLATES.items() if not name.endswith(".de.md")}
    assert missing_in_german(TWO | alone) == {"standard/templates/charter.md"}
    german_first = alone | {"content/playbook.yml": {"language": "de", "languages": ["de", "en"]}}
    lacking = [entry.language for entry in read(german_first).untranslated if entry.span.file.endswith(".md")]
    assert lacking == ["de"]


# the parts it is made of


def test_a_language_needs_a_name_before_it():
    assert beside(["de.md", "a/.de.md", "a.b.de.md"], ("en", "de")) == {
        "de.md": {"": "de.md"},
        "a/.de.md": {"": "a/.de.md"},
        "a.b.md": {"de": "a.b.de.md"},
    }


@pytest.mark.parametrize(
    ("files", "languages", "code"),
    [
        (("", "de"), ("de", "en"), "de"),
        (("", "es"), ("de", "es"), ""),
        (("es", "en"), ("de", "en", "es"), "en"),
        (("es",), (), "es"),
    ],
)
def test_the_nearest_language_is_chosen(files, languages, code):
    assert chosen(dict.fromkeys(files), languages) == code


def test_what_says_no_language_is_in_the_one_that_is_said():
    assert list(missing({"": 1, "de": 2}, ("en", "de", "es"), "en")) == ["es"]
