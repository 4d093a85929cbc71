"""Several offices of one group: what each reports, rolled up. Pure: nothing here reads or writes files."""
