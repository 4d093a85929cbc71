"""What can be explained, and by which ids people ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from pmogen.errors import PmogenError
from pmogen.explain import closing, gaps, hand_offs, levels, roadmap, services
from pmogen.explain.known import Known
from pmogen.explain.tree import Computed
from pmogen.language import N_, _, spoken
from pmogen.playbook import Playbook

KINDS = ("gap", "aspect", "target", "priority", "service", "wave", "audience", "hand-off", "roadmap")
"""Kinds of subjects; a bare id is looked for in this order of interest."""

SPELLINGS = {"handoff": "hand-off", "hand_off": "hand-off"}
_OF_ASPECTS = ("gap", "aspect", "target", "priority")


@dataclass(frozen=True)
class Explanations:
    """Explains the values of one playbook. What does not exist has no explanation (KeyError)."""

    playbook: Playbook

    @cached_property
    def known(self) -> Known:
        return Known(self.playbook)

    @cached_property
    def _ways(self) -> Mapping[str, Callable[[Known, str], Computed]]:
        return {
            "gap": closing.gap,
            "aspect": closing.aspect,
            "target": levels.target_level,
            "priority": gaps.priority,
            "service": services.service,
            "wave": roadmap.wave,
            "audience": roadmap.audience,
            "hand-off": hand_offs.hand_off,
            "roadmap": roadmap.costs,
        }

    @cached_property
    def ids(self) -> Mapping[str, tuple[str, ...]]:
        """Everything that can be explained, by kind."""
        known, workspace = self.known, self.playbook.workspace
        return {
            "gap": tuple(gap.aspect for gap in self.playbook.gaps if gap.kind == "gap"),
            "aspect": tuple(known.levels),
            "target": tuple(known.levels),
            "priority": tuple(known.gaps),
            "service": tuple(service.id for service in workspace.catalogue.services),
            "wave": known.in_time,
            "audience": tuple(audience.id for audience in workspace.catalogue.audiences),
            "hand-off": tuple(known.hand_offs),
            "roadmap": ("costs",),
        }

    @cached_property
    def _known_ids(self) -> Mapping[str, frozenset[str]]:
        return {kind: frozenset(ids) for kind, ids in self.ids.items()}

    def has(self, kind: str, identifier: str) -> bool:
        """Whether there is such a thing."""
        return identifier in self._known_ids[kind]

    def run_after_all(self) -> Computed:
        """FTE for running once everything in the plan is live."""
        return roadmap.run_after_all(self.known)

    def of(self, kind: str, identifier: str) -> Computed:
        """The explanation of one thing."""
        if not self.has(kind, identifier):
            raise KeyError(f"{kind}:{identifier}")
        return self._ways[kind](self.known, identifier)

    def ask(self, subject: str) -> tuple[str, Computed]:
        """The explanation of `gap:pm-skills`, or of a bare id that means one thing only; and its full name.

        Raises `PmogenError` with the likeliest names for what does not exist, or could be several things.
        """
        kind, colon, identifier = subject.partition(":")
        kind = SPELLINGS.get(kind, kind)
        if colon and kind in self.ids and identifier in self.ids[kind]:
            return f"{kind}:{identifier}", _named(self.known, kind, identifier, self.of(kind, identifier))
        found = () if colon else self._meant(subject)
        if len(found) == 1:
            return self.ask(found[0])
        if found:
            message = _("{subject} could mean {names}", subject=subject, names=_either(found))
            raise PmogenError(message, _("say which: {command}", command=f"pmogen explain {found[0]}"))
        message = _("there is nothing called {subject} to explain", subject=subject)
        raise PmogenError(message, self._hint(kind, subject, identifier))

    def _meant(self, bare: str) -> tuple[str, ...]:
        """Full names that a bare id may mean; of the four for an aspect only the widest, as it holds the others."""
        found = [kind for kind in KINDS if bare in self.ids[kind]]
        narrower = [kind for kind in found if kind in _OF_ASPECTS][1:]
        return tuple(f"{kind}:{bare}" for kind in found if kind not in narrower)

    def _hint(self, kind: str, subject: str, identifier: str) -> str:
        names = tuple(self._names())
        wanted = f"{kind}:{identifier}" if identifier else subject
        near = get_close_matches(wanted, names, 2, 0.75)
        if not near:
            bare = {name.partition(":")[2]: name for name in reversed(names)}
            near = [bare[found] for found in get_close_matches(identifier or subject, bare, 2, 0.7)]
        if near:
            return _("did you mean {near}?", near=_either(tuple(near)))
        if identifier and kind in self.ids:
            few = ", ".join(f"{kind}:{name}" for name in self.ids[kind][:5])
            return _("there are {names}", names=few) if few else _("there is no {kind} here", kind=kind)
        every = ", ".join(f"{kind}:ID" for kind in KINDS)
        return _("ask for a code such as PMO401, or for {names}", names=every)

    def _names(self) -> Iterator[str]:
        return (f"{kind}:{identifier}" for kind in KINDS for identifier in self.ids[kind])


def _either(names: tuple[str, ...]) -> str:
    (joint,) = spoken().joints(2, "or")
    return joint.join(names)


_WHOSE = {"target": N_("Target of {aspect}"), "priority": N_("Priority of {aspect}")}


def _named(known: Known, kind: str, identifier: str, found: Computed) -> Computed:
    """Targets and priorities say whose they are, when they stand alone."""
    if kind not in _WHOSE:
        return found
    return found._replace(name=_(_WHOSE[kind], aspect=known.name("aspects", identifier)))
