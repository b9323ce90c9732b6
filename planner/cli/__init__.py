"""The command line: parse, call the pipeline, show the report.

Next to nothing is imported here, so that Ctrl-C is one line from the first moment on.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.cli.stop import hear_ctrl_c, leave_ctrl_c

if TYPE_CHECKING:
    from planner.cli.group import COMMANDS as COMMANDS
    from planner.cli.group import cli as cli


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line; an error a person can mend ends with its exit code and no traceback."""
    if args is None:
        hear_ctrl_c()
    from planner.cli.ends import run

    code = run(sys.argv[1:] if args is None else list(args))
    if args is None:
        leave_ctrl_c()
    sys.exit(code)


def __getattr__(name: str) -> Any:
    """Import the commands when somebody asks for them."""
    if name not in ("COMMANDS", "cli"):
        raise AttributeError(name)
    return getattr(import_module("planner.cli.group"), name)
