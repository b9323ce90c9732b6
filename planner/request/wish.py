"""How a wish is said by a flag: what reads it, whose it is, how it joins what stands there already.

A key of a request file carries its ``Flag`` in the annotation of its field, beside its range and
default; what is said of it stands in a row of ``configs/request/wishes.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from planner.errors import ConfigError
from planner.meals.patterns import pattern_ids
from planner.request.joining import APART, REPLACED, Join
from planner.request.measures import read_figure, with_unit
from planner.settings import read_settings
from planner.shops import known_shops
from planner.standards.ids import standard_ids

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
    in_phrase
        What reads one text in ``--eater name=Ben,key=value``, where that is another reader.
    write
        (What a request says, its table) → the texts that say it, each as ``read`` understands it;
        ``None`` where the value is its own text.
    """

    name: str
    read: Callable[..., Any]
    metavar: str | None = None
    reads_all: bool = False
    in_phrase: Callable[[str], Any] | None = None
    write: Callable[[Any, Mapping[str, Any]], Iterable[str]] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """The path of a file, or of a folder that is there."""

    metavar: str
    is_folder: bool = False


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
            raise ConfigError(f"{word!r} is not one of {names}")
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
            value = float(text)
            return int(value) if self.is_whole and value.is_integer() else value
        except ValueError:
            raise ConfigError(f"{text!r} is no number here") from None

    def _figure(self, text: str) -> float:
        value = read_figure(text, self.name)
        return int(value) if value.is_integer() else value


Reader = Typed | File | OneOf | Number | None


@dataclass(frozen=True, slots=True)
class Flag:
    """What a command line says of a wish.

    Parameters
    ----------
    reads
        What its text is read by; ``None``: it has none, and what it says is yes.
    join
        How it joins what a request says already, and how all wishes of a table join one eater's.
    row
        Its row in ``configs/request/wishes.toml``, where that is not its key's.
    name, shorter, group, help, comment, example, told, whose, for_days, in_phrase, also,
    needs, label, hint, choices
        As that row has them; the row says what each of them is.
    """

    reads: Reader = None
    join: Join = REPLACED
    row: str = ""
    name: str = ""
    shorter: str = ""
    group: str = ""
    help: str = ""
    comment: str = ""
    example: Any = None
    told: str = ""
    whose: str = TABLE
    for_days: bool = True
    in_phrase: bool = False
    is_weighed: bool = False
    also: Sequence[str] = ()
    needs: str = ""
    label: str = ""
    hint: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def phrase(self) -> Callable[[str], Any] | None:
        """What reads it in ``--eater name=Ben,key=value``; ``None``: it cannot be said there."""
        if not self.in_phrase or not isinstance(self.reads, Typed | OneOf | Number):
            return None
        own = self.reads.in_phrase if isinstance(self.reads, Typed) else None
        return own or self.reads.read


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
_NAMES: Mapping[str, Callable[[], Sequence[str]]] = {
    "standard": standard_ids,
    "pattern": pattern_ids,
    "shops": known_shops,
}


def words_of(table: str, key: str) -> dict[str, Any]:
    """Return what is said of a key or flag of a table: a row of the file, its names filled in."""
    row = dict(read_settings("request/wishes.toml")[table or "request"].get(key, {}))
    if key in _NAMES:
        names = ", ".join(_NAMES[key]())
        row["help"] = row["help"].format(names=names)
        row["comment"] = row["comment"].format(names=names)
    return row


def wishes_in(table: str, model: type[BaseModel]) -> Iterator[SaidWish]:
    """Name the wishes of a table of the request file, in its order."""
    for key, one in model.model_fields.items():
        place = table or key
        whose, for_days = _WHOSE.get(place, TABLE), place not in _OF_PERSON
        usual: dict[str, Any] = {"whose": whose, "for_days": for_days}
        for flag in (each for each in one.metadata if isinstance(each, Flag)):
            row = flag.row or key
            full = replace(flag, **usual | {"name": row} | words_of(table, row))
            yield SaidWish(table, key, full.name, full)


def laid_over(
    wishes: Iterable[SaidWish], table: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Lay flags, by their names, over a table; what no flag says stays."""
    laid = dict(table)
    for wish in wishes:
        if wish.name in given and wish.flag.join.lay is not APART.lay:
            laid[wish.key] = wish.flag.join.lay(laid.get(wish.key), given[wish.name], laid)
    return laid
