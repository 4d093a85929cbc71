"""Rules about hand-written pages: names that work everywhere, and no text that keeps them busy."""

from __future__ import annotations

import time

import pytest

from pmogen.model.hand_page import links_in, names_in
from pmogen.model.workspace import HandPage
from pmogen.render.markdown import document
from pmogen.render.pages.hand_written import filled, written
from pmogen.rules import check
from tests.workspaces import workspace


def said_of(*names: str) -> list[str]:
    """What PMO904 says when these pages exist."""
    pages = {f"content/pages/{name}": "# A page\n" for name in names}
    return [found.message for found in check(workspace(pages)) if found.code == "PMO904"]


@pytest.mark.parametrize(
    "name", ["index.md", "a/index.md", "Why a PMO.md", "öffnung.md", "a'b.md", "emoji-\U0001f389.md"]
)
def test_names_that_work_everywhere(name: str) -> None:
    assert said_of(name) == []


@pytest.mark.parametrize("name", ["a\\b.md", "#1.md", "100%.md", "what?.md", "a\nb.md", "<b>.md", "con.md", "aux/a.md"])
def test_names_that_are_no_file_names_everywhere(name: str) -> None:
    assert said_of(name) == ["the page has a name that is no file name everywhere"]


def test_names_that_would_take_the_place_of_another_page() -> None:
    assert said_of("README.md") == ["builders take `README.md` for index.md"]
    assert said_of("INDEX.md") == ["builders take `INDEX.md` for index.md"]
    assert said_of("A.md", "a.md") == ["the name differs from `A.md` in nothing but case"]
    assert said_of("ä" * 99 + ".md", "ä" * 98 + ".md") == ["the page has a name of more than 200 bytes"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[a](" + "x" * 100_000,
        "[a](x" + " " * 100_000,
        "[a](" * 30_000,
        "~~~x\n" * 30_000,
        "# " + " #" * 50_000 + "x",
        "# a" + " " * 100_000 + "{x",
    ],
    ids=lambda text: repr(text[:8]),
)
def test_no_text_keeps_the_search_for_links_and_titles_busy(text: str) -> None:
    """Searches that try every way of dividing a text take minutes for a page of 100 kB."""
    page = HandPage("a.md", text)
    began = time.process_time()
    list(links_in(page))
    written(page)
    filled(document(text), lambda _kind, _id: document("x"), lambda _name: document("x"))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Why a PMO {#why} #", "Why a PMO"),
        ("# Why a PMO {#why}", "Why a PMO"),
        ("# Why C#", "Why C#"),
        ("# Why ##  ", "Why"),
        ("# \n# Why", "Why"),
        ("~~~\n# code\n```\n# code\n~~~\n# Why", "Why"),
        ("Nothing", "A page"),
    ],
)
def test_titles_come_from_the_first_heading(text: str, title: str) -> None:
    assert written(HandPage("a-page.md", text)).title == title


def found(text: str, code: str) -> list[tuple[str, int, int]]:
    """What a rule says about a page with this text: message, line, column."""
    made = workspace({"content/pages/a.md": text})
    return [(told.message, told.span.line, told.span.column) for told in check(made) if told.code == code]


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("# A\n\nNow {{ gap('visbility').size }}.", "there is no gap `visbility`", 3, 5),
        ("# A\n\n{{ gap('visibility').sise }}", "there is no field of gap `sise`", 3, 1),
        ("# A\n\n{{ gaps('visibility') }}", "there is no function `gaps`", 3, 1),
        ("# A\n\n{{ figure('gapz') }}", "there is no figure `gapz`", 3, 1),
        ("# A\n\n{{ 7 * 7 }}", "`{{ 7 * 7 }}` cannot be understood", 3, 1),
        ("# A\n\n{% for x in range(9) %}", "`{%` cannot be understood", 3, 1),
        ("---\nunder: gaps\n---\n# A\n\n{{ wave('one').goals }}", "there is no field of wave `goals`", 6, 1),
    ],
)
def test_a_value_that_does_not_exist_is_told_with_its_place(text: str, message: str, line: int, column: int) -> None:
    assert found(text, "PMO906") == [(message, line, column)]


HARMFUL = (
    "''.__class__.__mro__[1].__subclasses__()",
    "gap('visibility').__class__",
    "gap('visibility').trace.sources",
    "gap('visibility').size.upper()",
    "gap(gap('visibility').size)",
    "gap('visibility', 'x').size",
    "book.workspace",
    "self._TemplateReference__context",
    "range(1000000000) | list",
    "gap('../../etc/passwd').size",
    "gap('<script>').size",
    "config.items()",
    "cycler.__init__.__globals__.os.popen('id').read()",
)


@pytest.mark.parametrize("expression", HARMFUL)
def test_nothing_but_listed_values_can_be_named(expression: str) -> None:
    """It is a mistake with a place, and a page made all the same shows it as it was written."""
    text = f"# A\n\n{{{{ {expression} }}}}\n"
    assert [told[1] for told in found(text, "PMO906")] == [3]
    assert found(f"# A\n\n`{{{{ {expression} }}}}`\n\n```\n{{{{ {expression} }}}}\n```\n", "PMO906") == []


@pytest.mark.parametrize(
    "text", ["{{" * 50_000, "{{ gap(" * 20_000, "{{ " + "a" * 100_000, "{%" * 50_000, "`{{" * 30_000]
)
def test_no_text_keeps_the_search_for_values_busy(text: str) -> None:
    began = time.process_time()
    list(names_in(HandPage("a.md", text)))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("---\nunder: gapz\n---\n# A\n", "there is no section `gapz`", 2, 8),
        ("---\ntitle: A\nhide: [toc]\n---\n# A\n", "`hide` is not known here", 3, 1),
        ("---\norder: first\n---\n# A\n", "`order` has the wrong shape: input should be a valid integer", 2, 8),
        ("---\ntitle: [\n---\n# A\n", None, 2, None),
    ],
)
def test_front_matter_that_is_wrong_is_told_with_its_place(
    text: str, message: str | None, line: int, column: int | None
) -> None:
    ((told, at, place),) = found(text, "PMO905")
    assert message is None or told == message
    assert at in (line, line + 1)
    assert column is None or place == column
