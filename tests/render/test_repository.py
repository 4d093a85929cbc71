"""Where lines, editors, commits and the talk about a page are: on GitHub, on GitLab, and where nobody knows."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from pmogen.diagnostics import Span
from pmogen.model.history import Commit
from pmogen.render.book import Book
from pmogen.render.links import links_of
from pmogen.render.page import Page, commit_link, discuss_address, edit_address, source_address, source_link
from pmogen.rules import check
from pmogen.site.forms import FOLDER, new_forms
from tests.render.test_links import book
from tests.workspaces import loaded, workspace

SHA = "0123456789abcdef0123456789abcdef01234567"
HERE, STANDARD = Span("content/roadmap.yml", 12), Span("standard/method.yml", 3)


def hosted(repository: str = "https://github.com/example/pmo", commit: str | None = None, **settings: str) -> Book:
    found = book({"content/playbook.yml": {"repository": repository, **settings}})
    return Book(found.playbook, found.templates, commit)


def discuss(of: Book, path: str, title: str = "A title") -> str:
    address = discuss_address(of, links_of(of), Page(path, title, "t"))
    assert address is not None
    return address


@pytest.mark.parametrize(
    ("repository", "said", "host"),
    [
        ("https://github.com/example/pmo", {}, "github"),
        ("https://GitHub.example.org/pmo/book.git", {}, "github"),
        ("https://gitlab.com/example/group/pmo", {}, "gitlab"),
        ("https://my-gitlab.example.org:8443/pmo", {}, "gitlab"),
        ("https://git.example.org/pmo", {"host": "gitlab"}, "gitlab"),
        ("https://gitlab.example.org/pmo", {"host": "other"}, "other"),
        ("https://git.example.org/github/pmo", {}, None),
        ("https://notgithub.example.org/pmo", {}, None),
    ],
)
def test_host_is_what_the_address_or_the_playbook_says(repository, said, host):
    settings = workspace({"content/playbook.yml": {"repository": repository, **said}}).settings
    assert settings.hosted_by == host


@pytest.mark.parametrize(
    ("repository", "base"),
    [
        ("https://github.com/example/pmo", "https://github.com/example/pmo"),
        ("https://gitlab.com/example/group/pmo.git/", "https://gitlab.com/example/group/pmo/-"),
    ],
)
def test_lines_are_those_of_the_commit_and_edits_are_on_the_branch(repository, base):
    for commit, state in ((SHA, SHA), (None, "main")):
        of = hosted(repository, commit)
        assert source_address(of, HERE) == f"{base}/blob/{state}/content/roadmap.yml#L12"
        assert edit_address(of, Page("a.md", "A", "t", sources=(HERE,))) == f"{base}/edit/main/content/roadmap.yml"
    assert commit_link(of, Commit(SHA, dt.date(2027, 1, 31))) == f"[0123456]({base}/commit/{SHA})"


def test_a_line_of_markdown_is_shown_as_text():
    """Else both hosts show the page as it looks, and no line."""
    assert str(source_address(hosted(), Span("content/pages/a.md", 3))).endswith("/content/pages/a.md?plain=1#L3")


def test_a_playbook_may_be_a_folder_of_the_repository():
    of = hosted(folder="/play book/")
    assert str(source_address(of, HERE)).endswith("/blob/main/play%20book/content/roadmap.yml#L12")


def test_what_is_edited_is_the_first_source_in_the_repository():
    """The standard catalogue is not in it, and a folder has no editor."""
    page = Page("a.md", "A", "t", sources=(STANDARD, Span("content/pages"), HERE))
    assert str(edit_address(hosted(), page)).endswith("/edit/main/content/roadmap.yml")
    assert edit_address(hosted(), Page("a.md", "A", "t", sources=(STANDARD,))) is None


@pytest.mark.parametrize("changes", [{}, {"repository": "https://git.example.org/pmo"}])
def test_where_no_host_is_known_file_and_line_are_shown(changes):
    of = book({"content/playbook.yml": changes})
    page = Page("a.md", "A", "t", sources=(HERE,))
    assert source_link(of, HERE) == "content/roadmap.yml, line 12"
    assert commit_link(of, Commit(SHA, dt.date(2027, 1, 31))) == "0123456"
    assert edit_address(of, page) is None
    assert discuss_address(of, links_of(of), page) is None


def test_an_unknown_host_is_noted():
    def codes(**settings):
        found = loaded({"content/playbook.yml": {"repository": "https://git.example.org/pmo", **settings}}).workspace
        return {each.code for each in check(found)}

    assert "PMO962" in codes()
    assert "PMO962" not in codes(host="other")


PAGES = {
    "assessment/visibility.md": ("challenge-a-score", {"page": "assessment/visibility (aspect:visibility)"}),
    "gaps/visibility.md": ("challenge-a-score", {"page": "gaps/visibility (gap:visibility)"}),
    "gaps/index.md": ("challenge-a-score", {"page": "gaps/index"}),
    "services/register.md": ("discuss", {"page": "services/register", "id": "service:register"}),
    "services/candidates.md": ("propose-a-service", {"page": "services/candidates"}),
    "hand-offs/index.md": ("report-a-hand-off", {"page": "hand-offs/index"}),
    "roadmap/one.md": ("discuss", {"page": "roadmap/one", "id": "wave:one"}),
    "index.md": ("discuss", {"page": "index"}),
}


@pytest.mark.parametrize("path", PAGES)
def test_a_form_of_github_goes_with_the_kind_of_page(path):
    form, given = PAGES[path]
    parts = urlsplit(discuss(hosted(), path, "A & <b> title"))
    assert parts.path == "/example/pmo/issues/new"
    said = {name: value for name, (value,) in parse_qs(parts.query).items()}
    assert said == {"template": f"{form}.yml", "title": "A & <b> title", **given}


@pytest.mark.parametrize("path", PAGES)
def test_only_fields_that_are_typed_into_are_filled_in(path):
    """With a choice filled in, GitHub leaves the form and shows an empty issue."""
    form, given = PAGES[path]
    fields = yaml.safe_load(new_forms(workspace())[f"{FOLDER}/{form}.yml"])["body"]
    typed = {field["id"] for field in fields if field["type"] in ("input", "textarea")}
    assert given.keys() <= typed


def test_an_issue_of_gitlab_begins_with_page_and_id():
    address = discuss(hosted("https://gitlab.com/example/group/pmo"), "gaps/visibility.md", "Visibility")
    parts = urlsplit(address)
    assert parts.path == "/example/group/pmo/-/issues/new"
    said = {name: value for name, (value,) in parse_qs(parts.query).items()}
    assert said["issue[title]"] == "Visibility"
    assert said["issue[description]"].splitlines()[:2] == [
        "Page of the playbook: gaps/visibility",
        "What it is about: gap:visibility",
    ]


def test_the_place_that_the_playbook_names_comes_first():
    assert discuss(hosted(discuss="https://talk.example.org/c/pmo?a=b"), "index.md") == (
        "https://talk.example.org/c/pmo?a=b"
    )


def test_a_letter_begins_with_the_page():
    address = discuss(hosted(discuss="pmo+talk@example.org"), "gaps/visibility.md", "Visibility")
    assert address.startswith("mailto:pmo+talk@example.org?subject=Small%20playbook%3A%20Visibility&body=Page")
    assert "gap%3Avisibility" in address


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a:b@example.org/", "pmo@", "a b@example.org"])
def test_what_is_neither_a_page_nor_a_mailbox_is_a_mistake(address):
    found = loaded({"content/playbook.yml": {"discuss": address}}).diagnostics
    assert [each.message for each in found] == ["`discuss` is not the address of a web page or a mailbox"]
