"""Help in groups, the flags that most people use first; options added in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from planner.language.spoken import Said, _, is_english, mark, said, spoken

Function = TypeVar("Function", bound=Callable[..., Any])

_OF_REQUEST = "*"  # where the flags of a request stand that are of the group
_GROUPS = (
    (
        "Most used",
        ("missed", "slot", "nutrients", "source", "compare", _OF_REQUEST, "preset", "day", "full",
         "lang", "out", "force", "json_wanted", "as_json"),
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
_EXAMPLE, _MORE = mark("Example: "), "  ["
_FILLED: dict[str, Said] = {}  # click keeps a plain text of each help


class SpokenFormatter(click.HelpFormatter):
    """Help in the language that is spoken: texts are marked by where they stand."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, args, prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(_(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs; what is typed in an example is the same in every language."""
        if not is_english():
            parts = (_(" ".join(part.split())) for part in text.split("\n\n"))
            text = "\n\n".join(parts).replace(_EXAMPLE, _(_EXAMPLE))
        super().write_text(text)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options with what they do; their defaults and ranges stand behind it."""
        told = [(option, *text.partition(_MORE)) for option, text in rows]
        shown = [
            (option, f"{spoken(_FILLED.get(text, text))}{gap}{more}")
            for option, text, gap, more in told
        ]
        super().write_dl(shown, col_max, col_spacing)


class SpokenContext(click.Context):
    """A call of a command, whose help is in the language that is spoken."""

    formatter_class = SpokenFormatter


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

    own = [one.name for one in WISHES if one.flag.group == title]
    return [each for name in names for each in (own if name == _OF_REQUEST else [name])]


def filled(pattern: str, **values: object) -> str:
    """Give the help of an option with what there is in it, which is said anew where it is shown."""
    text = pattern if isinstance(pattern, Said) else said(pattern, **values)
    return _FILLED.setdefault(str(text), text)


def adding(*options: Callable[[Any], Any]) -> Callable[[Function], Function]:
    """Return what adds options to a command, in the order that its help shows them in."""

    def add(function: Function) -> Function:
        for option in reversed(options):  # decorators apply from the bottom up
            function = option(function)
        return function

    return add
