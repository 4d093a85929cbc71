"""Reference pages in Markdown: every file, every model and every field, from the same declaration as the schemas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from pmogen.data import data_root
from pmogen.model.answers import NEEDED, OPTIONAL
from pmogen.model.base import ID_PATTERN, LANGUAGE_PATTERN, NOT_BLANK, TALK_PATTERN
from pmogen.model.schema import FILE_KINDS, SPOKEN, FileKind, Schema, declared, for_all_engines, models_in
from pmogen.source.files import Sources, read_sources
from pmogen.source.text import decode
from pmogen.source.yaml import Document, parse_yaml

_GENERATED = """\
<!-- Generated from pmogen/model/. Change it there, then run: PMOGEN_UPDATE=1 pytest tests/model/test_reference.py -->
"""


def reference_pages() -> dict[str, str]:
    """Text of the pages of docs/reference/, by file name, with examples from the example workspace.

    Raises `PmogenError` when the example workspace is missing from the installation.
    """
    sources = read_sources(data_root())
    return {"index.md": _index()} | {f"{kind.name}.md": _page(kind, sources) for kind in FILE_KINDS}


def _index() -> str:
    files = [f"| [{kind.name}]({kind.name}.md) | `{kind.where}` | {_cell(kind.about)} |" for kind in FILE_KINDS]
    rows = "\n".join(files)
    columns = ", ".join(f"`{name}`" for name in NEEDED)
    more = ", ".join(f"`{name}`" for name in OPTIONAL)
    return f"""{_GENERATED}
# Files and fields

Everything a playbook is made from, file by file. A key that is not listed here is an error, and `pmogen check` says
which one was probably meant. `pmogen schema` writes the same as JSON Schemas, so that an editor can complete and
explain the keys while you type.

| File | Where | What it holds |
| --- | --- | --- |
{rows}

The answers of respondents stand beside their assessment in `content/assessments/DATE.csv`: one row for each
respondent and aspect, with the columns {columns} and,
if you like, {more}.

The `group.yml` of several offices with one overview is described in docs/groups.md.

## What to write

| Kind | What it is |
| --- | --- |
| text | Plain text, never markup: at most 20,000 characters; a blank line starts a new paragraph. |
| line of text | One line of plain text, at most 400 characters. |
| text, in several languages | A text or a line of text may be given once for each language of the site: `{{en: The board, de: Der Vorstand}}`. |
| line | One line that is the same in every language, at most 400 characters. |
| language | The code of a language: `de`, `pt-BR`. |
| id | Small letters and digits, words joined by hyphens, at most 60 characters: `pm-skills`. It becomes part of page addresses, so better not change it. |
| id of ... | The id of an entry that exists, in the catalogue or in content/. |
| date | A day as year-month-day: `2027-03-31`. |
| number | With a point: `2.5`. |
| whole number | Without a point: `3`. |
| one of | One of the words, exactly as written. |
| list of ... | Entries that each start with `- `, or short ones between brackets: `[portfolio, governance]`. |
| true or false | Without quotation marks. |

A field that is not needed is left out when there is nothing to say.
"""


def _page(kind: FileKind, sources: Sources) -> str:
    schema = declared(kind, lambda reference: {"reference": reference})
    parts = [_GENERATED, f"# {kind.where}\n", f"{kind.about}\n"]
    if kind.name == "catalogue":
        del schema["required"]
        parts.append("What is needed is what a new entry needs; a change of an entry needs only its `id`.\n")
    else:
        name = _files(sources, kind.where)[-1]
        parts.append(_example(f"From {name}, each list cut to its first entry:", _cut(_document(sources, name))))
    parts += ["## The file\n", _table(schema, schema)]
    for model in models_in(kind.model):
        if model is not kind.model:
            of_model = schema["definitions"][model.__name__]
            parts += [f"## {_name(model.__name__)}\n", f"{of_model['description']}\n", _table(of_model, schema)]
            if kind.name == "catalogue":
                parts += _example_of_entry(model.__name__, schema, sources)
    return "\n".join(parts)


def _files(sources: Sources, where: str) -> list[str]:
    """Names of the example's files of a kind, the newest assessment last."""
    below = sources.below(where.partition("/")[0])
    form = re.escape(where).replace("DATE", r"[0-9-]+").replace(r"\*\*/\*", ".+")
    return [name for name, _ in below if re.fullmatch(form, name)]


def _table(of_model: Schema, whole: Schema) -> str:
    rows = ["| Key | What to write | Needed | What it means |", "| --- | --- | --- | --- |"]
    for name, field in of_model["properties"].items():
        default = f"no, else `{_yaml(field['default'])}`" if "default" in field else "no"
        needed = "yes" if name in of_model.get("required", ()) else default
        about = field.get("description") or whole["definitions"][_target(field)]["description"]
        rows.append(f"| `{name}` | {_cell(_words(field))} | {needed} | {_cell(about)} |")
    return "\n".join(rows) + "\n"


def _target(node: Schema) -> str:
    """Name of the model that a field, or each entry of a list, holds."""
    inner = node.get("items", node)
    reference: str = inner.get("allOf", [inner])[0].get("$ref", "")
    return reference.rsplit("/", 1)[-1]


def _words(node: Schema) -> str:
    """What to write, in plain words."""
    by_keyword = next((_KEYWORDS[name] for name in _KEYWORDS if name in node), None)
    kind = node.get("type", "")
    return (by_keyword or _TYPES[kind[0] if isinstance(kind, list) else kind])(node)


def _link(node: Schema) -> str:
    name = _name(_target(node))
    return f"[{name.lower() if name[1].islower() else name}](#{name.lower().replace(' ', '-')})"


def _either(node: Schema) -> str:
    if any(_target(branch) in SPOKEN for branch in node["anyOf"]):
        return "line of text" if node["anyOf"][0]["maxLength"] <= 400 else "text"
    return " or ".join(_words(branch) for branch in node["anyOf"] if branch != {"type": "null"})


def _one_of(node: Schema) -> str:
    return "one of " + ", ".join(f"`{word}`" for word in node["enum"] if word is not None)


def _id_of(node: Schema) -> str:
    return f"id of {_REFERENCES[node['reference']][0]}"


_REFERENCES = {
    "aspects": ("an aspect", "aspects"),
    "audiences": ("an audience", "audiences"),
    "benefits": ("an expected benefit", "expected benefits"),
    "dimensions": ("a dimension", "dimensions"),
    "entities": ("an entity", "entities"),
    "glossary": ("a term", "terms"),
    "questions": ("a question", "questions"),
    "roles": ("a role", "roles"),
    "services": ("a service", "services"),
    "templates": ("a document template", "document templates"),
    "waves": ("a wave", "waves"),
}


def _list(node: Schema) -> str:
    low, high = node.get("minItems", 0), node.get("maxItems")
    count = f", exactly {low}" if low and low == high else f", at least {low}" if low else ""
    items = node["items"]
    if "reference" in items:
        return f"list of ids of {_REFERENCES[items['reference']][1]}{count}"
    item = _words(items)
    return f"list of {item.replace('line', 'lines', 1)}{count}" if item == "line of text" else f"list: {item}{count}"


def _text(node: Schema) -> str:
    if node.get("format") == "date":
        return "date"
    pattern = node.get("pattern")
    if pattern is not None:
        known = {
            ID_PATTERN: "id",
            LANGUAGE_PATTERN: "language",
            for_all_engines(TALK_PATTERN): "web or mail address",
            for_all_engines(NOT_BLANK): "line",
        }
        return known.get(pattern, "web address" if pattern.startswith("^https") else f"text of the form `{pattern}`")
    return "line"


def _number(node: Schema) -> str:
    name = "whole number" if "integer" in node["type"] else "number"
    low, high, above = node.get("minimum"), node.get("maximum"), node.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f"{name} from {low} to {high}"
    bounds = (("from", low), ("above", above), ("to", high))
    return " ".join((name, *(f"{word} {bound}" for word, bound in bounds if bound is not None)))


_KEYWORDS: dict[str, Callable[[Schema], str]] = {
    "allOf": _link,
    "$ref": _link,
    "anyOf": _either,
    "reference": _id_of,
    "enum": _one_of,
}
_TYPES: dict[str, Callable[[Schema], str]] = {
    "array": _list,
    "string": _text,
    "boolean": lambda _: "true or false",
    "integer": _number,
    "number": _number,
}


_NAMES = {"BlackOut": "Black-out", "HandOff": "Hand-off", "Kpi": "KPI", "Raci": "RACI"}


def _name(model: str) -> str:
    """The model's name as words: ExpectedBenefit is "Expected benefit"."""
    return _NAMES.get(model) or re.sub(r"(?<=[a-z])([A-Z])", lambda found: f" {found[1].lower()}", model)


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, default_flow_style=True, width=1000).removesuffix("\n").removesuffix("\n...")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _example(told: str, text: str) -> str:
    return f"{told}\n\n```yaml\n{text}\n```\n"


def _example_of_entry(model: str, schema: Schema, sources: Sources) -> Iterator[str]:
    """The first entry of the catalogue with this model, if it is the model of one of its kinds."""
    key = next((name for name, field in schema["properties"].items() if _target(field) == model), None)
    for name in _files(sources, "catalog/**/*.yml") if key else ():
        document = _document(sources, name)
        if isinstance(document.value, dict) and key in document.value:
            told = f"From {name}:" if key == "method" else f"The first entry in {name}:"
            yield _example(told, _cut(document, key))
            return


def _document(sources: Sources, name: str) -> Document:
    source, _ = decode(name, sources.files[name])
    if source is None:
        raise ValueError(f"{name} of the example is not UTF-8")
    return parse_yaml(source)[0]


def _cut(document: Document, only: str | None = None) -> str:
    """The lines of a file with the first entry of each list; with `only`, those of one key."""
    lines = document.source.text.splitlines()
    pairs = document.root.value if isinstance(document.root, yaml.MappingNode) else []
    starts = [key.start_mark.line for key, _ in pairs] + [len(lines)]
    kept: list[str] = []
    for (key, value), start, end in zip(pairs, starts, starts[1:], strict=False):
        if only in (None, key.value):
            block = isinstance(value, yaml.SequenceNode) and not value.flow_style and len(value.value) > 1
            part = lines[start : value.value[1].start_mark.line if block else end]
            while part and (not part[-1].strip() or part[-1].lstrip().startswith("#")):
                part.pop()
            kept += part
    return "\n".join(kept)
