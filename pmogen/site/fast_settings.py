"""The settings that pmogen writes for MkDocs, above all the navigation, read by the fast reader of PyYAML.

What people write is left to MkDocs' own reader, so that mistakes in it are told as always.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils import yaml as mkdocs_yaml

from pmogen.site.builder import INHERITED_VARIABLE

_PLAIN = mkdocs_yaml.yaml_load


def install() -> None:
    """Takes the place of the reader of inherited files, in this process."""
    mkdocs_yaml.yaml_load = settings


def settings(source: Any, loader: Any = None) -> dict[str, Any]:
    """In place of `yaml_load`."""
    if loader is None or not yaml.__with_libyaml__ or not _is_ours(source):
        return _PLAIN(source, loader)
    quick = type("Quick", (yaml.CLoader,), {"yaml_constructors": loader.yaml_constructors})
    before = source.tell()
    try:
        read: dict[str, Any] = yaml.load(source, quick)  # noqa: S506 (MkDocs' own reader, and its settings)
    except yaml.YAMLError:
        source.seek(before)
        return _PLAIN(source, loader)
    return read


def _is_ours(source: Any) -> bool:
    """Whether it is the file that pmogen names to the builder."""
    named = os.environ.get(INHERITED_VARIABLE)
    return named is not None and Path(getattr(source, "name", "")) == Path.cwd() / named
