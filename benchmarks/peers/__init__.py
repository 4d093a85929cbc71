"""Other generators, made to say the same as pmogen about the same services, aspects, gaps and waves."""
