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


KINDS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "decision": _decisions,
    "influence": _influences,
    "post": _posts,
    "size": _sizes,
    "stance": _stances,
    "state": _states,
    "status": _statuses,
    "way": _ways,
}
