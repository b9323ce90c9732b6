"""``magplan facts``: what sources say, where they disagree, and what follows."""

from __future__ import annotations

import click

from planner.cli.output import tell
from planner.explain.facts import facts_on, topics
from planner.export.why import facts_answer, facts_told


@click.command(name="facts", epilog="Example: magplan facts oxalate")
@click.argument("words", nargs=-1, metavar="[WORD]…")
@click.option(
    "--topic", help="A word of them, or one of: {topics}.".format(topics=", ".join(topics()))
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(words: tuple[str, ...], topic: str | None, as_json: bool) -> None:
    """List what sources say, with source, use, place and disagreement; not medical advice."""
    found = facts_on(" ".join(filter(None, (topic, *words))) or None)
    tell(as_json, lambda: facts_told(found), lambda: facts_answer(found))
