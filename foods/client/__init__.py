"""Public services asked over the network: only ``magplan foods fetch`` comes here."""
