"""The command line: each command reads its options, calls the pipeline and reports."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack

import click

from pmogen import __version__
from pmogen.cli.build import build
from pmogen.cli.check import check
from pmogen.cli.decide import decide
from pmogen.cli.diff import diff
from pmogen.cli.explain import explain
from pmogen.cli.export import export
from pmogen.cli.forms import forms
from pmogen.cli.group import group
from pmogen.cli.handoff import handoff
from pmogen.cli.importing import importing
from pmogen.cli.init import init
from pmogen.cli.plan import plan
from pmogen.cli.progress import progress
from pmogen.cli.release import release
from pmogen.cli.reports.text import say, say_refused, say_unexpected
from pmogen.cli.schema import schema
from pmogen.cli.serve import serve
from pmogen.cli.upgrade import upgrade
from pmogen.cli.versions import versions
from pmogen.errors import PmogenError

PROBLEMS = 1
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmogen", message="%(prog)s %(version)s")
def pmogen() -> None:
    """Turn what an organisation decided about its PMO, kept as YAML, into a playbook site."""


for command in (
    *(init, check, plan, build, serve, diff, export, importing, explain),
    *(decide, handoff, progress),
    *(schema, forms, upgrade, release, versions, group),
):
    pmogen.add_command(command)


def main() -> None:
    """The program: runs the command line it was started with, and ends with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # a run is short, and looking for garbage among the nodes of YAML takes half of the reading
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command. Returns 0 when all is fine, 1 when there are problems, 2 when it was called wrongly.

    This is the one place that catches what goes wrong: no traceback is ever shown, unless PMOGEN_DEBUG asks for it.
    """
    with ExitStack() as until_the_end:
        return _run(arguments, until_the_end)


def _run(arguments: Sequence[str], until_the_end: ExitStack) -> int:
    """What the command begins and what has to hold for what is said after it, the language above all, is in `until_the_end`."""
    try:
        return int(pmogen.main(list(arguments), prog_name="pmogen", standalone_mode=False, obj=until_the_end) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PmogenError as error:
        say("error", error.message, error.hint)
        return PROBLEMS
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  (Python flushes it at exit: nobody reads any more)
        return PROBLEMS
    except Exception as error:  # noqa: BLE001  (the last line: whatever it is, people get a sentence and not a traceback)
        if isinstance(error, OSError):
            say_refused(error)
        else:
            say_unexpected(error)
        return PROBLEMS
