"""Tests of pmogen.diff, of reading history, and of the command."""
