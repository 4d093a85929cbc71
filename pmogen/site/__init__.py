"""From pages to a site: write them with care, run a builder, serve with reload, check the result."""
