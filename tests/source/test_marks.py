"""Places that were sent from another process are those of the nodes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pmogen.model.load import load
from pmogen.source.ahead import parsed_ahead
from pmogen.source.files import Sources, read_sources
from pmogen.source.marks import Marks, marks_of
from pmogen.source.text import SourceText
from pmogen.source.yaml import Document, parse_yaml
from tests.workspaces import ROOT

ODD = """\
# a remark
plain: a text
? odd
: 'quoted'
"1": one
block: |
  two
  lines
folded: >-
  two
  lines

list:
- a
- [b, {c: d, e: [ ]}]
-
  - - deep
    -
empty: {}
nothing:
last: {a: 1,
  b: 2}
"""


def twins(text: str) -> tuple[Document, Document]:
    """A document with its nodes, and as it comes from another process."""
    source = SourceText("a.yml", text)
    document, wrong = parse_yaml(source)
    assert not wrong
    assert document.nodes is not None
    marks = Marks(marks_of(document.nodes).numbers[:])
    return document, Document(source, document.value, None, marks)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all values, and some that lead nowhere."""
    yield path
    yield from ((*path, "nowhere"), (*path, 7), (*path, "nowhere", 1), (*path, 0))
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from paths(entry, (*path, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from paths(entry, (*path, number))


@pytest.mark.parametrize("text", [ODD, "a", "[]", "- x\n", "{a: {b: [1, 2]}}", "a: |\n  x\n\n\nb: 1\n"])
def test_every_place_is_the_same(text: str) -> None:
    """Of values and keys, of what is there and what is not; and so is where values end."""
    document, twin = twins(text)
    for path in paths(document.value):
        assert twin.span(path) == document.span(path), path
        assert twin.span(path, key=True) == document.span(path, key=True), path
        assert twin.last_line(path) == document.last_line(path), path


def test_every_place_of_the_example_is_the_same() -> None:
    """The files that people have."""
    for file in sorted((ROOT / "content").rglob("*.yml")):
        test_every_place_is_the_same(file.read_text("utf-8"))


def test_nodes_are_there_for_those_who_ask() -> None:
    """Who edits a text needs its nodes: they are composed anew."""
    document, twin = twins(ODD)
    assert twin.root is not None
    assert twin.root is twin.root
    assert twin.root.end_mark.line == document.root.end_mark.line  # type: ignore[union-attr]  # it has a root


def test_little_is_not_parsed_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a small workspace no process is begun."""
    monkeypatch.setattr("pmogen.source.ahead.begun", None)
    parsed = parsed_ahead(
        Sources({"content/playbook.yml": b"title: x", "content/y.yml": b"a: [", "content/z.csv": b"x"})
    )
    assert {name: document.value for name, document in parsed.items()} == {"content/playbook.yml": {"title": "x"}}


IN_A_PROCESS_OF_ITS_OWN = """
import os, sys
from pathlib import Path
from pmogen.model.load import load
from pmogen.source import ahead
from pmogen.source.files import Sources, read_sources

sources = read_sources(Path(sys.argv[1]))
broken = {"content/roadmap.yml": b"a: [", "content/scenarios.yml": b"a: 1\\na: 2", "content/x.yml": b"\\xff", "content/y.yml": b""}
sources = Sources({**sources.files, **broken}, sources.standard_is)
ahead._LEAST_BYTES, ahead._BYTES_EACH = 1, 100_000
parsed = ahead.parsed_ahead(sources)
fresh, beside = load(sources), load(sources, read_before=parsed)
assert len(parsed) > 20 and not {*broken} & {*parsed}, list(parsed)
whole = {name: each for name, each in fresh.documents.items() if each.nodes is not None}
assert all(beside.documents[name] is parsed[name] for name in whole)
assert {name: each.value for name, each in whole.items()} == {name: parsed[name].value for name in whole}
assert fresh.diagnostics == beside.diagnostics
try:
    os.waitpid(-1, os.WNOHANG)
    sys.exit("a process is left")
except ChildProcessError:
    pass
print("same")
"""


def test_a_load_from_beside_is_as_any_other(example: Path) -> None:
    """Values, mistakes and places are the same; files with mistakes are parsed here, and no process is left over."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN, str(example)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("same\n", "")


def test_without_a_second_process_all_is_parsed_here(monkeypatch: pytest.MonkeyPatch, example: Path) -> None:
    """Who allows one process only gets one."""
    monkeypatch.setattr("pmogen.source.ahead._LEAST_BYTES", 1)
    monkeypatch.setattr("pmogen.source.ahead.begun", None)
    monkeypatch.setenv("PMOGEN_JOBS", "1")
    sources = read_sources(example)
    assert set(parsed_ahead(sources)) == set(load(sources).documents) - {
        "catalog/own.yml"
    }  # there is nothing in it yet
