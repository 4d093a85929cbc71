"""Damaged input gives diagnostics or a playbook, and never an exception."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmogen.diagnostics import Diagnostic, has_errors
from pmogen.model.load import load
from pmogen.playbook import compute
from pmogen.render import render
from pmogen.rules import check
from pmogen.site.templates import read_templates
from pmogen.source.files import Sources, read_sources
from tests.hostile.mutations import DAMAGE, damaged, mutations_of, places_in
from tests.workspaces import ROOT, SMALL, parsed

SMALL_BYTES = {name: text.encode() for name, text in SMALL.items()}
TEMPLATES = read_templates(ROOT)
EXAMPLE = read_sources(ROOT)


def outcome(files: dict[str, bytes], pages: bool = False) -> tuple[Diagnostic, ...]:
    """What is found; a workspace without errors is computed, and rendered if asked."""
    loaded = load(Sources(files))
    if loaded.workspace is None:
        assert has_errors(loaded.diagnostics)
        return loaded.diagnostics
    found = check(loaded.workspace)
    if not has_errors(found):
        playbook = compute(loaded.workspace)
        if pages:
            render(playbook, TEMPLATES)
    return found


@pytest.mark.parametrize("name", sorted(SMALL))
def test_every_damage_at_every_place(name: str) -> None:
    """The small workspace with one value damaged: every place, every kind of damage."""
    for kind, path, document in mutations_of(parsed(SMALL[name])):
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
        found = outcome({**SMALL_BYTES, name: text.encode()}, pages=kind == "odd text")
        assert all(diagnostic.message for diagnostic in found), (kind, path)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SMALL)), st.data())
def test_any_byte_changed(name: str, data: st.DataObject) -> None:
    """One byte of a file replaced, taken out or put in."""
    raw = bytearray(SMALL_BYTES[name])
    place = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(0, 255))
    how = data.draw(st.sampled_from(["replace", "delete", "insert"]))
    if how == "replace":
        raw[place] = byte
    elif how == "delete":
        del raw[place]
    else:
        raw.insert(place, byte)
    outcome({**SMALL_BYTES, name: bytes(raw)})


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["content/foundation.yml", "content/roadmap.yml", "catalog/own.yml"]), st.binary(max_size=300))
def test_any_bytes_at_all(name: str, raw: bytes) -> None:
    """A file full of noise."""
    outcome({**SMALL_BYTES, name: raw})


YAML_WORDS = ["id", "services", "answers", "waves", "true", "null", "1.5", "2027-01-31", "a", "x y", "é", "日本", "😀"]
YAML_SIGNS = ["\n  ", "\n- ", ": ", "&a ", "*a", "!!x ", "<<: ", "---\n", "...\n", "\r\n", "\u2028", "\u0085", "\ufeff"]
YAML_CHARACTERS = list("-:?[]{},#&*!|>'\"%@`~ \n\t")
YAML_NOISE = st.lists(st.sampled_from([*YAML_WORDS, *YAML_SIGNS, *YAML_CHARACTERS]), max_size=40).map("".join)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(["content/foundation.yml", "content/decisions.yml", "catalog/own.yml"]), YAML_NOISE)
def test_any_yaml_like_noise(name: str, text: str) -> None:
    """Anchors, tags, flow, odd line ends and white space in any mixture."""
    outcome({**SMALL_BYTES, name: text.encode()})


CSV_NOISE = st.lists(
    st.sampled_from(
        [
            "r1",
            "sponsors",
            "visibility",
            "2",
            "dk",
            "na",
            '"',
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            "2,5",
            "=1+1",
            "\ufeff",
            "é",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(CSV_NOISE)
def test_any_answers(noise: str) -> None:
    """Whatever stands in the answers file."""
    text = "respondent,group,aspect,current\n" + noise
    outcome({**SMALL_BYTES, "content/assessments/2027-01-31.csv": text.encode()})


CONTENT: list[tuple[str, Any]] = [
    (name, parsed(raw.decode()))
    for name, raw in sorted(EXAMPLE.files.items())
    if name.startswith("content/") and name.endswith(".yml")
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_example_with_one_damage(data: st.DataObject) -> None:
    """The example workspace with one value of its content damaged."""
    name, document = data.draw(st.sampled_from(CONTENT))
    path = data.draw(st.sampled_from(list(places_in(document))))
    broken = damaged(document, path, DAMAGE[data.draw(st.sampled_from(sorted(DAMAGE)))])
    text = yaml.safe_dump(broken, sort_keys=False, allow_unicode=True)
    files = {**EXAMPLE.files, name: text.encode()}
    loaded = load(Sources(files, EXAMPLE.standard_is))
    if loaded.workspace is not None and not has_errors(check(loaded.workspace)):
        compute(loaded.workspace)
