"""A site built from hostile texts has no element, attribute or address that comes from them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

import pmogen
from pmogen.source.files import read_sources
from tests.render.test_render import HOSTILE, poisoned
from tests.workspaces import ROOT, parsed


class Shape(HTMLParser):
    """Elements with the names of their attributes, addresses, and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.script = False
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        for name, value in [("", ""), *attrs]:
            self.elements.add((tag, name))
            if name in ("href", "src", "action", "formaction", "xlink:href"):
                self.addresses.append(str(value))

    def handle_data(self, data: str) -> None:
        if self.script:
            self.scripts.append(data)


def shapes(site: Path) -> dict[str, Shape]:
    """What each page of a site is made of."""
    return {path.relative_to(site).as_posix(): Shape(path.read_text("utf-8")) for path in site.rglob("*.html")}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory) -> Path:
    """The example with hostile text in place of every sentence, and a catalogue of its own that is as hostile."""
    root = tmp_path_factory.mktemp("hostile")
    for name, raw in read_sources(ROOT).files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(poisoned(parsed(raw.decode()))) if name.endswith(".yml") else raw.decode()
        path.write_text(text.replace("catalogue:\n- standard", "catalogue:\n- catalog"), "utf-8")
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    assert pmogen.build(root).site is not None
    return root / "site"


def test_no_element_attribute_or_address_comes_from_a_text(hostile_site, built_example):
    clean = set().union(*(shape.elements for shape in shapes(built_example / "site").values()))
    for path, shape in shapes(hostile_site).items():
        assert shape.elements <= clean, (path, shape.elements - clean)
        assert not any("javascript:" in address.lower() for address in shape.addresses), path
        assert not any("alert(1)" in script for script in shape.scripts), path


def test_the_title_and_the_texts_are_shown_as_written(hostile_site):
    told = (hostile_site / "index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in told.replace("&#60;", "&lt;").replace("&#62;", "&gt;")
    assert HOSTILE not in told


def test_search_index_holds_no_markup_of_a_text(hostile_site):
    index = json.loads((hostile_site / "search" / "search_index.json").read_text("utf-8"))
    for entry in index["docs"]:
        for shape in (Shape(entry["title"]), Shape(entry["text"])):
            assert not {"img", "script"} & {tag for tag, _ in shape.elements}, entry["location"]
            assert not any("javascript:" in address for address in shape.addresses)
