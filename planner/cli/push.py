"""``magplan push``: send recipes and the list of a plan to another program."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.dishes_own import dishes_option
from planner.errors import ConfigError
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in

if TYPE_CHECKING:
    from planner.handover.cooked import Handed

PROGRAMS = ("mealie", "tandoor")
PARTS = ("recipes", "list")
_SERVER = re.compile(r"https?://[^/@\s?#]+(?::\d+)?(?:/[^@\s?#]*)?")
_NEAR = re.compile(  # within a house: a name without a dot, or an address that is not routed
    r"http://(?:[^./:]+(?=[:/]|$)|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]"
    r"|[^/:]+\.(?:local|lan|home)(?=[:/]|$))"
)


@click.command(
    name="push", epilog="Example: magplan push mealie plan.json --url https://mealie.example"
)
@click.argument("program", type=click.Choice(PROGRAMS))
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option("--url", required=True, help="Address of your server.")
@click.option("--only", type=click.Choice(PARTS), help="Send recipes alone, or the list alone.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent, and ask nobody.")
@dishes_option
def command(
    program: str,
    plan_path: Path,
    url: str,
    only: str | None,
    dry_run: bool,
    dishes: tuple[Path, ...],
) -> None:
    """Send the recipes of a plan, as they are cooked, and its list to a server of yours.

    The token is read from the environment variable MEALIE_TOKEN or TANDOOR_TOKEN and goes to
    that server alone. What was sent before is recognized and not sent twice; if a push stops
    partway, it says what has arrived, and the next one picks up from there.
    """
    if not _SERVER.fullmatch(url):
        raise click.UsageError(f"--url {url!r}: write it like https://mealie.example")
    from foods.client.session import ServiceError, open_session
    from planner.cli.export import checked_week
    from planner.document.program import program_version
    from planner.handover.cooked import handed_over
    from planner.handover.push import Pushed, Server, push_all
    from planner.handover.servers import Mealie, Tandoor

    token = "" if dry_run else _token(program)
    with shopping_in(NEUTRAL):  # as `export` hands it to other programs
        handed = handed_over(checked_week(plan_path, dishes))
    parts = frozenset((only,) if only else PARTS)
    if dry_run:
        click.echo("\n".join(_would_send(program, url, handed, parts)))
        return
    if url.startswith("http://") and not _NEAR.match(url):
        click.echo("note: over http:// the token can be read on its way; use https://", err=True)
    server = Server(program, url, token, open_session(program_version()))
    taker = Mealie(server) if program == "mealie" else Tandoor(server)
    pushed = Pushed()
    try:
        push_all(taker, handed, pushed, parts)
    except (ServiceError, KeyboardInterrupt):
        for line in pushed.lines():
            click.echo(line, err=True)
        raise
    click.echo("\n".join(pushed.lines()))


def _token(program: str) -> str:
    rule = read_settings("handover.toml")[program]
    token = os.environ.get(rule["token"], "").strip()
    if not token or not (token.isascii() and token.isprintable()):
        raise ConfigError(
            "there is no token" if not token else "the token has characters that no token can have",
            "environment variable {token}".format(token=rule["token"]),
            "make one at {where}, and set the variable to it".format(where=rule["where"]),
        )
    return token


def _would_send(program: str, url: str, handed: Handed, parts: frozenset[str]) -> Iterator[str]:
    """Describe what would be asked for, line by line."""
    from planner.handover.push import address

    for one in handed.recipes if "recipes" in parts else ():
        place = address(program, url, "recipes")
        yield f"POST {place}: {one.name}"
    if "list" in parts:
        place, things = address(program, url, "lists"), len(list(handed.bought()))
        told = "POST {address}: {title}, {things} things"
        yield told.format(address=place, title=handed.title, things=things)
