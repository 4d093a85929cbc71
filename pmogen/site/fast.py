"""MkDocs with its pages made by all cores, and those that were made before taken from .cache/: the same site, sooner.

    python -m pmogen.site.fast build --strict

It is MkDocs' own command: only the two steps that it takes page by page, Markdown to HTML and HTML into the theme, are
done for all pages at once when the first is asked for. Long pages are taken apart at their headings. Whatever is not known
to be safe that way (a plugin, a hook, an extension, another MkDocs) is left to MkDocs as it is, and so is every page
that goes wrong, so that its mistakes are told as always.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import mkdocs
from mkdocs import __main__ as command
from mkdocs.commands import build

from pmogen.site import fast_blocks, fast_inline, fast_sections, fast_settings, fast_static, fast_templates
from pmogen.site.fast_cache import Cache
from pmogen.site.fast_markdown import MarkdownPages
from pmogen.site.fast_order import note_finished, order_given
from pmogen.site.fast_theme import ThemedPages

_KNOWN_MKDOCS = "1.6."
_SAFE_PLUGINS = frozenset(
    {
        "material.plugins.offline.plugin.OfflinePlugin",
        "material.plugins.search.plugin.SearchPlugin",
    }
)
_OURS = "pmogen.render.safe_markdown"
_SELDOM = 50_000
"""So many new things are worth to look for garbage among them: pages are many, and none of them is any."""
_SAFE_EXTENSIONS = frozenset(
    (
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes", "md_in_html"),
        *("nl2br", "sane_lists", "smarty", "tables", "toc"),
        *(f"pymdownx.{name}" for name in ("betterem", "caret", "critic", "details", "highlight", "inlinehilite")),
        *(
            f"pymdownx.{name}"
            for name in ("keys", "mark", "smartsymbols", "superfences", "tabbed", "tasklist", "tilde")
        ),
        _OURS,
    )
)


def main() -> None:
    """Runs MkDocs' command line."""
    without_the_rest_of("pmogen.render")
    fast_settings.install()
    plain = build.build

    def faster(config: Any, **options: Any) -> None:
        why = next(unknown(config, **options), None)
        if why is not None:
            build.log.info(f"Pages are made one after the other: {why}")
            plain(config, **options)
            return
        _build(config, plain, **options)

    build.build = faster
    gc.set_threshold(_SELDOM)
    try:
        command.cli(prog_name="mkdocs")
    except SystemExit as end:
        _end_at_once(end)


def _build(config: Any, plain: Callable[..., None], **options: Any) -> None:
    fast_blocks.install()
    fast_inline.install()
    fast_sections.install()
    root = Path(config.config_file_path).parent
    cache = Cache(root, Path(config.docs_dir).name)
    templates = fast_templates.install(config.theme, cache)
    order = order_given()
    fast_static.install(order)
    made = MarkdownPages(config, cache, build._populate_page)  # noqa: SLF001 (there is no other way in)
    themed = ThemedPages(config, cache, build._build_page, made.prints, order)  # noqa: SLF001 (there is no other way in)
    build._populate_page = made.populate  # noqa: SLF001 (there is no other way in)
    build._build_page = themed.build  # noqa: SLF001 (there is no other way in)
    went_through = False
    try:
        plain(config, **options)
        went_through = True
    finally:
        cache.save(pruned=went_through)
        templates.save()
    if order is not None:
        note_finished(Path(config.site_dir), themed.finished)


def unknown(config: Any, *, serve_url: str | None = None, dirty: bool = False) -> Iterator[str]:
    """What this build has that is not known to be safe."""
    if not mkdocs.__version__.startswith(_KNOWN_MKDOCS):
        yield f"MkDocs {mkdocs.__version__} is not known"
    if serve_url or dirty or logging.getLogger("mkdocs").getEffectiveLevel() <= logging.DEBUG:
        yield "every step is to be seen"
    if config.hooks:
        yield "there are hooks"
    if config.theme.name != "material":
        yield f"the theme {config.theme.name} is not known"
    for name, plugin in config.plugins.items():
        kind = type(plugin)
        if f"{kind.__module__}.{kind.__qualname__}" not in _SAFE_PLUGINS:
            yield f"the plugin {name} is not known"
    for name in config.markdown_extensions:
        if name not in _SAFE_EXTENSIONS:
            yield f"the extension {name} is not known"


def _end_at_once(end: SystemExit) -> None:
    """Ends the program: the system frees all it held at once, and not page by page."""
    if end.code is None or isinstance(end.code, int):
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(end.code or 0)
    raise end


def without_the_rest_of(package: str) -> None:
    """Modules of a package can be imported without the package itself, which takes a second."""
    if package not in sys.modules:
        parent, _dot, name = package.rpartition(".")
        light = ModuleType(package)
        light.__path__ = [str(Path(path, name)) for path in import_module(parent).__path__]
        sys.modules[package] = light


if __name__ == "__main__":
    main()
