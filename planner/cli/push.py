"""``magplan push``: send recipes and the list of a plan to another program."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from planner.cli.dishes_own import dishes_option
from planner.errors import ConfigError
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in

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
    from foods.client.session import open_session
    from planner.cli.export import checked_week
    from planner.document.program import program_version
    from planner.handover.cooked import handed_over
    from planner.handover.servers import LEFT, SENT, THERE, Server, push_all

    token = "" if dry_run else _token(program)
    with shopping_in(NEUTRAL):  # as `export` hands it to other programs
        handed = handed_over(checked_week(plan_path, dishes))
    parts = frozenset((only,) if only else PARTS)
    server = Server(program, url, token, open_session(program_version()))
    if dry_run:
        for recipe in handed.recipes if "recipes" in parts else ():
            click.echo(f"POST {server.address('recipes')}: {recipe.name}")
        if "list" in parts:
            told = f"{handed.title}, {len(list(handed.bought()))} things"
            click.echo(f"POST {server.address('lists')}: {told}")
        return
    if url.startswith("http://") and not _NEAR.match(url):
        click.echo("note: over http:// the token can be read on its way; use https://", err=True)
    pushed: dict[str, list[str]] = {title: [] for title in (SENT, THERE, LEFT)}
    is_whole = False
    try:
        push_all(server, handed, parts, pushed)
        is_whole = True
    finally:
        for title, names in pushed.items():
            if names:
                click.echo(f"{title} ({len(names)}): {'; '.join(names)}", err=not is_whole)


def _token(program: str) -> str:
    rule = read_settings("handover.toml")["servers"][program]
    token = os.environ.get(rule["token"], "").strip()
    if not token or not (token.isascii() and token.isprintable()):
        raise ConfigError(
            "the token has characters that no token can have" if token else "there is no token",
            f"environment variable {rule['token']}",
            f"make one at {rule['where']}, and set the variable to it",
        )
    return token
