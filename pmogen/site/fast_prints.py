"""Fingerprints: what was made before is found by one of all that it was made of."""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from babel.core import Locale

from pmogen.site.trees import tree_hash

_TOOLS = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "pygments", "pymdown-extensions")


@cache
def tool_versions() -> dict[str, str]:
    """The programs that make pages."""

    def one(tool: str) -> str:
        try:
            return version(tool)
        except PackageNotFoundError:
            return ""

    return {"python": sys.version, "pmogen": tree_hash(Path(__file__).parent.parent, ".py")} | {
        tool: one(tool) for tool in _TOOLS
    }


def key_of(*parts: object) -> str | None:
    """The key of what is made of these; None when one of them is missing."""
    if None in parts:
        return None
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def fingerprint(*values: object) -> str | None:
    """A fingerprint of values; None when one of them is of a kind that has none."""
    try:
        return hashlib.sha256(json.dumps([_plain(value) for value in values], sort_keys=True).encode()).hexdigest()
    except (TypeError, ValueError, RecursionError):
        return None


def hashed(text: str | None) -> str | None:
    """The hash of a text, if there is one."""
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


def source_hash(function: Any) -> str | None:
    """The hash of the source of a function or class, if it has one."""
    try:
        return hashed(inspect.getsource(function))
    except (OSError, TypeError):
        return None


def _plain(value: Any) -> Any:
    """A value as JSON can say it, the same in every run."""
    plain: Any
    if value is None or isinstance(value, str | int | float):
        plain = value
    elif isinstance(value, Path | Locale):
        plain = str(value)
    elif isinstance(value, Mapping) or hasattr(value, "items"):
        plain = {str(key): _plain(one) for key, one in value.items()}
    elif isinstance(value, list | tuple):
        plain = [_plain(one) for one in value]
    elif isinstance(value, set | frozenset):
        plain = sorted(str(one) for one in value)
    elif inspect.isfunction(value) and value.__module__.partition(".")[0] in ("markdown", "material", "pymdownx"):
        plain = f"{value.__module__}.{value.__qualname__}"
    elif type(value).__module__.startswith("mkdocs.config") and hasattr(value, "__dict__"):
        plain = [str(value), _plain(vars(value))]
    elif hasattr(value, "patterns"):  # what is excluded
        plain = [str(getattr(one, "regex", one)) for one in value.patterns]
    else:
        message = f"no fingerprint of {type(value)}"
        raise TypeError(message)
    return plain
