"""Finds words of templates and code that stand outside messages, so that no translator ever sees them.

`python -m tests.language.unwrapped` lists them by file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from tests.language.words import KEYWORDS
from tests.workspaces import ROOT

_HIDDEN = "\0"
"""Stands for an expression, whatever it prints."""

_NOT_WORDS = re.compile(
    r"\{:?\s[^{}]*\}"  # attributes: { #anchor .class }
    r"|^///.*$|^(?:!!!|\?\?\?\+?)[^\"\n]*|^[ \t]*:?-+:?[ \t]*$"  # wrappers, notes, lines of tables
    r"|\]\([^)]*\)|<[/!]?[a-zA-Z][^>]*>|&[a-z]+;",  # addresses, tags, entities
    re.MULTILINE,
)
_VALUES = frozenset({'"under way"', '"only closer"', '"to be found"', '"in post"', '"hand-off"'})
"""Values of models that templates compare with."""
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]")


def in_template(path: Path) -> tuple[str, ...]:
    """Words that a template prints as they stand, and sentences in its expressions."""
    tokens = list(Environment().lex(path.read_text("utf-8")))
    text = "".join(value if kind == "data" else _HIDDEN for _, kind, value in tokens if kind != "comment")
    return (*_WORD.findall(_NOT_WORDS.sub("", _without_comments(text))), *_sentences(tokens))


def _without_comments(text: str) -> str:
    return re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)


def _sentences(tokens: list[tuple[int, str, str]]) -> Iterator[str]:
    """Texts in quotes with two words or more that are no argument of a message."""
    told = [(kind, value) for _, kind, value in tokens if kind != "whitespace"]
    calls: list[bool] = []
    for number, (kind, value) in enumerate(told):
        if kind == "operator" and value == "(":
            calls.append(number > 0 and told[number - 1][1] in KEYWORDS)
        elif kind == "operator" and value == ")" and calls:
            calls.pop()
        elif kind == "string" and _SENTENCE.search(value) and value not in _VALUES and not (calls and calls[-1]):
            yield value


def in_module(path: Path) -> tuple[str, ...]:
    """Texts of a module with two words or more that are neither messages nor docstrings; some may be for nobody to read."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {id(node) for node in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            skipped |= {id(part) for part in ast.walk(node)}
    found = (part for part in ast.walk(tree) if isinstance(part, ast.Constant) and id(part) not in skipped)
    return tuple(part.value for part in found if isinstance(part.value, str) and _SENTENCE.search(part.value))


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        for child in getattr(node, "body", []) if isinstance(getattr(node, "body", None), list) else []:
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                yield child.value


def templates() -> dict[str, Path]:
    """All templates by name."""
    folder = ROOT / "site_templates"
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.j2"))}


if __name__ == "__main__":
    for name, path in templates().items():
        for words in in_template(path):
            print(f"site_templates/{name}: {words}")  # noqa: T201 (it is for this that it is called)
    for path in sorted(ROOT.glob("pmogen/**/*.py")):
        for words in in_module(path):
            print(f"{path.relative_to(ROOT)}: {words!r}")  # noqa: T201 (the same)
