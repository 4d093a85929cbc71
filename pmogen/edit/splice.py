"""Where in the text of a file a change belongs: one stretch of characters that is replaced, and nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from pmogen.edit.written import WIDTH, Style, flow
from pmogen.source.yaml import Document

Path = tuple[str | int, ...]

_HEADER = re.compile(r"[|>][-+0-9]*")


@dataclass(frozen=True)
class Splice:
    """The characters from `start` to `end` are replaced by a text."""

    start: int
    end: int
    text: str


class Layout:
    """The text of a document with the places of its values. Raises `LookupError` and `TypeError` where a path leads nowhere."""

    def __init__(self, document: Document) -> None:
        self.text = document.source.text
        self.root = document.root
        self.style = _style_of(document.root)
        self._starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    # changes

    def put(self, path: Path, value: Any, order: Sequence[str]) -> Splice:
        """The value replaces the one at the path; where there is none it is added, in the order of keys that is given."""
        if self.root is None:
            return self._at_the_end(self.style.mapping(_nested(path, value), 0))
        chain = self._walk(path)
        missing = path[len(chain) - 1 :]
        if not missing:
            return self._replaced(chain, path, value)
        node = chain[-1]
        if isinstance(node, yaml.MappingNode) and node.value and isinstance(missing[0], str):
            return self._added(chain, missing[0], _nested(missing[1:], value), order if len(missing) == 1 else ())
        if _is_empty(node) and isinstance(missing[0], str):
            return self._replaced(chain, path[: len(chain) - 1], _nested(missing, value))
        raise LookupError(missing[0])

    def append(self, path: Path, value: Any, after: int | None) -> Splice:
        """The value becomes the last entry of the list at the path, or the one behind the entry with that number."""
        chain = self._walk(path) if self.root is not None else []
        if len(chain) <= len(path) or _is_empty(chain[-1]):
            return self.put(path, [value], ())
        node = chain[-1]
        if not isinstance(node, yaml.SequenceNode):
            raise TypeError(path[-1])
        if node.flow_style:
            at = node.value[-1 if after is None else after].end_mark.index
            return Splice(at, at, f", {flow(value)}")
        before = node.value[-1 if after is None else after]
        column = node.start_mark.column
        lines = self._like(node).item(value, column)
        if self._blank_between(node):
            lines = ["", *lines]
        return self._after_line(self._with_its_comments(self.last_line(before), column), lines)

    def delete(self, path: Path) -> Splice:
        """The entry at the path is taken out, with its key."""
        chain = self._walk(path)
        if len(chain) <= len(path):
            raise LookupError(path[-1])
        node, parent = chain[-1], chain[-2]
        if len(parent.value) == 1:
            return self._replaced(chain[:-1], path[:-1], {} if isinstance(parent, yaml.MappingNode) else [])
        first = _key_node(parent, path[-1]) if isinstance(parent, yaml.MappingNode) else node
        entries = [pair[0] if isinstance(pair, tuple) else pair for pair in parent.value]
        number = entries.index(first)
        if _in_flow(chain[:-1]):
            return self._out_of_brackets(parent, number)
        line = first.start_mark.line
        behind_dash = isinstance(parent, yaml.MappingNode) and self._line(line)[: first.start_mark.column].strip() != ""
        if behind_dash:
            return Splice(first.start_mark.index, entries[number + 1].start_mark.index, "")
        if isinstance(parent, yaml.SequenceNode):
            line = self._dash_line(first, parent)
        return self._without_lines(line, self.last_line(node))

    # places

    def last_line(self, node: Any) -> int:
        """The last line of a value, counted from 0, without the comments and blank lines behind it."""
        while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        line: int = node.end_mark.line
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            line -= node.end_mark.column == 0
            header = _HEADER.match(self.text, node.start_mark.index)
            while line > node.start_mark.line and not self._line(line).strip() and header and "+" not in header[0]:
                line -= 1
        return line

    def _line(self, number: int) -> str:
        start = self._starts[number]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]

    def _end_of_line(self, number: int) -> int:
        return self._starts[number] + len(self._line(number))

    def _walk(self, path: Path) -> list[Any]:
        """The nodes from the root along the path, as far as it leads."""
        chain: list[Any] = [self.root]
        for part in path:
            node = chain[-1]
            if isinstance(node, yaml.MappingNode) and isinstance(part, str):
                key = _key_node(node, part)
                if key is None:
                    break
                chain.append(next(value for name, value in node.value if name is key))
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
                chain.append(node.value[part])
            else:
                break
        return chain

    def _with_its_comments(self, line: int, column: int) -> int:
        """The line, or the last of the comments right below it that are indented deeper than a column."""
        while line + 1 < len(self._starts):
            below = self._line(line + 1)
            inside = len(below) - len(below.lstrip())
            if not below.lstrip().startswith("#") or inside <= column:
                break
            line += 1
        return line

    def _dash_line(self, item: yaml.Node, parent: yaml.Node) -> int:
        """The line of the dash of an entry; the entry itself may begin below it."""
        line: int = item.start_mark.line
        while line > 0 and not self._line(line)[parent.start_mark.column :].startswith("-"):
            line -= 1
        return line

    def _blank_between(self, node: yaml.SequenceNode) -> bool:
        """Whether the entries of a list stand apart, each of them."""
        lines = [self.last_line(item) + 1 for item in node.value[:-1]]
        return bool(lines) and all(not self._line(line).strip() for line in lines)

    def _like(self, node: yaml.SequenceNode) -> Style:
        """The style, an entry as far behind its dash as those that are there."""
        item = node.value[0]
        distance = item.start_mark.column - node.start_mark.column
        same_line = item.start_mark.line == node.start_mark.line
        return Style(self.style.step, self.style.dash, distance if same_line and distance > 1 else 2)

    # stretches

    def _after_line(self, line: int, lines: Sequence[str]) -> Splice:
        at = self._end_of_line(line)
        return Splice(at, at, "".join(f"\n{each}" for each in lines))

    def _at_the_end(self, lines: Sequence[str]) -> Splice:
        gap = "" if not self.text or self.text.endswith("\n") else "\n"
        return Splice(len(self.text), len(self.text), gap + "".join(f"{line}\n" for line in lines))

    def _without_lines(self, first: int, last: int) -> Splice:
        """Takes lines out, and a blank line that would stand doubled or at the end of the file."""
        last = self._with_its_comments(last, len(self._line(first)) - len(self._line(first).lstrip()))
        blank_above = first == 0 or not self._line(first - 1).strip()
        blank_below = last + 1 >= len(self._starts) or not self._line(last + 1).strip()
        if blank_above and blank_below and first > 0:
            first -= 1
        start = self._starts[first]
        if last + 1 < len(self._starts):
            return Splice(start, self._starts[last + 1], "")
        return Splice(max(0, start - 1), len(self.text), "")

    def _out_of_brackets(self, parent: yaml.Node, number: int) -> Splice:
        ends = [(pair[0], pair[1]) if isinstance(pair, tuple) else (pair, pair) for pair in parent.value]
        if number > 0:
            return Splice(ends[number - 1][1].end_mark.index, ends[number][1].end_mark.index, "")
        return Splice(ends[0][0].start_mark.index, ends[1][0].start_mark.index, "")

    def _added(self, chain: Sequence[Any], key: str, value: Any, order: Sequence[str]) -> Splice:
        """A new key in a mapping that has some."""
        mapping = chain[-1]
        before = mapping.value[-1]
        if key in order:
            earlier = set(order[: list(order).index(key)])
            before = next((pair for pair in reversed(mapping.value) if pair[0].value in earlier), before)
        if _in_flow(chain):
            at = before[1].end_mark.index
            return Splice(at, at, f", {flow({key: value})[1:-1]}")
        column = mapping.start_mark.column
        lines = self.style.entry(key, value, column)
        return self._after_line(self._with_its_comments(self.last_line(before[1]), column), lines)

    def _replaced(self, chain: Sequence[Any], path: Path, value: Any) -> Splice:
        node = chain[-1]
        if _in_flow(chain[:-1]):
            return Splice(node.start_mark.index, node.end_mark.index, flow(value))
        if len(chain) == 1:
            lines = self.style.mapping(value, 0) if isinstance(value, dict) and value else [flow(value)]
            return Splice(self._starts[node.start_mark.line], self._end_of_line(self.last_line(node)), "\n".join(lines))
        parent = chain[-2]
        keyed = isinstance(parent, yaml.MappingNode)
        column = parent.start_mark.column if keyed else parent.start_mark.column + self._like(parent).behind_dash
        key = _key_node(parent, path[-1]) if keyed else None
        start = self.text.index(":", key.end_mark.index) + 1 if key else node.start_mark.index
        room = WIDTH - (start - self._starts[self.text.count("\n", 0, start)]) - 1
        like = node.style if isinstance(node, yaml.ScalarNode) else None
        # a list in a list, or a mapping behind a dash, is written within brackets: there is no line of its own for it
        first, rest = self.style.value(value, column, room, like) if keyed else _without_key(self.style, value, column)
        first = f" {first}" if keyed and first else first
        text = "\n".join([first + self._comment(node, start), *rest])
        return Splice(start, self._end_of_line(self.last_line(node)), text)

    def _comment(self, node: yaml.Node, start: int) -> str:
        """The comment behind a value that is replaced, or behind the key where the value stands below it."""
        line = self.text.count("\n", 0, start)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            header = _HEADER.match(self.text, node.start_mark.index)
            tail = self.text[header.end() if header else start : self._end_of_line(line)]
        elif node.start_mark.line > line:
            tail = self.text[start : self._end_of_line(line)]
        else:
            tail = self.text[max(start, node.end_mark.index) : self._end_of_line(node.end_mark.line)]
        return tail.rstrip() if tail.strip().startswith("#") else ""


def _without_key(style: Style, value: Any, column: int) -> tuple[str, list[str]]:
    lines = style.item(value, column - style.behind_dash)
    return lines[0][column:], lines[1:]


def _key_node(mapping: yaml.Node, name: str | int) -> Any:
    return next((key for key, _value in mapping.value if key.value == name), None)


def _is_empty(node: Any) -> bool:
    """An empty list or mapping, or nothing at all."""
    if isinstance(node, yaml.ScalarNode):
        return bool(node.tag == "tag:yaml.org,2002:null")
    return not node.value


def _in_flow(chain: Sequence[Any]) -> bool:
    """Whether a value below these nodes stands within brackets."""
    return any(not isinstance(node, yaml.ScalarNode) and node.flow_style and node.value for node in chain)


def _nested(path: Path, value: Any) -> Any:
    for part in reversed(path):
        if not isinstance(part, str):
            raise TypeError(part)
        value = {part: value}
    return value


def _style_of(root: Any) -> Style:
    """How the file indents, by the first places that show it."""
    step = dash = behind = 0
    for parent, child in _blocks(root):
        if isinstance(parent, yaml.MappingNode):
            distance = child.start_mark.column - parent.start_mark.column
            if isinstance(child, yaml.SequenceNode):
                dash = dash or distance + 100
            else:
                step = step or distance
        elif isinstance(child, yaml.MappingNode) and child.start_mark.line == parent.start_mark.line:
            behind = behind or child.start_mark.column - parent.start_mark.column
    return Style(step or 2, dash - 100 if dash else step or 2, behind or 2)


def _blocks(root: Any) -> Iterator[tuple[Any, Any]]:
    """Block mappings and lists with those in them."""
    waiting = [root]
    while waiting:
        node = waiting.pop(0)
        if node is None or isinstance(node, yaml.ScalarNode) or node.flow_style:
            continue
        for pair in node.value:
            child = pair[1] if isinstance(pair, tuple) else pair
            if not isinstance(child, yaml.ScalarNode) and not child.flow_style and child.value:
                yield node, child
            waiting.append(child)
