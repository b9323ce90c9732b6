"""The commands, one module each, imported only when that command runs.

So ``magplan --help`` does not load a solver.
"""

from __future__ import annotations

import importlib

import click

from planner.document.program import page_width, program_version
from planner.settings import read_settings

COMMANDS = {
    "plan": "Plan a week of meals and print it.",
    "show": "Print a saved plan again.",
    "swap": "Show what could replace one item of a plan.",
    "replan": "Plan again, keeping what you name and changing little else.",
    "next": "Plan the days that follow a plan.",
    "like": "Keep how a dish of a plan was liked.",
    "note": "Keep a note of your own on a dish or a plan.",
    "undo": "Take back the last changes of a plan in a folder.",
    "batch": "Plan for many people, and go on where a run ended.",
    "sweep": "Vary one number of the request and show what changes.",
    "diff": "Show the differences between two plans.",
    "check": "Check a plan by adding it up again.",
    "improve": "Find the fewest changes to a diary that meet the targets.",
    "analyse": "Add up a food diary and show what would help most.",
    "targets": "Show a person's targets, with their sources.",
    "explain": "Explain why a plan is as it is, or where a number comes from.",
    "facts": "Show what the sources say, and where they disagree.",
    "foods": "Search, show and export the food table.",
    "dishes": "List and show dishes.",
    "supplements": "Show supplements and how much of the mineral each contains.",
    "safety": "Show which safety rules apply to a person and their medicines.",
    "basket": "Solve the classic diet problem over any food table.",
    "shop": "Print the shopping list of a plan.",
    "pantry": "Keep track of what you have at home.",
    "export": "Write a plan as documents.",
    "push": "Send recipes and the list to Mealie or Tandoor.",
    "request": "Write or check a request file.",
    "serve": "Open a page on this machine to plan and change weeks.",
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
        command: click.Command = importlib.import_module(f"planner.cli.{cmd_name}").command
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

            ways = read_settings("request/instead.toml")["commands"].get(name, ())
            near = nearest_names(name, COMMANDS)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            if ways:
                hint = " Write: {ways}".format(ways=" or ".join(f"`{way}`" for way in ways))
            wrong = f"No such command {name!r}.{hint}"
            raise click.UsageError(wrong, ctx)
        return super().resolve_command(ctx, args)


def _show_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """Describe which version this is."""
    del param
    if wanted:
        click.echo(f"magplan, version {program_version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": page_width()},
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
