"""A site in two languages: two trees of the same pages, and a way from each page to itself in the other language."""

from __future__ import annotations

import json
import re
import shutil

import pytest
import yaml

import pmogen
from pmogen.cli import run
from pmogen.errors import PmogenError
from pmogen.language import speaking
from pmogen.render.scripts import WORDS, spoken_script
from pmogen.render.tree import Tree, trees
from pmogen.site.builder import parts_of
from pmogen.site.finish import with_same_page
from pmogen.site.html_export import export_html
from pmogen.site.links import broken_links, read_site
from tests.workspaces import ROOT, SMALL

LANGUAGES = ("en", "de")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The small workspace in English and German, built by mkdocs."""
    folder = tmp_path_factory.mktemp("languages") / "workspace"
    for name, text in SMALL.items():
        path = folder / name.replace("standard/", "catalog/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    with (folder / "content" / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write("languages: [en, de]\nnotice: {en: Nothing is real., de: Nichts ist echt.}\n")
    assert pmogen.build(folder).site is not None
    return folder


def read(folder, path):
    return (folder / path).read_text("utf-8")


def test_every_page_is_there_in_both_languages(built):
    pages = {path.relative_to(built / "site").as_posix() for path in (built / "site").rglob("*.html")}
    german = {page.removeprefix("de/") for page in pages if page.startswith("de/")}
    assert german == {page for page in pages if not page.startswith("de/")}
    assert "foundation/customers.html" in german


def test_each_tree_speaks_its_language(built):
    english, german = read(built, "site/foundation/index.html"), read(built, "site/de/foundation/index.html")
    assert ('<html lang="en"' in english, '<html lang="de"' in german) == (True, True)
    assert "Answers are known, assumed or still open." in english
    assert "Antworten sind bekannt, angenommen oder noch offen." in german
    assert "Nichts ist echt." in read(built, "site/de/index.html")


def test_a_page_leads_to_itself_in_the_other_language(built):
    for page, ways in (
        ("foundation/index.html", {"en": "index.html", "de": "../de/foundation/index.html"}),
        ("de/foundation/index.html", {"en": "../../foundation/index.html", "de": "index.html"}),
        ("index.html", {"en": "index.html", "de": "de/index.html"}),
    ):
        found = re.findall(r'<a href="([^"]*)" hreflang="([^"]*)"', read(built, f"site/{page}"))
        assert {code: address for address, code in found} == ways


def test_no_link_is_broken(built):
    assert not broken_links(read_site(built / "site"))


def test_charts_are_those_of_the_tree(built):
    assert (built / "build/playbook.de/assets/charts/gaps.svg").is_file()


def test_data_for_programs_are_in_the_main_language(built):
    data = [read(built, f"{folder}/api/v1/playbook.json") for folder in ("build", "site", "site/de")]
    assert len(set(data)) == 1
    assert json.loads(data[0])["playbook"]["notice"] == "Nothing is real."


def test_the_one_file_edition_is_in_the_main_language(built):
    assert "Nichts ist echt." not in export_html(built)


def test_the_one_file_edition_may_be_in_another_language(built):
    """Its pages, its own words and those of its scripts."""
    whole = export_html(built, language="de")
    assert '<html lang="de"' in whole
    assert "Nichts ist echt." in whole
    assert "Nothing is real." not in whole
    assert '"filter": "Diese Tabelle filtern"' in whole
    assert 'id="foundation/customers"' in whole
    assert 'id="de/foundation/customers"' not in export_html(built)


def test_a_language_that_the_site_does_not_have_is_named(built):
    with pytest.raises(PmogenError, match="no pages in the language `fr`") as caught:
        export_html(built, language="fr")
    assert caught.value.hint == "known are en (English), de (Deutsch)"


def test_a_file_that_nobody_named_says_its_language(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["export", "html", str(built), "--lang", "de"]) == 0
    assert run(["export", "html", str(built), "--lang", "de", "-o", "own.html"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own.html", "playbook.de.html"]


def test_buttons_and_scripts_of_each_tree_speak_its_language(built):
    """None of the words stands in a script of a page, so that the policy of the pages stays as strict as it is."""
    english, german = read(built, "site/index.html"), read(built, "site/de/index.html")
    assert ("Light colours. Switch to dark" in english, "Helle Farben. Zu dunklen wechseln" in german) == (True, True)
    for name, said in (("tables", "Diese Tabelle filtern"), ("presentation", "Als Folien zeigen")):
        script = f"assets/js/{name}.js"
        assert read(built, f"site/{script}") == (ROOT / "site_templates" / script).read_text("utf-8")
        assert said in read(built, f"site/de/{script}")


def test_scripts_say_in_english_what_is_translated():
    """What is replaced in them is the same as what replaces it."""
    for name, words in WORDS.items():
        script = (ROOT / "site_templates" / name).read_text("utf-8")
        (found,) = re.findall(r"var words = (\{.*?\n *\});", script, re.DOTALL)
        assert json.loads(found) == words()
        with speaking("de"):
            (said,) = re.findall(r"var words = (\{.*?\n\});", str(spoken_script(name, script)), re.DOTALL)
            assert json.loads(said) == words()


def test_nothing_is_built_twice(built):
    again = pmogen.build(built)
    assert again.site is not None
    assert again.site.stood_already


def test_a_configuration_with_another_language_is_refused(built, tmp_path):
    folder = tmp_path / "workspace"
    shutil.copytree(built, folder)
    text = read(folder, "mkdocs.yml")
    (folder / "mkdocs.yml").write_text(
        text.replace("  name: material\n", "  name: material\n  language: fr\n"), "utf-8"
    )
    with pytest.raises(PmogenError, match="makes a site whose language is `fr`, but the playbook's is `en`"):
        pmogen.build(folder)


def test_a_configuration_that_inherits_one_language_is_refused(built, tmp_path):
    folder = tmp_path / "workspace"
    shutil.copytree(built, folder)
    text = re.sub("^INHERIT:.*$", "INHERIT: build/playbook.yml", read(folder, "mkdocs.yml"), flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(PmogenError, match="makes a site whose language is `en`, but the playbook's is `de`") as caught:
        pmogen.build(folder)
    assert "INHERIT: !ENV [PMOGEN_INHERIT, build/playbook.yml]" in caught.value.hint


def test_the_command_line_speaks_the_language_of_the_playbook(built, tmp_path, capsys):
    folder = tmp_path / "workspace"
    shutil.copytree(built / "content", folder / "content")
    shutil.copytree(built / "catalog", folder / "catalog")
    with (folder / "content" / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write("language: de\n")
    text = read(folder, "content/playbook.yml").replace("languages: [en, de]\n", "")
    (folder / "content" / "playbook.yml").write_text(text, "utf-8")
    assert run(["build", str(folder), "--builder", "none"]) == 0
    assert "1 Lücke" in capsys.readouterr().out
    assert run(["explain", "nothing", str(folder)]) == 1
    refused = capsys.readouterr().err
    assert ("Fehler: es gibt nichts zu erklären" in refused, "Tipp: " in refused) == (True, True)
    assert pmogen.language.spoken().code == "en"


# the parts it is made of


def test_english_alone_needs_no_settings():
    assert Tree().settings() == {}


def test_other_languages_are_built_by_a_file_of_their_own():
    english, german = trees(LANGUAGES)
    assert (english.docs, english.configuration) == ("build/playbook", "build/playbook.yml")
    assert (german.docs, german.configuration) == ("build/playbook.de", "build/playbook.de.yml")
    assert german.settings()["theme"] == {"language": "de"}
    assert [way["link"] for way in german.settings()["extra"]["alternate"]] == ["../index.html", "../de/index.html"]


def test_builder_and_pages_agree_about_folders():
    for tree, part in zip(trees(LANGUAGES), parts_of(LANGUAGES), strict=True):
        assert (tree.docs, tree.configuration) == (part.pages, part.configuration)


def test_each_language_has_its_own_navigation(built):
    english, german = (yaml.safe_load(read(built, f"build/playbook{end}.yml")) for end in ("", ".de"))
    assert (english["docs_dir"], german["docs_dir"]) == ("build/playbook", "build/playbook.de")
    assert [next(iter(entry)) for entry in english["nav"]][1] == "Foundation"
    assert [next(iter(entry)) for entry in german["nav"]][1] == "Grundlagen"
    tabs = re.findall(r"md-tabs__link[^>]*>\s*([^<]+?)\s*<", read(built, "site/de/index.html"))
    assert len(tabs) == len(set(tabs)) == len(german["nav"])


@pytest.mark.parametrize("path", ["404.html", "de/404.html"])
def test_a_page_that_is_shown_anywhere_leads_to_first_pages(path):
    page = '<a href="/de/index.html" hreflang="de">'
    assert with_same_page(page, path, LANGUAGES) == page


def test_links_to_languages_that_are_not_of_the_site_stay():
    page = '<a href="https://example.org/" hreflang="fr">'
    assert with_same_page(page, "index.html", LANGUAGES) == page


def test_the_head_names_no_other_tree():
    """The theme's script would look for a map of the site there."""
    assert with_same_page('<link rel="alternate" href="de/" hreflang="de">\n<p>', "index.html", LANGUAGES) == "<p>"
