"""Words of the models as people read them, in the language that is spoken: `word("state", "open")`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmogen.language import pgettext


def word(kind: str, value: str) -> str:
    """What people call a value of this kind; the value itself where none of `KINDS` knows it."""
    return KINDS[kind]().get(value, value)


def _states() -> Mapping[str, str]:
    return {
        "known": pgettext("state of an answer", "known"),
        "assumed": pgettext("state of an answer", "assumed"),
        "open": pgettext("state of an answer", "open"),
    }


def _decisions() -> Mapping[str, str]:
    return {
        "offer": pgettext("decision on a service", "offered"),
        "decline": pgettext("decision on a service", "declined"),
        "defer": pgettext("decision on a service", "deferred"),
        "undecided": pgettext("decision on a service", "undecided"),
    }


def _statuses() -> Mapping[str, str]:
    return {
        "proposed": pgettext("status of a hand-off", "proposed"),
        "agreed": pgettext("status of a hand-off", "agreed"),
        "under way": pgettext("status of a hand-off", "under way"),
        "done": pgettext("status of a hand-off", "done"),
        "refused": pgettext("status of a hand-off", "refused"),
        "finished": pgettext("status of a wave", "finished"),
        "running": pgettext("status of a wave", "running"),
        "planned": pgettext("status of a wave", "planned"),
    }


def _sizes() -> Mapping[str, str]:
    return {
        "L": pgettext("size of a gap, or its priority", "low"),
        "M": pgettext("size of a gap, or its priority", "medium"),
        "H": pgettext("size of a gap, or its priority", "high"),
    }


def _loads() -> Mapping[str, str]:
    return {
        "low": pgettext("change for a group", "low"),
        "medium": pgettext("change for a group", "medium"),
        "high": pgettext("change for a group", "high"),
    }


def _bands() -> Mapping[str, str]:
    """The first letter of what each band is called, small but for a black-out."""
    return {
        "calm": pgettext("letter of a change load: calm", "c"),
        "busy": pgettext("letter of a change load: busy", "b"),
        "full": pgettext("letter of a change load: full", "f"),
        "over": pgettext("letter of a change load: over the limit", "o"),
        "black-out": pgettext("letter of a change load: black-out", "X"),
    }


def _influences() -> Mapping[str, str]:
    return {
        "low": pgettext("influence of a stakeholder", "low"),
        "medium": pgettext("influence of a stakeholder", "medium"),
        "high": pgettext("influence of a stakeholder", "high"),
    }


def _stances() -> Mapping[str, str]:
    return {
        "sponsor": pgettext("stance of a stakeholder", "sponsor"),
        "supporter": pgettext("stance of a stakeholder", "supporter"),
        "neutral": pgettext("stance of a stakeholder", "neutral"),
        "sceptic": pgettext("stance of a stakeholder", "sceptic"),
        "opponent": pgettext("stance of a stakeholder", "opponent"),
    }


def _posts() -> Mapping[str, str]:
    return {
        "in post": pgettext("state of a position", "in post"),
        "agreed": pgettext("state of a position", "agreed"),
        "to be found": pgettext("state of a position", "to be found"),
    }


def _ways() -> Mapping[str, str]:
    return {
        "fully": pgettext("how a gap is closed", "fully"),
        "partly": pgettext("how a gap is closed", "partly"),
        "hand-off": pgettext("how a gap is closed", "not by the PMO"),
        "accepted": pgettext("how a gap is closed", "accepted"),
        "open": pgettext("how a gap is closed", "open"),
    }


def _things() -> Mapping[str, str]:
    return {
        "aspect": pgettext("what has an id", "aspect"),
        "audience": pgettext("what has an id", "audience"),
        "customer": pgettext("what has an id", "customer"),
        "dimension": pgettext("what has an id", "dimension"),
        "entity": pgettext("what has an id", "entity"),
        "expected-benefit": pgettext("what has an id", "expected benefit"),
        "figure": pgettext("what has an id", "figure"),
        "function": pgettext("what has an id", "function"),
        "gap": pgettext("what has an id", "gap"),
        "hand-off": pgettext("what has an id", "hand-off"),
        "practice": pgettext("what has an id", "practice"),
        "problem": pgettext("what has an id", "problem"),
        "question": pgettext("what has an id", "question"),
        "role": pgettext("what has an id", "role"),
        "service": pgettext("what has an id", "service"),
        "template": pgettext("what has an id", "template"),
        "term": pgettext("what has an id", "term"),
        "wave": pgettext("what has an id", "wave"),
    }


def _pasts() -> Mapping[str, str]:
    return {
        "not known": pgettext("level in an assessment", "not known"),
        "left out": pgettext("level in an assessment", "left out"),
        "not assessed": pgettext("level in an assessment", "not assessed"),
    }


KINDS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "band": _bands,
    "decision": _decisions,
    "influence": _influences,
    "load": _loads,
    "past": _pasts,
    "post": _posts,
    "size": _sizes,
    "stance": _stances,
    "state": _states,
    "status": _statuses,
    "thing": _things,
    "way": _ways,
}
