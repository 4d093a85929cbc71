"""A playbook in forms that other programs read."""

from __future__ import annotations

from pmogen.exchange.document import document_of
from pmogen.exchange.json import PLAYBOOK, SCHEMA, playbook_json, playbook_schema

__all__ = ("PLAYBOOK", "SCHEMA", "document_of", "playbook_json", "playbook_schema")
