"""Pages: front matter that is ours alone, and sources that lead to the repository."""

from __future__ import annotations

import html

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pmogen.diagnostics import Span
from pmogen.errors import PmogenError
from pmogen.render import render
from pmogen.render.markdown import one_line
from pmogen.render.navigation import navigation
from pmogen.render.page import Nav, Page, front_matter, source_address, source_link
from tests.render.test_links import book
from tests.workspaces import Changes

HOSTED: Changes = {"content/playbook.yml": {"repository": "https://github.com/example/book.git", "branch": "a branch"}}


def keys_of(page: Page, changes: Changes | None = None) -> dict[str, object]:
    keys: dict[str, object] = yaml.safe_load(front_matter(book(changes), page).strip().strip("-"))
    return keys


def test_front_matter_is_escaped_for_themes_that_do_not_escape() -> None:
    page = Page("a.md", "<b>\n---\nhide: x", "t", description='"quoted" & <i>')
    assert keys_of(page) == {
        "title": "&lt;b&gt; --- hide: x",
        "description": "&quot;quoted&quot; &amp; &lt;i&gt;",
    }


@given(
    st.text(st.sampled_from("aZ 0é:#'\"&,.-\u2013\u2019()[]{}?!|>%@`~*\n\t\u2028🚧"), max_size=12)
    | st.text(max_size=30)
)
@example("true")
@example("No one: nothing")
@example("Gap: what is missing")
@example("Is it the owner's?")
@example("Is it so? - no")
@example("a #b")
@example("Version 1.0 - the end.")
@example("Wide " * 3000)
def test_front_matter_is_what_pyyaml_would_write(title: str) -> None:
    said = {"title": html.escape(one_line(title))}
    dumped = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000)
    assert front_matter(book(), Page("a.md", title, "t")) == f"---\n{dumped}---\n\n"


def test_the_first_source_is_what_the_edit_link_opens() -> None:
    page = Page("a.md", "A", "t", sources=(Span("content/roadmap.yml", 4), Span("content/decisions.yml")))
    expected = "https://github.com/example/book/edit/a%20branch/content/roadmap.yml"
    assert keys_of(page, HOSTED)["edit_url"] == expected
    assert "edit_url" not in keys_of(page)


def test_a_source_names_file_and_line_and_links_to_them() -> None:
    span = Span("content/roadmap.yml", 12)
    assert source_link(book(), span) == "content/roadmap.yml, line 12"
    address = "https://github.com/example/book/blob/a%20branch/content/roadmap.yml#L12"
    assert source_link(book(HOSTED), span) == f"[content/roadmap.yml, line 12]({address})"


def test_the_standard_catalogue_is_not_in_the_repository() -> None:
    assert source_address(book(HOSTED), Span("standard/method.yml", 3)) is None


def test_navigation_has_groups_with_a_page_of_their_own() -> None:
    text = navigation("A & <b>", [Nav("Home", "index.md"), Nav("X > Y", "x/index.md", (Nav("Z", "x/z.md"),))])
    assert yaml.safe_load(text) == {
        "site_name": "A &amp; &lt;b&gt;",
        "docs_dir": "build/playbook",
        "nav": [{"Home": "index.md"}, {"X &gt; Y": ["x/index.md", {"Z": "x/z.md"}]}],
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{% if %}", "home.md.j2, line 1"),
        ("{{ nothing_like_this }}", "home.md.j2"),
        ("{% include 'pages/missing.md.j2' %}", "missing.md.j2"),
        ("{% include 'pages/home.md.j2' %}", "home.md.j2 is wrong: it uses itself without end"),
        ("{{ 1 / 0 }}", "home.md.j2 is wrong: division by zero"),
        ("{{ page() }}", "home.md.j2 is wrong: 'Page' object is not callable"),
    ],
)
def test_mistake_in_a_template_names_it(text, told):
    """A workspace may replace templates, so a mistake in one is told like any other."""
    from tests.render.test_render import example, templates

    with pytest.raises(PmogenError) as error:
        render(example(), {**templates(), "pages/home.md.j2": text})
    assert told in error.value.message


def test_mistake_in_the_template_of_a_chart_names_it():
    from tests.render.test_render import example, templates

    with pytest.raises(PmogenError, match=r"site_templates/charts/roadmap\.svg\.j2, line 1"):
        render(example(), {**templates(), "charts/roadmap.svg.j2": "{{"})
