"""How a wish is said by a flag: what reads it, whose it is, how it joins what stands there already.

A key of a request file carries its ``Flag`` in the annotation of its field; all else of a wish
(key, range, default, comment in a written request) is the field's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

from pydantic import BaseModel

from planner.errors import ConfigError
from planner.language.spoken import said
from planner.request.joining import APART, REPLACED, Join
from planner.request.measures import read_figure, with_unit

BODY, ONE, TABLE = "body", "one", "table"
"""Whose a wish is: of a body, so that each eater says it; of all or of one; of the table."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that a reader understands.

    Parameters
    ----------
    name, metavar
        What stands for it in the help, in capitals or as it is.
    read
        The reader; of all texts of a flag and its name where ``reads_all``, so that it tells all
        their faults at once.
    """

    name: str
    read: Callable[..., Any]
    metavar: str | None = None
    reads_all: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """The path of a file."""

    metavar: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The path of a folder that is there."""

    metavar: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words, or another that means it."""

    words: Sequence[str]
    meant: Callable[[str], str] | None = None

    def read(self, text: str) -> str:
        """Read one of the words.

        Raises
        ------
        ConfigError
            When it is none of them.
        """
        word = self.meant(text) if self.meant else text
        if word not in self.words:
            names = ", ".join(self.words)
            raise ConfigError(said("{text!r} is not one of {names}", text=word, names=names))
        return word


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the likely range ``name``, or ``between`` two, both left out."""

    name: str = ""
    is_whole: bool = False
    above: bool = False
    has_units: bool = False
    between: tuple[float, float] | None = None

    def read(self, text: str) -> Any:
        """Read a number, as it stands in a phrase; its range is that of the request file.

        Raises
        ------
        ConfigError
            When it is no number, or without the unit that it needs.
        """
        if self.has_units:
            return with_unit(self._figure)(text)
        try:
            return float(text)
        except ValueError:
            raise ConfigError(said("{text!r} is no number here", text=text)) from None

    def _figure(self, text: str) -> float:
        value = read_figure(text, self.name)
        return int(value) if value.is_integer() else value


Reader = Typed | File | Folder | OneOf | Number | None


@dataclass(frozen=True, slots=True)
class Flag:
    """What a command line says of a wish.

    Parameters
    ----------
    group
        Heading of the help that it stands under.
    help
        What it does, marked for the catalogue of sentences.
    reads
        What its text is read by; ``None``: it has none, and what it says is yes.
    name
        Its parameter's name, where it is not the key.
    join
        How it joins what a request says already, and how all wishes of a table join one eater's.
    whose
        ``BODY``, ``ONE`` or ``TABLE``; ``None``: as most wishes of its table.
    for_days
        Whether only commands that plan days take it; ``None``: as most wishes of its table.
    phrase
        What reads it in ``--eater name=Ben,key=value``; ``None``: it cannot be said there.
    has_names
        Whether its text names foods or dishes, in the language that is spoken.
    also
        Flags of single commands that say something of the same key.
    told
        How a plan says that it was asked for, its figure in braces; empty where it has no such
        sentence, or one of its own in ``planner.export.who``.
    """

    group: str
    help: str
    reads: Reader = None
    _: KW_ONLY
    name: str = ""
    join: Join = REPLACED
    whose: str | None = None
    for_days: bool | None = None
    phrase: Callable[[str], Any] | None = None
    has_names: bool = False
    also: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class SaidWish:
    """A flag and the key of the request file that it sets.

    Parameters
    ----------
    table, key
        Where it stands: ``("preferences", "max_minutes")``; the table is empty for a whole one.
    name
        Name of the flag's parameter: ``max_minutes``.
    flag
        The flag, with whose it is and whether it is for days filled in.
    """

    table: str
    key: str
    name: str
    flag: Flag


_WHOSE = {"profile": BODY, "preferences": ONE, "targets": ONE, "habits": ONE}
_OF_PERSON = ("profile", "preferences", "targets", "water", "supplements")


def wishes_in(table: str, model: type[BaseModel]) -> Iterator[SaidWish]:
    """Name the wishes of a table of the request file, in its order."""
    for key, one in model.model_fields.items():
        for flag in (each for each in one.metadata if isinstance(each, Flag)):
            place = table or key
            whose = flag.whose or _WHOSE.get(place, TABLE)
            is_for_days = place not in _OF_PERSON if flag.for_days is None else flag.for_days
            full = replace(flag, whose=whose, for_days=is_for_days)
            yield SaidWish(table, key, flag.name or key, full)


def laid_over(
    wishes: Iterable[SaidWish], table: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Lay flags, by their names, over a table; what no flag says stays."""
    laid = dict(table)
    for wish in wishes:
        if wish.name in given and wish.flag.join is not APART:
            laid[wish.key] = wish.flag.join.lay(laid.get(wish.key), given[wish.name], laid)
    return laid
