"""`pmogen schema`: JSON Schemas for editors."""

from __future__ import annotations

from pathlib import Path

import click

from pmogen.cli.workspace import folder
from pmogen.language import _, ngettext


@click.command(short_help="Write JSON Schemas for editors.")
@folder
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="Folder for the schemas.")
def schema(folder: Path, out: Path | None) -> None:
    """Write JSON Schemas of all files, with the ids that exist in DIR; without --out, into DIR/schemas/.

    Editors complete keys and ids, explain fields and underline mistakes with them while you type.
    """
    from pmogen import check
    from pmogen.model.schema import schemas
    from pmogen.site.write import replace_file

    target = out if out is not None else folder / "schemas"
    workspace = check(folder).workspace
    if workspace is None:
        click.echo(_("the workspace has errors (see pmogen check): the schemas are written without its ids"), err=True)
    target.mkdir(parents=True, exist_ok=True)
    written = 0
    for name, text in schemas(workspace).items():
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
