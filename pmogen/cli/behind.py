"""`python -m pmogen.cli.behind DIR FOLDER`: the whole site of a workspace in a folder, while `pmogen serve` shows single pages.

Says only what the site builder warns of. A file in the folder tells what the site was made from.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import click

from pmogen.cli.reports.text import say, say_unexpected
from pmogen.errors import PmogenError
from pmogen.language import speaking
from pmogen.source.language import language_of


def main(root: Path, folder: Path) -> int:
    """Writes the pages to build/ and makes the site; 1 when that cannot be done."""
    from pmogen import generate
    from pmogen.history import known_history
    from pmogen.site.behind import DONE, build_aside
    from pmogen.site.builder import epoch
    from pmogen.site.inputs import inputs_hash

    generated = generate(root, remember=known_history)
    workspace = generated.checked.workspace
    if workspace is None:
        return 1  # somebody is editing; `serve` says what is wrong
    settings = workspace.settings
    for line in build_aside(root, folder, settings.spoken, epoch(settings.as_of)):
        click.echo(line, err=True)
    (folder / DONE).write_text(inputs_hash(root, generated.checked.sources), "utf-8")
    return 0


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # pages that somebody waits for come first
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # in good order: no half files are left
    where = Path(sys.argv[1])
    with speaking(language_of(where)):
        try:
            sys.exit(main(where, Path(sys.argv[2])))
        except PmogenError as error:
            say("error", error.message, error.hint)
        except Exception as error:  # noqa: BLE001 (whatever it is, a server goes on)
            say_unexpected(error)
    sys.exit(1)
