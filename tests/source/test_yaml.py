"""Strict YAML: what is read, what is refused, and where."""

from __future__ import annotations

import pytest

from pmogen.source.text import SourceText, decode
from pmogen.source.yaml import parse_yaml


def read(text: str) -> tuple[object, list[str]]:
    """Value and messages of a text."""
    document, found = parse_yaml(SourceText("a.yml", text))
    return document.value, [diagnostic.message for diagnostic in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: on", "on"),
        ("a: 12:30", "12:30"),
        ("a: 2026-02-30", "2026-02-30"),
        ("a: 1_000", "1_000"),
        ("a: 1.5", 1.5),
        ("a: -3", -3),
        ("a: true", True),
        ("a: ~", None),
        ("a:", None),
        ("a: '010'", "010"),
        ("a: [1, x]", [1, "x"]),
    ],
)
def test_plain_values(text: str, value: object) -> None:
    """Scalars follow the core schema of YAML 1.2; what YAML 1.1 would change stays text."""
    read_value, _ = read(text)
    assert read_value == {"a": value}
    assert type(read_value["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2", "given twice"),
        ("a: &x 1\nb: *x", "alias"),
        ("a: &x [1]\nb: *x", "alias"),
        ("a: !!python/object/apply:os.system [ls]", "tag"),
        ("a: !!set {}", "tag"),
        ("<<: {a: 1}", "not text"),
        ("a: 010", "several ways"),
        ("a: .inf", "several ways"),
        ("a: 0x1F", "several ways"),
        ("1: a", "not text"),
        ("? [a]\n: b", "not text"),
        ("a: b: c", "colon"),
        ("a: 'x", "not closed"),
        ("a:\n\t- b", "tab"),
        ("a: 1\n---\nb: 2", "more than one document"),
        ("a: [1, 2", ""),
        ("[[[[[[", "not closed"),
        ("a: " + "1" * 30, "several ways"),
        ("[" * 100_000, "nested"),
        ("- " * 60_000, "nested"),
        ("{a: " * 50_000, "nested"),
        ("[{a: " * 50_000, "nested"),
        ("a: " + "[" * 60 + "]" * 60, "nested"),
    ],
)
def test_refused(text: str, message: str) -> None:
    """What is dangerous or ambiguous is refused with a message, and never ends the process."""
    _, messages = read(text)
    assert any(message in told for told in messages), messages


@pytest.mark.parametrize("text", ["no", "On", "12:30", "12:30:45", "1_000"])
def test_surprising_texts_get_a_note(text: str) -> None:
    """They stay text, and a note says so unless they are quoted."""
    _, found = parse_yaml(SourceText("a.yml", f"a: {text}\nb: '{text}'"))
    assert [(diagnostic.severity, diagnostic.span.line) for diagnostic in found] == [("note", 1)]


@pytest.mark.parametrize("text", ["2027-03-31", "note", "a:b", "10:75", "r01"])
def test_ordinary_texts_get_none(text: str) -> None:
    """Dates and words are what people expect them to be."""
    assert parse_yaml(SourceText("a.yml", f"a: {text}"))[1] == ()


def test_places() -> None:
    """Any value and key can be found again by its path; what is missing gives its nearest parent."""
    document, _ = parse_yaml(SourceText("a.yml", "list:\n  - name: one\n  - name: two\n"))
    assert str(document.span(("list", 1, "name"))) == "a.yml:3:11"
    assert str(document.span(("list", 1, "name"), key=True)) == "a.yml:3:5"
    assert str(document.span(("list", 1, "missing"))) == "a.yml:3:5"
    assert document.span(("list", 1, "name")).width == 3


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xff\xfea\x00", "UTF-16"),
        (b"a: caf\xe9", "0xe9"),
        (b"a: \x00", "U+0000"),
        (b"a: \x1b[0m", "U+001B"),
        (b"x" * 4_000_001, "bytes"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, message: str) -> None:
    """Only UTF-8 without control characters is text."""
    source, found = decode("a.yml", raw)
    assert source is None
    assert message in found[0].message


def test_byte_order_mark_and_windows_line_ends() -> None:
    """Files saved on Windows are read."""
    source, found = decode("a.yml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert not found
    assert source is not None
    assert parse_yaml(source)[0].value == {"a": 1, "b": 2}
