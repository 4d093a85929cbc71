"""Reference pages in Markdown: every file, every model and every field, from the same declaration as the schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from pmogen.data import data_root
from pmogen.model.answers import NEEDED, OPTIONAL
from pmogen.model.base import ID_PATTERN
from pmogen.model.schema import FILE_KINDS, FileKind, Schema, declared, models_in
from pmogen.model.workspace import CATALOGUE_KINDS
from pmogen.source.files import Sources, read_sources
from pmogen.source.text import decode
from pmogen.source.yaml import Document, parse_yaml

_GENERATED = "<!-- Generated from pmogen/model/. Change it there, then run: make reference -->\n"

_EXAMPLES = {
    "playbook": "content/playbook.yml",
    "foundation": "content/foundation.yml",
    "assessment": "content/assessments/",
    "decisions": "content/decisions.yml",
    "roadmap": "content/roadmap.yml",
}
"""Where the example of a page comes from; the last file below a folder."""


def reference_pages() -> dict[str, str]:
    """Text of the pages of docs/reference/, by file name, with examples from the example workspace.

    Raises `PmogenError` when the example workspace is missing from the installation.
    """
    sources = read_sources(data_root())
    return {"index.md": _index()} | {f"{kind.name}.md": _page(kind, sources) for kind in FILE_KINDS}


def _index() -> str:
    rows = [f"| [{kind.name}]({kind.name}.md) | `{kind.where}` | {_cell(kind.about)} |" for kind in FILE_KINDS]
    columns = ", ".join(f"`{name}`" for name in NEEDED)
    more = ", ".join(f"`{name}`" for name in OPTIONAL)
    return f"""{_GENERATED}
# Files and fields

Everything a playbook is made from, file by file. A key that is not listed here is an error, and `pmogen check` says
which one was probably meant. `pmogen schema` writes the same as JSON Schemas, so that an editor can complete and
explain the keys while you type.

| File | Where | What it holds |
| --- | --- | --- |
{chr(10).join(rows)}

The answers of respondents stand beside their assessment in `content/assessments/DATE.csv`, one row for each
respondent and aspect, with the columns {columns} and, if you like, {more}.

## What to write

| Kind | What it is |
| --- | --- |
| text | Plain text, never markup: at most 20,000 characters; a blank line starts a new paragraph. |
| line of text | One line of plain text, at most 400 characters. |
| id | Small letters and digits, words joined by hyphens, at most 60 characters: `pm-skills`. It becomes part of page addresses, so better not change it. |
| id of ... | The id of an entry that exists, in the catalogue or in content/. |
| date | A day as year-month-day: `2027-03-31`. |
| number | With a point: `2.5`. |
| whole number | Without a point: `3`. |
| one of | One of the words, exactly as written. |
| list of ... | Entries that each start with `- `, or short ones between brackets: `[portfolio, governance]`. |
| true or false | Without quotation marks. |

A field that is not needed may be left out or left empty; lists are left out, not left empty.
"""


def _page(kind: FileKind, sources: Sources) -> str:
    schema = declared(kind, lambda reference: {"reference": reference})
    parts = [_GENERATED, f"# {kind.where}\n", f"{kind.about}\n"]
    if kind.name in _EXAMPLES:
        name, _ = [file for file in sources.files.items() if file[0].startswith(_EXAMPLES[kind.name])][-1]
        parts.append(_example(_cut(_document(sources, name)), name))
    for model in models_in(kind.model):
        whole = model is kind.model
        of_model = schema if whole else schema["definitions"][model.__name__]
        parts.append("## The file\n" if whole else f"## {_name(model.__name__)}\n\n{of_model['description']}\n")
        parts.append(_table(of_model))
        if kind.name == "catalogue" and not whole:
            parts += _example_of_entry(kind, model.__name__, schema, sources)
    return "\n".join(parts)


def _table(schema: Schema) -> str:
    rows = ["| Key | What to write | Needed | What it means |", "| --- | --- | --- | --- |"]
    for name, field in schema["properties"].items():
        default = f"no, else `{_yaml(field['default'])}`" if "default" in field else "no"
        needed = "yes" if name in schema.get("required", ()) else default
        about = field.get("description", "See there.")
        rows.append(f"| `{name}` | {_cell(_words(field))} | {needed} | {_cell(about)} |")
    return "\n".join(rows) + "\n"


_REFERENCES = {
    "aspects": "an aspect",
    "audiences": "an audience",
    "benefits": "an expected benefit",
    "dimensions": "a dimension",
    "entities": "an entity",
    "glossary": "a term",
    "questions": "a question",
    "roles": "a role",
    "services": "a service",
    "templates": "a document template",
    "waves": "a wave",
}


def _words(node: Schema) -> str:
    """What to write, in plain words."""
    if "allOf" in node:
        return _words(node["allOf"][0])
    if "$ref" in node:
        name = _name(node["$ref"].rsplit("/", 1)[1])
        return f"[{name.lower() if name[1].islower() else name}](#{name.lower().replace(' ', '-')})"
    if "anyOf" in node:
        return " or ".join(_words(branch) for branch in node["anyOf"] if branch != {"type": "null"})
    if "reference" in node:
        return f"id of {_REFERENCES[node['reference']]}"
    if "enum" in node:
        return "one of " + ", ".join(f"`{word}`" for word in node["enum"] if word is not None)
    kind = node["type"][0] if isinstance(node["type"], list) else node["type"]
    if kind == "array":
        return _list(node)
    if kind == "string":
        return _text(node)
    return "true or false" if kind == "boolean" else _number(kind, node)


def _list(node: Schema) -> str:
    low, high = node.get("minItems", 0), node.get("maxItems")
    count = f", exactly {low}" if low and low == high else f", at least {low}" if low else ""
    item = _words(node["items"])
    plural = re.sub(r"^(line|text|id|date)\b", r"\1s", item)
    return f"list of {plural}{count}" if plural != item else f"list: {item}{count}"


def _text(node: Schema) -> str:
    if node.get("format") == "date":
        return "date"
    pattern = node.get("pattern")
    if pattern is not None:
        known = {ID_PATTERN: "id"}
        return known.get(pattern, "web address" if pattern.startswith("^https") else f"text of the form `{pattern}`")
    return "line of text" if node.get("maxLength", 0) <= 400 else "text"


def _number(kind: str, node: Schema) -> str:
    name = "whole number" if kind == "integer" else "number"
    low, high, above = node.get("minimum"), node.get("maximum"), node.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f"{name} from {low} to {high}"
    bounds = (("from", low), ("above", above), ("to", high))
    return " ".join((name, *(f"{word} {bound}" for word, bound in bounds if bound is not None)))


def _name(model: str) -> str:
    """The model's name as words: ExpectedBenefit is "Expected benefit"."""
    if model in ("Kpi", "Raci"):
        return model.upper()
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f" {found[1].lower()}", model)


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, default_flow_style=True, width=1000).removesuffix("\n").removesuffix("\n...")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _example(text: str, name: str) -> str:
    return f"From {name}, each list cut to its first entry:\n\n```yaml\n{text}\n```\n"


def _example_of_entry(kind: FileKind, model: str, schema: Schema, sources: Sources) -> Iterator[str]:
    """The first entry of the catalogue with this model, if it is one of its kinds."""
    for key in ("method", *CATALOGUE_KINDS):
        if f'/{model}"' not in _yaml_of_references(schema["properties"][key]):
            continue
        for name, _ in sources.below("catalog"):
            document = _document(sources, name) if name.endswith(".yml") else None
            if document is not None and isinstance(document.value, dict) and key in document.value:
                yield _example(_cut(document, key), name)
                return


def _yaml_of_references(node: Schema) -> str:
    return "".join(f'{part}"' for part in re.findall(r"#/definitions/\w+", str(node)))


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
