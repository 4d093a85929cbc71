"""Diagnostics in the forms that people and machines read: one renderer a form, all of them pure."""
