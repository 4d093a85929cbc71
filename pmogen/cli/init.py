"""`pmogen init`: a new workspace, from the example or nearly empty."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from pmogen.cli.workspace import next_command

STARTER = Path(__file__).resolve().parent.parent / "starter"
_HARMLESS = {".git"}


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--empty", is_flag=True, help="Only what is needed, with comments, instead of the complete example.")
def init(folder: Path, empty: bool) -> None:
    """Make a new workspace in DIR, ready to build.

    It holds the complete playbook of an invented organisation, to be changed piece by piece; with --empty, the
    smallest playbook that builds. Nothing is ever overwritten: DIR must be new or empty.
    """
    from pmogen.data import data_root

    refuse_if_occupied(folder)
    content = STARTER / "empty" / "content" if empty else data_root() / "content"
    shutil.copytree(content, folder / "content")
    shutil.copyfile(data_root() / "mkdocs.yml", folder / "mkdocs.yml")
    shutil.copyfile(STARTER / ("empty" if empty else "example") / "README.md", folder / "README.md")
    shutil.copyfile(STARTER / "gitignore", folder / ".gitignore")
    help_editors(folder)
    click.echo(f"a new playbook is in {folder.resolve()}")
    click.echo("content/ holds what your organisation says; begin with content/playbook.yml and content/foundation.yml")
    click.echo(next_command("pmogen build", folder))


def help_editors(folder: Path) -> None:
    """Writes JSON Schemas, tells VS Code which files they are for, and tells other editors in each file's first line."""
    from pmogen import check
    from pmogen.model.schema import FILE_KINDS, schemas

    (folder / "schemas").mkdir()
    for name, text in schemas(check(folder).workspace).items():
        (folder / "schemas" / name).write_text(text, encoding="utf-8", newline="\n")
    settings = {"yaml.schemas": {f"./schemas/{kind.name}.schema.json": pattern(kind.where) for kind in FILE_KINDS}}
    (folder / ".vscode").mkdir()
    text = json.dumps(settings, indent=2) + "\n"
    (folder / ".vscode" / "settings.json").write_text(text, encoding="utf-8", newline="\n")
    for kind in (kind for kind in FILE_KINDS if not kind.generated):
        for path in sorted(folder.glob(pattern(kind.where))):
            up = "../" * len(path.relative_to(folder).parent.parts)
            line = f"# yaml-language-server: $schema={up}schemas/{kind.name}.schema.json\n"
            path.write_text(line + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


def pattern(where: str) -> str:
    """Files of a kind as editors look for them: DATE stands for any name."""
    return where.replace("DATE", "*")


def refuse_if_occupied(folder: Path) -> None:
    """Raises `PmogenError`, naming what is in the way, when the folder holds anything but a git repository."""
    from pmogen.errors import PmogenError

    in_the_way = sorted(path.name for path in folder.iterdir() if path.name not in _HARMLESS) if folder.is_dir() else []
    if in_the_way:
        names = ", ".join(in_the_way[:8]) + (f" and {len(in_the_way) - 8} more" if len(in_the_way) > 8 else "")
        raise PmogenError(
            f"{folder.resolve()} is not empty: {names} would be in the way, so nothing was written",
            "name a new folder: pmogen init my-playbook",
        )
