"""What git remembers of a workspace."""
