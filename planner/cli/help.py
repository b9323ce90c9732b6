"""Help in groups, the flags that most people use first; options added in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

_OF_REQUEST = "*"  # where the flags of a request stand that are of the group
_GROUPS = (
    (
        "Most used",
        ("missed", "slot", "nutrients", "source", "compare", _OF_REQUEST, "preset", "day", "full",
         "out", "force", "json_wanted", "as_json"),
    ),
    ("This diary",
     ("wants_next", "changes", "ways", "meet", "chart", _OF_REQUEST,
      "matches_out")),
    ("This change", ("locks", "keep", "ban", "not_again", "anew")),
    ("Body and health", (_OF_REQUEST,)),
    ("Food", (_OF_REQUEST,)),
    ("The days", (_OF_REQUEST,)),
    ("Several people", (_OF_REQUEST,)),
    ("Targets, water and supplements", (_OF_REQUEST,)),
    ("The shops", (_OF_REQUEST,)),
    ("The search", ("effort", "alternatives", "accept", _OF_REQUEST)),
)  # fmt: skip
_REST = "Others"


class GroupedCommand(click.Command):
    """A command of many flags, whose help has them in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each group that the command has flags of; a flag of no group stands last."""
        records = {
            param.name: record
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        }
        for title, names in _GROUPS:
            rows = [records.pop(name) for name in _names_of(title, names) if name in records]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        if records:
            with formatter.section(_REST):
                formatter.write_dl(list(records.values()))


def _names_of(title: str, names: Sequence[str]) -> list[str]:
    """Name the flags of a group, those of a request in the order of its tables."""
    from planner.request.tables import WISHES

    own = [wish.name for wish in WISHES if wish.flag.group == title]
    return [each for name in names for each in (own if name == _OF_REQUEST else [name])]


def adding(*options: Callable[[Any], Any]) -> Callable[[Function], Function]:
    """Return what adds options to a command, in the order that its help shows them in."""

    def add(function: Function) -> Function:
        for option in reversed(options):  # decorators apply from the bottom up
            function = option(function)
        return function

    return add
