"""What slides and documents show: tables and charts of a playbook, made once."""

from __future__ import annotations
