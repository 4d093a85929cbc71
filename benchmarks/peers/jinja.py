"""mkdocs-macros and mkdocs-gen-files: the same Jinja templates, rendered inside of pages or by a script."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from peers.facts import Facts
from peers.known import Value

TEMPLATES = Path(__file__).with_name("templates")
FOLDERS = {"services": "services", "aspects": "assessment", "gaps": "gaps", "waves": "roadmap"}
"""Where the pages of each kind of record stand."""

_CONFIGURATION = {
    "site_name": "Playbook",
    "docs_dir": "docs",
    "use_directory_urls": False,
    "nav": [{"Home": "index.md"}, {"Whole": "whole.md"}],
    "theme": {
        "name": "material",
        "font": False,
        "features": ["navigation.tabs", "navigation.indexes", "navigation.prune", "navigation.top"],
    },
    "markdown_extensions": [
        "attr_list",
        "admonition",
        {"tables": {"use_align_attribute": True}},
        {"toc": {"permalink": True, "toc_depth": 3}},
        "pymdownx.details",
        "pymdownx.superfences",
    ],
    "validation": {"nav": {"omitted_files": "ignore"}, "links": {"not_found": "ignore", "anchors": "ignore"}},
}
"""As that of a workspace, but for what is pmogen's own. The navigation is short, as a long one would cost them most of all."""

_MARKDOWN_ONLY = {"theme": {"name": None, "custom_dir": "empty"}, "hooks": ["only_markdown.py"]}
"""MkDocs with as little of HTML as it can be brought to: pages are emptied when their Markdown is written down."""

_HOOK = '''
"""Writes the Markdown of each page down, and leaves nothing of it to be made HTML of."""

from pathlib import Path


def on_page_markdown(markdown, page, config, **_other):
    to = Path("markdown", page.file.src_uri)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(markdown, "utf-8")
    return ""
'''

_MODULES = {
    "markdown": '''
"""Gives the data to the pages, read by the faster of PyYAML's readers (`include_yaml` takes the slower one)."""

from pathlib import Path

import yaml


def define_env(env):
    for file in Path("data").glob("*.yml"):
        env.variables[file.stem] = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
''',
    "json": '''
"""Gives the data to the pages, from a form that is read in no time."""

import json
from pathlib import Path


def define_env(env):
    for file in Path("data").glob("*.json"):
        env.variables[file.stem] = json.loads(file.read_bytes())
''',
}

_SCRIPT = '''
"""Makes a page of each record."""

from pathlib import Path

import jinja2
import mkdocs_gen_files
import yaml

FOLDERS = {folders}
templates = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"))
known = {{}}
for file in Path("data").glob("*.yml"):
    known[file.stem] = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


def write(path, template, **more):
    with mkdocs_gen_files.open(path, "w") as page:
        page.write(templates.get_template(template).render(**known, **more))


for kind, folder in FOLDERS.items():
    for name, record in known[kind].items():
        write(f"{{folder}}/{{name}}.md", f"{{kind[:-1]}}.md", **{{kind[:-1]: record}})
for name in ("index", "whole"):
    write(f"{{name}}.md", f"{{name}}.md")
'''


def as_yaml(value: Value) -> str:
    """Records as YAML, each text on one line."""
    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=10_000)


def write_data(folder: Path, facts: Facts) -> None:
    """The data, as YAML and as JSON: a file for each kind, with its records by id."""
    (folder / "data").mkdir(parents=True)
    for kind, records in facts.items():
        by_id = {record["id"]: record for record in records}
        (folder / f"data/{kind}.yml").write_text(as_yaml(by_id), "utf-8")
        (folder / f"data/{kind}.json").write_text(json.dumps(by_id, default=str), "utf-8")


def macros(folder: Path, facts: Facts) -> None:
    """A project of mkdocs-macros: a page each, which takes its record and the template of its kind."""
    settings = {"include_dir": "templates", "on_error_fail": True}
    files = [{kind: f"data/{kind}.yml"} for kind in facts]
    _project(folder, facts, {"macros": {**settings, "module_name": "read_markdown"}})
    for name, module in _MODULES.items():
        (folder / f"read_{name}.py").write_text(module, "utf-8")
    _configure(folder, "json", {**_MARKDOWN_ONLY, "plugins": [{"macros": {**settings, "module_name": "read_json"}}]})
    _configure(folder, "include_yaml", {**_MARKDOWN_ONLY, "plugins": [{"macros": {**settings, "include_yaml": files}}]})
    for kind, records in facts.items():
        for record in records:
            page = folder / "docs" / FOLDERS[kind] / f"{record['id']}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            one = kind[:-1]
            page.write_text(f'{{% set {one} = {kind}["{record["id"]}"] %}}\n{{% include "{one}.md" %}}\n', "utf-8")
    for name in ("index", "whole"):
        (folder / f"docs/{name}.md").write_text(f'{{% include "{name}.md" %}}\n', "utf-8")


def gen_files(folder: Path, facts: Facts) -> None:
    """A project of mkdocs-gen-files: no pages, but a script that makes them."""
    _project(folder, facts, {"gen-files": {"scripts": ["make_pages.py"]}})
    (folder / "make_pages.py").write_text(_SCRIPT.format(folders=FOLDERS), "utf-8")


def _project(folder: Path, facts: Facts, plugin: dict[str, object]) -> None:
    write_data(folder, facts)
    shutil.copytree(TEMPLATES, folder / "templates")
    for name in ("docs", "empty"):
        (folder / name).mkdir()
    (folder / "empty/main.html").write_text("{{ page.content }}", "utf-8")
    (folder / "only_markdown.py").write_text(_HOOK, "utf-8")
    _configure(folder, "mkdocs", {"plugins": ["search", plugin]})
    _configure(folder, "markdown", {**_MARKDOWN_ONLY, "plugins": [plugin]})


def _configure(folder: Path, name: str, settings: dict[str, object]) -> None:
    text = yaml.safe_dump({**_CONFIGURATION, **settings}, sort_keys=False)
    (folder / f"{name}.yml").write_text(text, "utf-8")
