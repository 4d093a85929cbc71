"""`pmogen serve`: the site on this computer, renewed while the files change."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from pmogen.cli.build import summary
from pmogen.cli.reports.text import say, say_unexpected
from pmogen.cli.workspace import folder, report
from pmogen.language import _, ngettext


@click.command(short_help="Show the playbook in the browser, live.")
@folder
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
def serve(folder: Path, port: int) -> None:
    """Show the playbook of DIR in the browser of this computer, renewed with every change.

    Only this computer can reach it (127.0.0.1). While files have mistakes, they are listed here and the last good
    pages stay on screen. Ctrl+C ends it.
    """
    from pmogen.site.builder import builder_environment
    from pmogen.site.serve import serve as serve_site

    gc.enable()  # this one runs for long (see main)
    serve_site(folder, port, Regeneration(folder), builder_environment())


class Regeneration:
    """Makes the pages anew and reports; calling it says whether there were no mistakes.

    What goes wrong outside the files (no workspace, an edited page, ...) ends the first run; later it is shown, and the
    last good pages stay.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ran_before = False

    def __call__(self) -> bool:
        from pmogen.errors import PmogenError

        try:
            return self._run()
        except PmogenError as error:
            if not self.ran_before:
                raise
            say("error", error.message, error.hint)
        except Exception as error:  # a server that people work with does not fall over
            if not self.ran_before:
                raise
            say_unexpected(error)
        finally:
            self.ran_before = True
        return False

    def _run(self) -> bool:
        from pmogen import generate
        from pmogen.history import known_history

        generated = generate(self.folder, remember=known_history)
        report(generated.checked)
        if generated.playbook is None or generated.written is None:
            click.echo(_("the pages stay as they were until the errors are mended"))
            return False
        changed = len(generated.written.changed) + len(generated.written.removed)
        renewed = ngettext("{count} file renewed", "{count} files renewed", changed)
        click.echo(f"{summary(generated.playbook)}; {renewed}")
        return True
