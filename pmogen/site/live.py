"""The live server of a site in several languages: mkdocs' own serves one tree of pages, this one all of them.

`serve` runs it as a program of its own, `python -m pmogen.site.live PORT LANGUAGE...`, in the folder of the workspace.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from pmogen.site.builder import CONFIGURATION, INHERITED_VARIABLE, Part, parts_of
from pmogen.site.finish import NOT_FOUND, with_same_page
from pmogen.site.write import BUILD
from pmogen.source.charts import PAGES_VARIABLE

HOST = "127.0.0.1"


def live(port: int, languages: tuple[str, ...]) -> None:
    """Builds and serves all pages, and once more whenever they change, until it is interrupted."""
    parts = parts_of(languages)
    folder = Path(tempfile.mkdtemp(prefix="pmogen_"))

    def build_all() -> None:
        for part in parts:
            _build(part, folder, f"http://{HOST}:{port}/")
        for page in folder.rglob("*.html"):
            name = page.relative_to(folder).as_posix()
            page.write_text(with_same_page(page.read_text("utf-8"), name, languages), "utf-8", newline="\n")

    server = LiveReloadServer(build_all, HOST, port, str(folder))
    server.error_handler = lambda code: (folder / NOT_FOUND).read_bytes() if code == 404 else None
    try:
        build_all()
        for path in (CONFIGURATION, f"{BUILD}/theme", *(path for part in parts for path in _watched(part))):
            server.watch(path)
        server.serve()  # type: ignore[no-untyped-call]  # mkdocs says no types here
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # on a terminal Ctrl+C comes twice: from there, and from `serve`
        server.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _build(part: Part, folder: Path, address: str) -> None:
    os.environ |= {INHERITED_VARIABLE: part.configuration, PAGES_VARIABLE: part.pages}
    config = load_config(site_dir=str(folder / part.below))
    config.site_url = f"{address}{part.below}"
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url=config.site_url)
    config.plugins.on_shutdown()


def _watched(part: Part) -> tuple[str, ...]:
    return part.pages, part.configuration


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)-7s -  %(message)s")
    live(int(sys.argv[1]), tuple(sys.argv[2:]))
