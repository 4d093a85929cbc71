"""What a rule is: a stable code, a severity, a manual, and a function that yields findings."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pmogen.analysis.gaps import Gap, find_gaps
from pmogen.analysis.levels import AspectLevel, levels_of
from pmogen.analysis.redundancy import Margin, margins
from pmogen.analysis.second_look import SecondLook, second_looks
from pmogen.analysis.services import Choice, choose
from pmogen.diagnostics import Diagnostic, Related, Severity, Span
from pmogen.language import _, ngettext, spoken
from pmogen.model.workspace import Workspace
from pmogen.planning.verdict import Verdict, verdict_on


@dataclass(frozen=True)
class Facts:
    """A workspace and what follows from it, computed once for all that ask: rules, and then those who make a playbook.

    What holds words is in the language that was spoken when it was begun.
    """

    workspace: Workspace
    language: str = field(default_factory=lambda: spoken().code)

    def hold_for(self, workspace: Workspace) -> bool:
        """True when they are of this very workspace, in the language that is spoken."""
        return self.workspace is workspace and self.language == spoken().code

    @cached_property
    def levels(self) -> tuple[AspectLevel, ...]:
        """Levels of the current assessment."""
        return levels_of(self.workspace, self.workspace.current)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gap register."""
        return find_gaps(self.workspace, self.levels)

    @cached_property
    def choice(self) -> Choice:
        """Candidates and how far gaps can be closed."""
        return choose(self.workspace, self.gaps)

    @cached_property
    def margins(self) -> tuple[Margin, ...]:
        """What each candidate adds to all that is offered."""
        return margins(self.workspace, self.gaps, self.choice)

    @cached_property
    def second_looks(self) -> tuple[SecondLook, ...]:
        """Decisions to look at again."""
        return second_looks(self.workspace, self.gaps, self.choice, self.margins)

    @cached_property
    def verdict(self) -> Verdict:
        """What can be said about the published plan without planning."""
        return verdict_on(self.workspace, self.gaps, self.choice)

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Where a value stands."""
        return self.workspace.places.span(*path, key=key)


@dataclass(frozen=True)
class Finding:
    """What a rule found: it knows neither its code nor how bad it is."""

    message: str
    span: Span
    hint: str = ""
    related: tuple[Related, ...] = ()


def in_figures(number: float, form: str = "g") -> str:
    """The number in a form of `format`, with the decimal sign of the language that is spoken."""
    return format(number, form).replace(".", spoken().point)


NAMED = 10
"""So many things are named in one message; more are counted."""


def first_of(names: Sequence[str], most: int = NAMED) -> str:
    """The names; where there are many, the first of them and how many more there are."""
    first, more = ", ".join(names[:most]), len(names) - most
    return ngettext("{first} and {count} more", "{first} and {count} more", more, first=first) if more > 0 else first


def first_line(manual: str) -> str:
    """What a manual begins with: a sentence."""
    return manual.split("\n", 1)[0]


def heading(manual: str) -> str:
    """The title of a manual in the language that is spoken."""
    return _(first_line(manual)).rstrip(".")


Check = Callable[[Facts], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A check with its code and severity. The manual is the docstring of the check."""

    code: str
    severity: Severity
    check: Check

    @property
    def manual(self) -> str:
        """What the rule wants, why, and an example that is wrong and one that is right."""
        return inspect.getdoc(self.check) or ""

    @property
    def title(self) -> str:
        """First line of the manual."""
        return first_line(self.manual).rstrip(".")

    @property
    def heading(self) -> str:
        """The title in the language that is spoken."""
        return heading(self.manual)

    def apply(self, facts: Facts) -> Iterator[Diagnostic]:
        """Findings as diagnostics."""
        for finding in self.check(facts):
            yield Diagnostic(self.code, self.severity, finding.message, finding.span, finding.hint, finding.related)


def rule(code: str, severity: Severity) -> Callable[[Check], Rule]:
    """Makes a rule of a check."""
    return lambda check: Rule(code, severity, check)
