"""``python -m planner`` runs the same command line as ``magplan``."""

from planner.cli import main

main()
