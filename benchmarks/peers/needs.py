"""sphinx-needs: a page of reStructuredText for each record, which holds it as a need, and a table of the services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import jinja2

from peers.facts import Facts
from peers.jinja import FOLDERS, TEMPLATES
from peers.known import Value

_CONFIGURATION = """
project = "Playbook"
extensions = ["sphinx_needs"]
html_theme = "basic"
needs_id_regex = "^[a-z0-9-]+$"
needs_types = [
    {"directive": kind, "title": kind.capitalize(), "prefix": kind, "color": "#dddddd", "style": "node"}
    for kind in ("service", "aspect", "gap", "wave")
]
"""

_INDEX = """Playbook
========

.. needtable::
   :types: service
   :columns: id, title, status

.. toctree::
   :glob:
   :maxdepth: 1

   */*
"""

_SPECIAL = re.compile(r"([\\*`|_])")
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|\{:? [^}]*\}|\*\*")


def needs(folder: Path, facts: Facts) -> None:
    """A project of sphinx-needs. It reads no YAML: what the templates say is put into its own language beforehand."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(_CONFIGURATION, "utf-8")
    (folder / "index.rst").write_text(_INDEX, "utf-8")
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=False)  # noqa: S701 (text)
    for kind, records in facts.items():
        one = kind[:-1]
        template = templates.get_template(f"{one}.md")
        (folder / FOLDERS[kind]).mkdir()
        for record in records:
            text = "\n".join(_page(one, record, template.render(**{one: record})))
            (folder / FOLDERS[kind] / f"{record['id']}.rst").write_text(text, "utf-8")


def _page(kind: str, record: Value, markdown: str) -> Iterator[str]:
    title = _plain(record["name"])
    yield from (title, "=" * len(title), "", f".. {kind}:: {title}", f"   :id: {kind}-{record['id']}")
    yield f"   :status: {record.get('decision') or record.get('status') or 'open'}"
    if wanted := ", ".join(f"service-{other['id']}" for other in record.get("requires", ())):
        yield f"   :links: {wanted}"
    yield ""
    for line in _body(markdown):
        yield f"   {line}".rstrip()
    yield ""


def _body(markdown: str) -> Iterator[str]:
    """What stands in Markdown, as reStructuredText: headings, tables, items of lists and paragraphs."""
    lines = (line.strip() for line in markdown.splitlines()[1:] if not line.startswith("| ---"))
    for shape, group in groupby(lines, _shape):
        rows = list(group)
        if shape == "|":
            yield from (".. list-table::", "")
            width = max(row.count(" | ") for row in rows)
            for row in rows:
                cells = [_plain(cell) for cell in row.strip("| ").split(" | ")]
                cells += [""] * (width + 1 - len(cells))
                yield from (f"   {'  ' if place else '* '}- {cell}" for place, cell in enumerate(cells))
        elif shape == "-":
            yield from (f"* {_plain(row[2:])}" for row in rows)
        elif shape == "#":
            for row in rows:
                yield from (f".. rubric:: {_plain(row.lstrip('#? '))}", "")
        else:
            yield from (_plain(row) for row in rows)
        yield ""


def _shape(line: str) -> str:
    if line.startswith(("##", "???")):
        return "#"
    return line[0] if line.startswith(("| ", "- ")) else ""


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _MARKUP.sub(lambda found: found[1] or "", text).strip("> "))
