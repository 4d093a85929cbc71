"""Where the values of a YAML file stand, in numbers: small enough to be sent from one process to another."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

import yaml

from pmogen.diagnostics import Span

_NUMBERS = 5
"""Numbers for each node, in the order in which they stand in the file, keys and values alike: line and column of the
begin, line and column of the end, and how many nodes it is with all below it; negative for a block, which ends with its
last line."""


@dataclass(frozen=True)
class Marks:
    """The places of a file without mistakes, in which the keys of each mapping differ."""

    numbers: array[int]
    _first: dict[int, list[int]] = field(default_factory=dict, compare=False, repr=False)

    def span(self, name: str, at: int) -> Span:
        """The place of a node, in a file with this name."""
        begin = at * _NUMBERS
        line, column, last_line, last_column = self.numbers[begin : begin + 4]
        return Span(name, line + 1, column + 1, max(1, last_column - column) if line == last_line else 1)

    def last_line(self, at: int) -> int:
        """The last line of a node."""
        begin = at * _NUMBERS
        line, last = self.numbers[begin], self.numbers[begin + 2]
        return max(line + 1, last if self.numbers[begin + 4] < 0 else last + 1)

    def step(self, at: int, value: Any, part: str | int) -> tuple[int, int, Any] | None:
        """The key's node, the node and the value of an entry of the value at a node; None where there is none."""
        if isinstance(value, dict):
            for position, key in enumerate(value):
                if key == str(part):
                    keyed = self._below(at, 2 * len(value))[2 * position]
                    return keyed, keyed + 1, value[key]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            node = self._below(at, len(value))[part]
            return node, node, value[part]
        return None

    def _below(self, at: int, count: int) -> list[int]:
        """The nodes right below one, of which there are so many."""
        found = self._first.get(at)
        if found is None:
            found, node = [], at + 1
            for _ in range(count):
                found.append(node)
                node += abs(self.numbers[node * _NUMBERS + 4])
            self._first[at] = found
        return found


def marks_of(root: yaml.Node) -> Marks:
    """The places of all nodes of a composed file."""
    numbers: list[int] = []
    _note(root, numbers)
    return Marks(array("i", numbers))


def _note(node: yaml.Node, numbers: list[int]) -> None:
    start, end = node.start_mark, node.end_mark
    begin = len(numbers)
    numbers += (start.line, start.column, end.line, end.column, 1)
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            _note(key, numbers)
            _note(child, numbers)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _note(child, numbers)
    count = (len(numbers) - begin) // _NUMBERS
    numbers[begin + 4] = -count if is_block(node) else count


def is_block(node: yaml.Node) -> bool:
    """Whether the node ends where the next line begins."""
    if isinstance(node, yaml.ScalarNode):
        return node.style in ("|", ">")
    return not getattr(node, "flow_style", False)
