"""What files said is kept by their bytes, from one command to the next."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pmogen import check
from pmogen.model.load import load
from pmogen.source import kept_parses
from pmogen.source.ahead import parsed_ahead
from pmogen.source.files import Sources, read_sources
from pmogen.source.kept import Kept
from pmogen.source.kept_parses import KeptParses, parse

RAW = b"title: A\nparts: [{id: one, share: 0.5}, {id: two}]\nsaid: |\n  More\n  lines\n"
NAME = "content/x.yml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing is kept yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "pmogen" / "yaml"


def unparsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are parsed from here on."""
    names: list[str] = []

    def noticed(name: str, raw: bytes) -> Any:
        names.append(name)
        return parse(name, raw)

    monkeypatch.setattr("pmogen.source.ahead.parse", noticed)
    return names


def test_a_file_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values and places are those of the first time, under whatever name."""
    first = dict(parsed_ahead(Sources({NAME: RAW})))
    parsed = unparsed(monkeypatch)
    again = parsed_ahead(Sources({"content/y.yml": RAW}))["content/y.yml"]
    assert parsed == []
    assert again.value == first[NAME].value
    assert again.source.text == first[NAME].source.text
    for path in ((), ("parts",), ("parts", 1, "id"), ("said",)):
        place = again.span(path)
        assert (place.file, place.line, place.column) == ("content/y.yml", *_at(first[NAME].span(path)))
        assert again.last_line(path) == first[NAME].last_line(path)


def _at(place: Any) -> tuple[int, int]:
    return place.line, place.column


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_can_read_it(home: Path) -> None:
    """What a playbook says may be known to few."""
    assert len(parsed_ahead(Sources({NAME: RAW}))) == 1
    assert home.stat().st_mode & 0o077 == 0


def test_only_what_changed_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more is another file."""
    other = "content/y.yml"
    assert len(parsed_ahead(Sources({NAME: RAW, other: b"a: 1"}))) == 2
    parsed = unparsed(monkeypatch)
    assert parsed_ahead(Sources({NAME: RAW, other: b"a: 12"}))[other].value == {"a": 12}
    assert parsed == [other]


@pytest.mark.parametrize("raw", [b"a: [", b"a: 1\na: 2", b"\xff", b"a: no", b""])
def test_what_has_something_to_be_told_is_not_kept(raw: bytes, home: Path) -> None:
    """Mistakes are told in the language that is spoken then."""
    assert not parsed_ahead(Sources({NAME: raw}))
    assert not home.exists()
    fresh = load(Sources({NAME: raw}))
    assert load(Sources({NAME: raw}), read_before=parsed_ahead(Sources({NAME: raw}))).diagnostics == fresh.diagnostics


def test_what_is_spoilt_is_parsed_anew(home: Path) -> None:
    """A byte that is not ours, and it counts as lost."""
    assert len(parsed_ahead(Sources({NAME: RAW}))) == 1
    (file,) = home.iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert KeptParses().read(RAW) is None
    assert parsed_ahead(Sources({NAME: RAW}))[NAME].value["title"] == "A"
    assert file.read_bytes() == content


def test_what_another_program_kept_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version may read files in another way."""
    assert len(parsed_ahead(Sources({NAME: RAW}))) == 1
    assert KeptParses().read(RAW) is not None
    with monkeypatch.context() as another:
        another.setattr(kept_parses, "_form", lambda: b"another")
        assert KeptParses().read(RAW) is None
        assert len(parsed_ahead(Sources({NAME: RAW}))) == 1
    assert KeptParses().read(RAW) is not None


def test_where_nothing_can_be_kept_all_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder, no home: a command does not fail for that."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(parsed_ahead(Sources({NAME: RAW}))) == 1
    assert KeptParses().read(RAW) is None
    monkeypatch.setattr(kept_parses, "own_folder", _homeless)
    assert len(parsed_ahead(Sources({NAME: RAW}))) == 1
    KeptParses().prune()


def _homeless() -> Path:
    raise RuntimeError


def test_the_oldest_goes_when_it_is_too_much(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at is when it was written."""
    raws = [f"a: {number}".encode() for number in range(3)]
    for age, raw in enumerate(raws):
        before = set(home.iterdir()) if home.exists() else set()
        assert len(parsed_ahead(Sources({NAME: raw}))) == 1
        (new,) = set(home.iterdir()) - before
        os.utime(new, (1_000_000 + age, 1_000_000 + age))
    monkeypatch.setattr(kept_parses, "_MOST_BYTES", 2 * new.stat().st_size)
    KeptParses().prune()
    assert [KeptParses().read(raw) is not None for raw in raws] == [False, True, True]


def test_who_reads_again_and_again_begins_with_what_was_kept(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of that, nothing is looked at twice."""
    check(example)
    parsed, again = unparsed(monkeypatch), Kept()
    first = check(example, kept=again)
    assert parsed == ["catalog/own.yml"]
    assert first.workspace == check(example).workspace
    monkeypatch.setattr("pmogen.source.ahead.parsed_ahead", None)
    monkeypatch.setattr("pmogen.model.reading.parse_yaml", None)
    assert check(example, kept=again).workspace is first.workspace


def test_a_check_says_the_same_from_what_was_kept(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings and workspace do not depend on what was there before."""
    fresh = check(example)
    parsed = unparsed(monkeypatch)
    again = check(example)
    assert parsed == ["catalog/own.yml"]  # there is nothing in it yet but comments
    assert again.diagnostics == fresh.diagnostics
    assert again.workspace == fresh.workspace
    plain = load(read_sources(example))
    assert plain.workspace is not None
    assert plain.workspace == again.workspace
    assert [plain.workspace.places.span("services", one.id) for one in plain.workspace.catalogue.services] == [
        again.workspace.places.span("services", one.id) for one in again.workspace.catalogue.services
    ]
