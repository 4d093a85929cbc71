"""Two states of a playbook in, what changed and why out. Knows neither git nor Markdown."""

from pmogen.diff.changes import Change, Key, Kind
from pmogen.diff.compare import Comparison, compare
from pmogen.diff.edits import Edit
from pmogen.diff.side import Side, side_of_json, side_of_sources

__all__ = ["Change", "Comparison", "Edit", "Key", "Kind", "Side", "compare", "side_of_json", "side_of_sources"]
