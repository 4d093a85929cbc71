"""Explanations are said in messages: what stands outside them are numbers, names, and what people wrote."""

from __future__ import annotations

import re

import pytest

from pmogen.analysis.trace import Trace
from pmogen.explain import KINDS, Explanations, aloud
from pmogen.language import speaking
from pmogen.language.english import English
from pmogen.playbook import Playbook, compute
from pmogen.source.files import read_sources
from tests.render.test_render import example
from tests.workspaces import ROOT

OPEN, CLOSE = "«", "»"


@pytest.fixture
def marked(monkeypatch) -> Playbook:
    """The example, every message within quotation marks; its plan speaks of itself, so it is made anew."""
    monkeypatch.setattr(English, "said", lambda _self, message, _context=None: f"{OPEN}{message}{CLOSE}")
    monkeypatch.setattr(
        English, "counted", lambda _self, one, many, count: f"{OPEN}{one if count == 1 else many}{CLOSE}"
    )
    return compute(example().workspace)


def outside(text: str) -> str:
    """What is left of a text without its messages, innermost first."""
    while (left := re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)) != text:
        text = left
    return text


def written() -> str:
    """All that people wrote into the example and the standard catalogue."""
    return " ".join(b"\n".join(read_sources(ROOT).files.values()).decode().split())


def test_every_word_of_an_explanation_is_in_a_message(marked):
    explanations, people = Explanations(marked), written()
    parts = (part for kind in KINDS for name in explanations.ids[kind] for part in explanations.of(kind, name).walk())
    found = {outside(text) for part in parts for text in (part.name, part.shown, part.how, *part.why)}
    words = {" ".join(text.split()).rstrip(".") for text in found if re.search("[A-Za-z]{2}", text)}
    assert not {text for text in words if not all(each in people for each in re.split("[:,;] ?", text))}


def test_every_word_of_the_arithmetic_is_in_a_message(marked):
    traces: list[Trace] = [entry.trace for entry in (*marked.levels, *marked.gaps, *marked.trends)]
    steps = [step for trace in traces for step in trace.steps]
    assert steps
    assert not [step for step in steps if outside(step)]


@pytest.mark.parametrize("kind", ["service", "wave", "roadmap"])
def test_what_is_said_aloud_is_in_messages(marked, kind):
    """Beside names of services and waves, and commands."""
    people = written()
    for name in Explanations(marked).ids[kind]:
        for line in aloud(marked.workspace, marked.plan, f"{kind}:{name}"):
            parts = (part.strip() for part in re.split("[:,(]", outside(line)))
            assert not [part for part in parts if part not in people and "--what-if" not in part], line


@pytest.mark.parametrize(
    ("code", "name", "shown"),
    [
        ("de", "Lücke bei Status reporting and visibility", "2,33 Stufen, Größe H, Priorität H"),
        ("es", "Brecha en Status reporting and visibility", "2,33 niveles, tamaño H, prioridad H"),
    ],
)
def test_an_explanation_speaks_other_languages(code, name, shown):
    with speaking(code):
        gap = Explanations(example()).of("gap", "status-visibility")
    assert (gap.name, gap.shown) == (name, shown)
