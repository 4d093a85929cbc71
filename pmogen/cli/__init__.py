"""The command line: each command reads its options, calls the pipeline and reports."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from contextlib import ExitStack
from importlib import import_module

import click

from pmogen import __version__
from pmogen.cli.reports.text import say, say_refused, say_unexpected
from pmogen.errors import PmogenError

PROBLEMS = 1
INTERRUPTED = 130

COMMANDS = (
    *("init", "check", "plan", "build", "serve", "diff", "export", "import", "explain"),
    *("decide", "handoff", "progress"),
    *("schema", "forms", "upgrade", "release", "versions", "group"),
)


class _Lazily(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is asked for: a run needs one of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._commands: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._commands[name]
        if command is None:
            of_python = "importing" if name == "import" else name
            command = self._commands[name] = getattr(import_module(f"pmogen.cli.{of_python}"), of_python)
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


@click.group(commands=_Lazily(COMMANDS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmogen", message="%(prog)s %(version)s")
def pmogen() -> None:
    """Turn what an organisation decided about its PMO, kept as YAML, into a playbook site."""


def main() -> None:
    """The program: runs the command line it was started with, and ends with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # it would look for some in everything that is installed
    gc.disable()  # a run is short, and looking for garbage among the nodes of YAML takes half of the reading
    code = run(sys.argv[1:])
    gc.freeze()  # nor is there anything to look for at the end, when all of it goes
    sys.exit(code)


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
