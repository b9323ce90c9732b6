"""From request to report, for everybody at the table."""
