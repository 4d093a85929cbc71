"""The search finds in a page what Material's own parser would have found."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.plugins.search import plugin

from pmogen.site import fast_sections
from pmogen.site.fast_sections import parser_like, sections_of

ORIGINAL = plugin.Parser
QUICK = parser_like(ORIGINAL)

TAGS = ("div", "p", "h1", "h2", "h3", "li", "ul", "code", "pre", "a", "svg", "title", "td", "P")
ATTRIBUTES = ("", ' id="a"', ' id="b-1"', ' class="headerlink"', ' class="linenodiv"', ' data-search-exclude=""')
TEXTS = st.sampled_from(["", " ", "\n", "word", "a\nb", "&amp; &lt;b&gt;", "&nbsp;", "x\u00a0", "  y "])
EMPTY = st.sampled_from(["<br />", '<img alt="a > b" src="c" />', "<hr>", '<path d="M1" />', "<circle></circle>"])


def element(inside):
    return st.builds(
        lambda tag, attributes, parts: f"<{tag}{attributes}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(ATTRIBUTES),
        st.lists(inside, max_size=4),
    )


REGULAR = st.lists(st.recursive(st.one_of(TEXTS, EMPTY), element, max_leaves=12), max_size=5).map("".join)
PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<li>", "</li>", '<h2 id="x">', "</h2>", "<div>", "</div>", "word", " & ", "<", "a<b", "< c"),
        *("<!-- no -->", "<script>if(a<b)</script>", "<p class='x'>", "<p hidden>", "&#60;", '<a id="&amp;">', "</a >"),
        *('<div data-search-exclude="">', "<title>", "</title>", '<h3 id="y" data-search-exclude="">', "</h3>", "<p/>"),
    ]
)


def found(parser: type, html: str) -> object:
    """All that is known of a page; the error where it is one."""
    reading = parser()
    try:
        reading.feed(html)
        reading.close()
    except ValueError as error:
        return str(error)
    return [(one.el.tag, one.id, one.title, one.text, one.is_excluded()) for one in reading.data]


@settings(deadline=None, max_examples=300)
@given(REGULAR)
def test_regular_pages_have_the_same_sections(html):
    assert found(QUICK, html) == found(ORIGINAL, html)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_so_has_everything_else(html):
    assert found(QUICK, html) == found(ORIGINAL, html)


def test_a_page_of_ours_is_regular():
    html = (
        '<h1 id="a">A &amp; B<a class="headerlink" href="#a" title="Permanent link">&para;</a></h1>\n'
        '<div class="pg-chart" data-search-exclude="" tabindex="0"><svg viewBox="0 0 1 1"><title id="t">x</title></svg></div>\n'
        "<table>\n<thead>\n<tr>\n<th>c</th>\n</tr>\n</thead>\n</table>\n<p>one<br />\ntwo</p>"
    )
    sections = sections_of(html)
    assert sections is not None
    assert [("".join(one.title), "".join(one.text).split()) for one in sections] == [
        ("A &amp; B", ["c", "<p>one", "two</p>"])
    ]


@pytest.mark.parametrize("html", ["<p class='x'>", "a < b", "<!-- c -->", "<script></script>", '<p id="&amp;">', "<p"])
def test_what_is_not_regular_is_left_to_material(html):
    assert sections_of(html) is None


def test_another_parser_than_the_known_one_stays(monkeypatch):
    class Another:
        """Of a later Material."""

    monkeypatch.setattr(plugin, "Parser", Another)
    fast_sections.install()
    assert plugin.Parser is Another
    monkeypatch.setattr(plugin, "Parser", ORIGINAL)
    fast_sections.install()
    assert plugin.Parser is not ORIGINAL


def test_words_stay_escaped():
    assert found(QUICK, f"<p>{escape('<b>')}</p>") == [("hx", None, [], ["<p>", "&lt;b&gt;", "</p>"], False)]
