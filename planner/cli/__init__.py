"""The command line: parse, call the pipeline, show the report.

One module per command, imported only when that command runs, so that ``magplan --help`` does not
load a solver.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import sys
from collections.abc import Sequence

import click

from foods.errors import UserFacingError
from planner.cli.output import EXIT_NO, EXIT_STOPPED
from planner.export.page import WIDTH

COMMANDS = {
    "plan": "Plan a week of meals and print it.",
    "show": "Print a kept plan again.",
    "swap": "Rank what may stand in the place of one thing.",
    "replan": "Plan again around what stays, moving little.",
    "diff": "Say what differs between two plans.",
    "check": "Recompute a plan without the solver.",
    "targets": "Show the bands for a profile, with source and period.",
    "explain": "Say where a number comes from, row by row.",
    "facts": "List what sources say, where they disagree, and what follows.",
    "foods": "Search, show, export and prove the food table.",
    "dishes": "List and show dishes.",
    "supplements": "Show compounds and their elemental amounts.",
    "safety": "Say what the safety rules say to a profile and its medicines.",
    "basket": "Solve the classical diet problem over any table.",
    "shop": "Print the shopping list of a plan.",
    "export": "Write a plan as documents.",
    "request": "Write or check a request file.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of ``COMMANDS``."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of the command; ``None`` for an unknown one."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"planner.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their one line, importing none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is answered with the nearest known."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from foods.table import nearest_names

            near = nearest_names(name, COMMANDS)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


def _show_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """Say which version this is."""
    del param
    if wanted:
        from planner.export.as_json import program_version

        click.echo(f"magplan, version {program_version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH},
    epilog="Example: magplan plan --sex m --age 40",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Plan a week of real meals that meets a magnesium target."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line; an error a person can mend ends with its exit code and no traceback."""
    words = sys.argv[1:] if args is None else list(args)
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    """Run the command line; gives its exit code, and says what went wrong in one line."""
    try:
        code = cli.main(words, prog_name="magplan", standalone_mode=False)
        _close_output()
    except UserFacingError as error:
        return _tell(error, words)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("magplan: stopped", err=True)
        return EXIT_STOPPED
    except OSError as error:
        return _tell_unwritten(error)
    return code if isinstance(code, int) else 0


def _close_output() -> None:
    """Write what is left; only now it is known whether it could be."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    sys.stdout.flush()


def _tell(error: UserFacingError, words: Sequence[str]) -> int:
    """Say what is to be mended; a refusal as JSON too, where that was asked for."""
    from planner.cli.said import as_said

    click.echo(as_said(f"magplan: {error}", words), err=True)
    if "--json" in words and error.exit_code == EXIT_NO:
        said = {"what": error.what, "where": error.where, "remedy": error.remedy}
        click.echo(json.dumps({"status": "refused", "refused": said}, ensure_ascii=False))
    return error.exit_code


def _tell_unwritten(error: OSError) -> int:
    """Say that output went nowhere; a reader who has closed a pipe wants to hear nothing."""
    if error.errno != errno.EPIPE:
        where = error.filename or "standard output"
        click.echo(f"magplan: {where}: {error.strerror or error}", err=True)
    if sys.stdout is not None:  # what is left in it would fail again at the end of the program
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
