"""The second line of defence: hand-written Markdown cannot run anything or ask another host."""

from __future__ import annotations

import pytest

from tests.render.test_escaping import build, read

HOSTILE = [
    "<script>alert(1)</script>",
    "x <img src=x onerror=alert(1)> y",
    "<div onclick='alert(1)'>a</div>",
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x]( <java\tscript:alert(1)>)",
    "[x](data:text/html;base64,AAAA)",
    "[x](vbscript:x)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](http://other.example/pixel.png)",
    "![x](//other.example/pixel.png)",
    "![x](\\\\\\\\other.example/pixel.png)",
    "text{ onmouseover=alert(1) style=color:red }\n{: onclick=alert(1) srcdoc=x }",
    "# Title { onclick=alert(1) }",
    "``` { .text onmouseover=alert(1) }\ncode\n```",
    '```python title="<img src=x onerror=alert(1)>"\ncode\n```',
    "/// html | script\nalert(1)\n///",
    "/// html | div\n    markdown: html\n\n<img src=x onerror=alert(1)>\n///",
    "/// html | div[onclick=alert(1)]\nx\n///",
    "/// html | iframe[src=http://other.example]\nx\n///",
    "/// html | svg\n<a>x</a>\n///",
    "<!-- a --><style>*{}</style>",
    "<a\nhref='javascript:alert(1)'>x</a>",
    "- a <b onclick=alert(1)>b</b>",
    "| a |\n| --- |\n| <img src=x onerror=alert(1)> |",
    "x{ .mermaid }\n{: .mermaid #__search }",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_left(text: str) -> None:
    reader = read(text)
    assert not reader.tags & {"script", "style", "iframe", "svg"}
    assert "img" not in reader.tags or text.startswith("![")
    assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in reader.attributes)
    page = build(text)
    assert 'href="j' not in page.lower()
    assert 'href="data' not in page
    assert 'href="vb' not in page
    assert 'src="' not in page
    assert 'class="mermaid' not in page
    assert 'id="__' not in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](page.md#part)", '<a href="page.md#part">x</a>'),
        ("[x](https://example.org/a?b=c)", '<a href="https://example.org/a?b=c">x</a>'),
        ("[x](mailto:pmo@example.org)", "x</a>"),
        ("![a picture](assets/a.svg){ .pg-chart }", '<img alt="a picture" class="pg-chart" src="assets/a.svg" />'),
        ("/// html | div.pg-cards\n- a\n///", '<div class="pg-cards">'),
        ("## A { #here }", '<h2 id="here">'),
        ("```python\nx = 1\n```", "<code>"),
        ("| a |\n| ---: |\n| 1 |", '<td align="right">1</td>'),
        ("a & b < c", "a &amp; b &lt; c"),
    ],
)
def test_what_is_harmless_stays(text: str, expected: str) -> None:
    assert expected in build(text)


def test_text_after_a_dropped_element_stays() -> None:
    assert "after" in build("before\n\n<script>x</script>\n\nafter")
