"""Manuals of all diagnostics: for `pmogen explain`, and as a page of the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from pmogen.rules import RULES
from pmogen.rules.reading import READING, ReadingCode
from pmogen.rules.rule import Rule

Entry = Rule | ReadingCode

FAMILIES = {
    "PMO0": ("Reading", "What reading finds, before any rule runs."),
    "PMO1": (
        "References",
        "Ids that lead nowhere. These cannot be lowered: while they stand, nothing can be computed.",
    ),
    "PMO2": ("Foundation", "Who the PMO serves, why, and with what mandate."),
    "PMO3": ("Assessment", "Levels, targets, answers and agreement."),
    "PMO4": ("Gaps", "Gaps that nobody closes."),
    "PMO5": ("Services", "Entries of the catalogue that do not add up."),
    "PMO6": ("Decisions", "Decisions and hand-offs that contradict each other or the data."),
    "PMO7": ("Roadmap", "Waves, capacity, limits and pins."),
    "PMO8": ("Privacy", "What protects people."),
    "PMO9": ("Pages and wording", "Hand-written pages, and texts that will not read as they were meant."),
}


def entries() -> tuple[Entry, ...]:
    """Everything that has a code, by code."""
    return tuple(sorted((*READING, *RULES), key=lambda entry: entry.code))


def manuals() -> dict[str, str]:
    """The manual of every code."""
    return {entry.code: entry.manual for entry in entries()}


_HEAD = """<!-- Generated from pmogen/rules/. Change it there, then run: PMOGEN_UPDATE=1 pytest tests/rules -->

# What pmogen checks

Every diagnostic has a code that never changes its meaning. `pmogen explain PMO401` prints the same manual.

Errors stop a build; warnings and notes do not. A workspace may take a rule more or less seriously, with a reason,
in `content/playbook.yml`:

```yaml
rules:
  - {rule: PMO305, severity: ignore, reason: Priorities are agreed in the board minutes.}
```

Severities are `error`, `warning`, `note` and `ignore`. A single finding that is meant is allowed by a comment on its
line, or on a line of its own above it:

```yaml
  - {aspect: governance, target: 4}  # pmogen: allow PMO301 because the regulator asks for it
```

The examples below are complete changes to a small workspace; the tests run every one of them.
"""


def rules_page() -> str:
    """The page of all manuals, in Markdown."""
    parts = [_HEAD]
    for family, members in groupby(entries(), key=lambda entry: entry.code[:4]):
        name, about = FAMILIES[family]
        parts.append(f"## {name}\n\n{about}\n")
        parts += [_section(entry) for entry in members]
    return "\n".join(parts)


def _section(entry: Entry) -> str:
    heading = f"### {entry.code}: {entry.title}\n"
    body = entry.manual.split("\n", 1)[1].strip("\n") if "\n" in entry.manual else ""
    return "\n".join([heading, f"*{entry.severity}*\n", *_blocks(body), ""])


def _blocks(body: str) -> Iterator[str]:
    """The manual's text, its examples as code."""
    text, *examples = re.split(r"^(Wrong|Right):\n", body, flags=re.MULTILINE)
    if text.strip():
        yield text.strip() + "\n"
    for name, example in zip(examples[::2], examples[1::2], strict=True):
        lines = [line.removeprefix("    ") for line in example.strip("\n").split("\n")]
        yield f"{name}:\n\n```yaml\n" + "\n".join(lines) + "\n```\n"
