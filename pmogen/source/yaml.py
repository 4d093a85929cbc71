"""Strict YAML 1.2 on PyYAML's C composer: plain values out, places looked up only when needed.

No tags, anchors, aliases, merge keys or duplicate keys; limits on size, depth and number of values,
checked before the C parser can overflow its stack. What YAML 1.1 would turn into something else
(`no`, `12:30`, `010`, dates) stays text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from pmogen.diagnostics import Diagnostic, Span
from pmogen.language import N_, _, grouped
from pmogen.source.marks import Marks, is_block
from pmogen.source.text import CONTROL, SourceText

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # PyYAML without its C part: same result, ten times slower
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]  # stands in for the C class
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


MAX_DEPTH = 40
MAX_VALUES = 400_000
MAX_ENTRIES = 20_000
"""Entries of one list or keys of one mapping."""
MAX_SCALAR = 200_000
_PARSER_DEPTH = 200

_BOOL = "tag:yaml.org,2002:bool"
_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_NULL = "tag:yaml.org,2002:null"
_STR = "tag:yaml.org,2002:str"
_SEQ = "tag:yaml.org,2002:seq"
_MAP = "tag:yaml.org,2002:map"
_REFUSED = "pmogen:refused"

_WORDS_OF_YAML_1_1 = {"yes", "no", "on", "off", "y", "n"}
_LONGEST_WORD = max(map(len, _WORDS_OF_YAML_1_1))
_BEGIN_NUMBERS = "-+0123456789"
_TIME = re.compile(r"[-+]?[0-9]{1,2}(?::[0-5][0-9]){1,2}(?:\.[0-9]*)?")
_UNDERSCORES = re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?")


_IMPLICIT: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
"""The scalars of the YAML 1.2 core schema, and those that are refused as they surprise, by the first character."""

for _tag, _pattern, _firsts in (
    (_BOOL, r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    (_INT, r"[-+]?(?:0|[1-9][0-9]{0,17})$", "-+0123456789"),
    (_FLOAT, r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?$", "-+.0123456789"),
    (_NULL, r"(?:~|null|Null|NULL|)$", ("~", "n", "N", "")),
    (
        _REFUSED,
        r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?[0-9]{19,}|<<|=|[-+]?0[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+)$",
        "-+.0123456789<=",
    ),
):
    for _first in _firsts:
        _IMPLICIT[_first] = (*_IMPLICIT.get(_first, ()), (_tag, re.compile(_pattern)))


class _Loader(_Parser):
    """The composer, with the tags that values have by themselves: it asks for that of each."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """The tag of a value; `implicit` says first whether it is plain, so that it may be no text."""
        if kind is not yaml.ScalarNode:
            return _SEQ if kind is yaml.SequenceNode else _MAP
        if implicit[0]:
            for tag, pattern in _IMPLICIT.get(value[:1], ()):
                if pattern.match(value):
                    return tag
        return _STR

    def descend_resolver(self, parent: yaml.Node | None, index: Any) -> None:
        """Nothing depends on where a value stands."""

    def ascend_resolver(self) -> None:
        """As for `descend_resolver`."""


@dataclass(frozen=True)
class Document:
    """A YAML file: its value in plain Python, and the way to find places in it.

    Equality looks at the text only, so that the same input gives equal values.
    """

    source: SourceText
    value: Any = field(compare=False)
    nodes: yaml.Node | None = field(compare=False, repr=False)
    marks: Marks | None = field(default=None, compare=False, repr=False)
    """The places of a document without mistakes, where its nodes are not at hand."""

    @property
    def name(self) -> str:
        """Name of the file, as people see it."""
        return self.source.name

    @cached_property
    def root(self) -> yaml.Node | None:
        """The nodes of the values."""
        return self.nodes if self.marks is None else _composed(self.source.text)

    def span(self, path: tuple[str | int, ...], key: bool = False) -> Span:
        """The place of the deepest value on the path that exists (with `key`, of its key)."""
        if self.marks is not None:
            return self._marked(self.marks, path, key=key)
        node, mark_of = self.root, self.root
        for part in path:
            step = _step(node, part)
            if step is None:
                continue
            mark_of, node = step if key and part == path[-1] else (step[1], step[1])
        return _span_of(self.name, mark_of)

    def _marked(self, marks: Marks, path: tuple[str | int, ...], *, key: bool) -> Span:
        node, mark_of, value = 0, 0, self.value
        for part in path:
            step = marks.step(node, value, part)
            if step is not None:
                keyed, node, value = step
                mark_of = keyed if key and part == path[-1] else node
        return marks.span(self.name, mark_of)

    def last_line(self, path: tuple[str | int, ...]) -> int:
        """The last line of the deepest value on the path that exists."""
        if self.marks is not None:
            at, value = 0, self.value
            for part in path:
                found = self.marks.step(at, value, part)
                _, at, value = found or (at, at, value)
            return self.marks.last_line(at)
        node = self.root
        for part in path:
            step = _step(node, part)
            node = step[1] if step else node
        if node is None:
            return 1
        last: int = node.end_mark.line
        return max(node.start_mark.line + 1, last if is_block(node) else last + 1)


def _step(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        name = str(part)
        return next(((key, value) for key, value in node.value if key.value == name), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _span_of(name: str, node: yaml.Node | None) -> Span:
    if node is None:
        return Span(name)
    start, end = node.start_mark, node.end_mark
    width = max(1, end.column - start.column) if start.line == end.line else 1
    return Span(name, start.line + 1, start.column + 1, width)


def parse_yaml(source: SourceText) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The document in a text, and everything about its YAML that is wrong (PMO002).

    A text that is no YAML at all gives an empty document and one diagnostic.
    """
    problem = _too_deep(source)
    if problem is not None:
        return Document(source, None, None), (problem,)
    try:
        root = _composed(source.text)
    except yaml.MarkedYAMLError as error:
        return Document(source, None, None), (_syntax(source, error),)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        first = (str(error) or type(error).__name__).splitlines()[0]
        return Document(source, None, None), (_wrong(Span(source.name), first),)
    builder = _Builder(source)
    value = builder.value(root, 0) if root is not None else None
    return Document(source, value, root), tuple(builder.found)


def _composed(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        root: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return root


def _wrong(place: Span, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic("PMO002", "error", message, place, hint)


_IN_PLAIN_WORDS = (
    (
        "mapping values are not allowed",
        N_("there is a colon where none can be"),
        N_("put the text into quotes if it contains ': '"),
    ),
    (
        "could not find expected ':'",
        N_("a line is neither `key: value` nor a list entry"),
        N_("check the line above for a missing colon"),
    ),
    (
        "did not find expected key",
        N_("the indentation does not fit the lines above"),
        N_("align it with the key above"),
    ),
    (
        "did not find expected '-' indicator",
        N_("the indentation does not fit the list above"),
        N_("align it with the `-` above"),
    ),
    ("found character '\\t'", N_("a tab is used for indentation"), N_("use spaces")),
    (
        "found character that cannot start any token",
        N_("this character cannot start a value"),
        N_("put the text into quotes"),
    ),
    ("while scanning a quoted scalar", N_("a quotation mark is not closed"), N_("add the closing quotation mark")),
    (
        "did not find expected ',' or ']'",
        N_("a `[` is not closed"),
        N_("close it with `]`, or put the text into quotes"),
    ),
    (
        "did not find expected ',' or '}'",
        N_("a `{` is not closed"),
        N_("close it with `}`, or put the text into quotes"),
    ),
    ("found unexpected end of stream", N_("a quotation mark or bracket is not closed"), N_("close it")),
    (
        "did not find expected node content",
        N_("a value is missing here, or a bracket is not closed"),
        N_("close it, or put text into quotes"),
    ),
    ("expected a single document", N_("there is more than one document in the file"), N_("delete the line with `---`")),
    ("found undefined alias", N_("an alias (*name) is not allowed"), N_("write the value out")),
)


def _syntax(source: SourceText, error: yaml.MarkedYAMLError) -> Diagnostic:
    # A bracket that is not closed is missed much later: its own place helps more.
    unclosed = "did not find expected ','" in (error.problem or "")
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    place = Span(source.name, mark.line + 1, mark.column + 1) if mark else Span(source.name)
    told = " ".join(part for part in (error.context, error.problem) if part) or _("the YAML cannot be read")
    if mark and source.line(mark.line + 1)[mark.column : mark.column + 1] == "\t":
        told = "found character '\\t'"
    for pattern, message, hint in _IN_PLAIN_WORDS:
        if pattern in told:
            return _wrong(place, _(message), _(hint))
    return _wrong(place, told)


def _too_deep(source: SourceText) -> Diagnostic | None:
    """Deep nesting ends the process inside the C parser, so it is found by an iterative pass over the events.

    Two cheap bounds come first: brackets in all, and leading indicators of a line.
    """
    text = source.text
    brackets = text.count("[") + text.count("{") > _PARSER_DEPTH
    if not (brackets or _INDICATORS.match(text) or _INDICATORS_BELOW.search(text)):
        return None
    depth = 0
    try:
        for event in _events(text):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _PARSER_DEPTH:
                mark = event.start_mark
                place = Span(source.name, mark.line + 1, mark.column + 1) if mark else Span(source.name)
                return _wrong(
                    place,
                    _("values are nested deeper than {limit}", limit=MAX_DEPTH),
                    _("this is not a file of pmogen"),
                )
    except (yaml.YAMLError, ValueError, OverflowError):
        return None  # the composer reports it with its place
    return None


_INDICATORS = re.compile(r"[ \-?:]{200}")
_INDICATORS_BELOW = re.compile(r"\n[ \-?:]{200}")  # not with `^`, which is tried at each character


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _Loader(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
            if isinstance(event, yaml.StreamEndEvent):
                return
    finally:
        loader.dispose()


_SCALARS: dict[str, Callable[[str], Any]] = {
    _NULL: lambda _text: None,
    _BOOL: lambda text: text[0] in "tT",
    _INT: int,
    _FLOAT: float,
}


def _surprising(text: str) -> str:
    """What older readers of YAML take a plain text for; empty when nobody would be surprised."""
    if text.lower() in _WORDS_OF_YAML_1_1:
        return _("true or false")
    if _TIME.fullmatch(text):
        return _("a time or a number to the base of 60")
    return _("a number") if _UNDERSCORES.fullmatch(text) else ""


_ANCHOR = re.compile(r"&(?<![^\W_]&)(?! )")
"""What an anchor looks like: not `R&D`, nor `R & D`."""


class _Builder:
    """Plain values from nodes; `found` collects what is wrong.

    Most files are so short that they cannot hold too many values, and have no anchors: their values need not be counted.
    """

    def __init__(self, source: SourceText) -> None:
        self.name = source.name
        self.suspicious = len(source.text) >= MAX_VALUES or _ANCHOR.search(source.text) is not None
        self.found: list[Diagnostic] = []
        self.seen: set[int] = set()
        self.count = 0

    def report(self, node: yaml.Node, message: str, hint: str = "") -> None:
        self.found.append(_wrong(_span_of(self.name, node), message, hint))

    def value(self, node: yaml.Node, depth: int) -> Any:
        may_be_beyond = self.suspicious or depth > MAX_DEPTH or len(node.value) > MAX_ENTRIES
        if may_be_beyond and self.beyond_limits(node, depth):
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.text(node) if node.tag == _STR else self.scalar(node)
        if isinstance(node, yaml.SequenceNode):
            self.plain(node, _SEQ)
            return [self.value(child, depth + 1) for child in node.value]
        self.plain(node, _MAP)
        return self.mapping(node, depth)

    def beyond_limits(self, node: yaml.Node, depth: int) -> bool:
        """True when a value is not taken over; the first one beyond a limit is reported."""
        self.count += 1
        if self.count > MAX_VALUES:
            if self.count == MAX_VALUES + 1:
                self.report(
                    node, _("more than {limit} values in one file", limit=grouped(MAX_VALUES)), _("split the file")
                )
        elif depth > MAX_DEPTH:
            self.report(node, _("values are nested deeper than {limit}", limit=MAX_DEPTH))
        elif id(node) in self.seen:
            self.report(node, _("this value is used again by an alias (*name)"), _("write it out twice"))
        elif not isinstance(node, yaml.ScalarNode) and len(node.value) > MAX_ENTRIES:
            self.report(
                node,
                _(
                    "{entries} entries in one place, more than {limit}",
                    entries=grouped(len(node.value)),
                    limit=grouped(MAX_ENTRIES),
                ),
                _("split the file"),
            )
        else:
            self.seen.add(id(node))
            return False
        return True

    def plain(self, node: yaml.Node, tag: str) -> None:
        if node.tag != tag:
            self.report(node, _("the tag {tag} is not allowed", tag=node.tag), _("delete the tag"))

    def mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag != _STR:
                self.report(
                    key, _("the key {key} is not text", key=repr(getattr(key, "value", ""))), _("put it into quotes")
                )
                self.value(child, depth + 1)
                continue
            name = key.value
            if name in result:
                self.report(key, _("the key `{key}` is given twice", key=name), _("keep one of them"))
            result[name] = self.value(child, depth + 1)
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        construct = _SCALARS.get(node.tag)
        if construct is not None:
            value = construct(node.value)
            if isinstance(value, float) and math.isinf(value):
                self.report(node, _("the number is too large"))
            return value
        if node.tag == _REFUSED:
            self.report(
                node,
                _("{text} could be read in several ways", text=repr(node.value[:40])),
                _("put it into quotes if it is text"),
            )
        else:
            self.report(node, _("the tag {tag} is not allowed", tag=node.tag), _("delete the tag"))
        return node.value

    def text(self, node: yaml.ScalarNode) -> str:
        text: str = node.value
        control = CONTROL.search(text) if node.style == '"' else None  # only there escapes mean something
        if control:
            self.report(
                node,
                _("control character {code} in the text", code=f"U+{ord(control.group()):04X}"),
                _("delete the escape"),
            )
        if len(text) > MAX_SCALAR:
            self.report(
                node, _("the text is longer than {limit} characters", limit=grouped(MAX_SCALAR)), _("shorten it")
            )
        may_surprise = not node.style and (len(text) <= _LONGEST_WORD or text[0] in _BEGIN_NUMBERS)
        if may_surprise and (meant := _surprising(text)):
            message = _("`{text}` is read as text, not as {meant}", text=text, meant=meant)
            hint = _("put it into quotes, so that nobody has to wonder")
            self.found.append(Diagnostic("PMO003", "note", message, _span_of(self.name, node), hint))
        return text
