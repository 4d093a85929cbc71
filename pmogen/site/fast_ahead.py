"""`python -m pmogen.site.fast_ahead`: the builder of `fast`, which loads what it will need and waits to be told what to build.

It is told by one line on its standard input; when that ends without one, it ends, too.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from importlib import import_module

from pmogen.site import fast

_NEEDED = (
    *("admonition", "attr_list", "fenced_code", "tables", "toc"),
    *("pymdownx.details", "pymdownx.superfences", "pmogen.render.safe_markdown"),
    *("material.plugins.search.plugin", "material.plugins.offline.plugin", "mkdocs.config.defaults"),
)
"""What the configuration of most workspaces names."""


def main() -> None:
    """Loads, waits and builds."""
    fast.without_the_rest_of("pmogen.render")
    for name in _NEEDED:
        with suppress(ImportError):
            import_module(name if "." in name else f"markdown.extensions.{name}")
    line = sys.stdin.readline()
    if line.endswith("\n"):
        told = json.loads(line)
        os.environ.update(told["environment"])
        sys.argv = ["mkdocs", *told["arguments"]]
        fast.main()


if __name__ == "__main__":
    main()
