"""``magplan serve``: the workbench, a page on this machine."""

from __future__ import annotations

import click

from planner.cli.output import say
from planner.cli.stop import EXIT_STOPPED, end_now, told_of_ctrl_c
from planner.settings import read_settings

_PORT = read_settings("web.toml")["server"]["port"]
_MOST_PORT = 65_535
EXIT_KILLED = 143  # as shells give it


@click.command(name="serve", epilog="Example: magplan serve")
@click.option(
    "--port",
    type=click.IntRange(0, _MOST_PORT),
    default=_PORT,
    show_default=True,
    help="Port to listen to; 0 takes any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen to; only this machine's own are taken.",
)
@click.option("--no-open", is_flag=True, help="Print the address and open no browser.")
@click.option(
    "--demo",
    is_flag=True,
    help="Begin with three invented people and their weeks, also as files in a folder that "
    "vanishes.",
)
def command(port: int, host: str, no_open: bool, demo: bool) -> None:
    """Open a page on this machine where a week is planned, looked at and changed.

    The page asks nobody else for anything, keeps nothing once it ends, and answers only to this
    machine. Ctrl-C ends it.
    """
    from planner.web.server import check_host, serve

    check_host(host)
    say("Ctrl-C ends it.")
    try:
        with told_of_ctrl_c():
            serve(port, opens=not no_open, tell=click.echo, with_demo=demo)
    except SystemExit:
        end_now(EXIT_KILLED)
    except KeyboardInterrupt:
        pass  # which the server may also take, and just end
    end_now(EXIT_STOPPED)
