"""A plan says the same in every language: other words, the same values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from pmogen.language import TRANSLATED, speaking
from pmogen.model.workspace import Workspace
from pmogen.planning.binding import bindings, left
from pmogen.planning.check import Kind, Violation
from pmogen.planning.names import Names
from pmogen.planning.plan import Plan, Takes, Tried
from pmogen.planning.selection import Hindrances
from pmogen.planning.verdict import told
from pmogen.planning.words import listed, more_days, person_days
from tests.planning.builders import formulated, organisation, plan, service, wave
from tests.planning.generated import generated

SEEDS = (1, 4, 5)


def tried_in(found: Plan) -> Iterator[Tried]:
    for entry in found.placements:
        yield from entry.earlier
    for absence in found.absences:
        yield from absence.tried


def takes_in(found: Plan) -> Iterator[Takes]:
    for entry in (*found.placements, *found.absences, *tried_in(found)):
        if entry.takes:
            yield entry.takes


def said(found: Plan) -> Iterator[str]:
    """Every sentence of a plan."""
    for entry in (*found.placements, *found.absences, *tried_in(found)):
        yield from entry.why
    for takes in takes_in(found):
        yield takes.words
        yield from (change.words for change in takes.changes)
    yield from found.problems
    yield from (statement.text for conflict in found.conflicts for statement in conflict)


def of_waves(workspace: Workspace, found: Plan) -> Iterator[str]:
    """What sets the pace of each wave, and what it leaves."""
    for use in found.uses:
        yield from (binding.words for binding in bindings(workspace, found, use.wave))
        yield left(found, use.wave)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_only_the_words_are_others(seed, language):
    workspace = generated(seed)
    english = plan(workspace)
    with speaking(language):
        found = plan(workspace)
    for one, other in zip(english.placements, found.placements, strict=True):
        assert (one.service, one.wave, one.work, one.pulled_by) == (
            other.service,
            other.wave,
            other.work,
            other.pulled_by,
        )
    assert [(a.service, a.code, a.by) for a in english.absences] == [(a.service, a.code, a.by) for a in found.absences]
    assert [tried.limits for tried in tried_in(english)] == [tried.limits for tried in tried_in(found)]
    assert [takes.what_if for takes in takes_in(english)] == [takes.what_if for takes in takes_in(found)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_stays_english(seed, language):
    workspace = generated(seed)
    english = plan(workspace)
    before = list(of_waves(workspace, english))
    with speaking(language):
        found = plan(workspace)
        after = list(of_waves(workspace, found))
    assert len([*said(english), *before]) == len([*said(found), *after])
    assert not {*said(english), *before} & {*said(found), *after}


def test_what_a_what_if_takes_has_a_decimal_point_in_every_language():
    with speaking("de"):
        changes = {text for takes in takes_in(plan(generated(5))) for text in takes.what_if}
    assert any("." in text for text in changes)
    assert not any("," in text for text in changes)


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("en", "A, B and C", "A, b and c; D; and E"),
        ("de", "A, B und C", "A, b and c; D; und E"),
        ("es", "A, B y C", "A, b and c; D; y E"),
    ],
)
def test_lists(language, short, long):
    with speaking(language):
        assert (listed("ABC"), listed(["A, b and c", "D", "E"])) == (short, long)
        assert (listed(["A"]), listed([])) == ("A", "")


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("de", "1 Personentag mehr für den Aufbau in der Welle Two", "2,5 Personentage"),
        ("es", "1 día-persona más para establecer en Two", "2,5 días-persona"),
    ],
)
def test_the_form_goes_with_the_number_that_is_shown(language, one, several):
    with speaking(language):
        assert (more_days("1", "Two"), person_days(25)) == (one, several)


def test_more_services_than_are_named_are_counted():
    workspace = generated(1)
    with speaking("de"):
        assert Names(workspace).services(["s01", "s02", "s03"], 1).endswith(" und 2 weitere")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It needs B, which needs C, which is declined."),
        ("de", "Sie braucht B, Voraussetzung dafür ist C (abgelehnt)."),
        ("es", "Necesita B, que necesita C (rechazado)."),
    ],
)
def test_a_chain_of_prerequisites_is_one_sentence(language, sentence):
    workspace = organisation(
        service("a", {"risk": 1}, requires=("b",)),
        service("b", {"risk": 1}, requires=("c",)),
        service("c", {"risk": 1}),
        roadmap=(wave(1),),
    )
    decisions = {"a": "offer", "b": "undecided", "c": "decline"}
    with speaking(language):
        assert Hindrances(workspace, decisions, frozenset()).of("a") == sentence


@pytest.mark.parametrize(
    ("kind", "english", "german"),
    [
        ("pinned", "`s01` is pinned to `w2`", "`s01` ist auf `w2` festgelegt"),
        (
            "build",
            "wave `w2`: building takes 2.5 of 1 person-days",
            "Welle `w2`: der Aufbau braucht 2,5 von 1 Personentagen",
        ),
        (
            "reach",
            "`s01` is built in `w2`, but building takes place in the launch wave only",
            "`s01` wird in `w2` aufgebaut, aber der Aufbau findet nur in der Welle des Starts statt",
        ),
    ],
)
def test_what_a_plan_breaks_is_told_in_every_language(kind: Kind, english, german):
    workspace = generated(1)
    limit = Fraction(1) if kind == "reach" else Fraction(10)
    broken = Violation(kind, ("s01",), 1, need=Fraction(25), limit=limit)
    problem = formulated(workspace).problem
    assert told(broken, workspace, problem) == english
    with speaking("de"):
        assert told(broken, workspace, problem) == german


def test_how_a_plan_was_found_and_how_good_it_is():
    found = plan(generated(1))
    assert found.found_by == found.engine
    with speaking("de"):
        assert found.found_by == "Listenplanung und lokale Suche"
