"""What pages look up in a playbook, by topic; `pmogen.render.book` has all of it."""
