"""`pmogen schema`: JSON Schemas for editors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from pmogen.cli.workspace import folder
from pmogen.language import _, ngettext


@click.command(short_help="Write JSON Schemas for editors.")
@folder
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="Folder for the schemas.")
def schema(folder: Path, out: Path | None) -> None:
    """Write JSON Schemas of all files, with the ids that exist in DIR; without --out, into DIR/schemas/.

    Where DIR is a group of offices, that is the schema of its group.yml.
    Editors complete keys and ids, explain fields and underline mistakes with them while you type.
    """
    from pmogen.site.write import replace_file

    target = out if out is not None else folder / "schemas"
    made = _schemas(folder)
    target.mkdir(parents=True, exist_ok=True)
    written = 0
    for name, text in made.items():
        path, content = target / name, text.encode()
        if not path.is_file() or path.read_bytes() != content:
            replace_file(path, content)
            written += 1
    click.echo(
        ngettext(
            "{count} schemas written, the others as they were: {folder}",
            "{count} schemas written, the others as they were: {folder}",
            written,
            folder=target,
        )
    )


def _schemas(folder: Path) -> Mapping[str, str]:
    """The schemas by file name; a workspace with errors gives no ids to choose from."""
    from pmogen import check
    from pmogen.group.settings import FILE, group_schema
    from pmogen.model.schema import schemas
    from pmogen.source.group import is_group

    if is_group(folder):
        return {f"{FILE.name}.schema.json": group_schema()}
    workspace = check(folder).workspace
    if workspace is None:
        click.echo(_("the workspace has errors (see pmogen check): the schemas are written without its ids"), err=True)
    return schemas(workspace)
