"""Two batches side by side: what a change for all, such as other tap water, does to the people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foods.frame import nutrient_units
from planner.document.blocks import Block, Table
from planner.errors import ConfigError
from planner.explain.table_report import HELD, SEPARATOR, person_units
from planner.targets.target import heading_of

if TYPE_CHECKING:
    import pandas as pd

BESIDE = "beside.csv"
BESIDE_HEAD = (
    "what",
    "unit",
    "people",
    "there_p50",
    "here_p50",
    "change_p50",
    "short_there",
    "short_here",
)
_DIGITS = 6
_SHORT, _THERE = HELD[0], "_there"
_FIGURES = ("cost", "points")


@dataclass(frozen=True)
class Other:
    """Another batch of the same people.

    Parameters
    ----------
    name
        Its folder, as it was typed.
    people
        Its ``summary.csv``: a row for each person.
    """

    name: str
    people: pd.DataFrame


def read_other(folder: Path) -> Other:
    """Read the summary of another batch.

    Raises
    ------
    ConfigError
        When the folder has none.
    """
    import pandas as pd

    path = folder / "summary.csv"
    try:
        people = pd.read_csv(path, dtype={"person": str, _SHORT: str})
    except (OSError, ValueError) as error:
        text = f"no summary of a batch can be read here: {error}"
        raise ConfigError(text, str(path), "name the folder of another batch") from None
    if not {"person", "passed", _SHORT, *_FIGURES} <= set(people.columns):
        text = "this is no summary of a batch"
        raise ConfigError(text, str(path), "name the folder of another batch")
    return Other(str(folder), people)


def beside_rows(people: pd.DataFrame, other: Other) -> list[list[str]]:
    """Return a row of ``BESIDE_HEAD`` for cost, points and each nutrient.

    ``people`` has a row for each person of this batch. Counted are those who have a plan in both;
    each change is a person's own, and of these the middle one is given.
    """
    both = people[people["passed"]].merge(
        other.people[other.people["passed"]], on="person", suffixes=("", _THERE)
    )
    rows, units = [], person_units()
    for name in (*_FIGURES, *nutrient_units()):
        here, there = (both.get(f"{name}{of}") for of in ("", _THERE))
        if here is None or there is None or not (change := (here - there).dropna()).size:
            continue
        medians = (there.median(), here.median(), round(change.median(), _DIGITS))
        short = (_short_of(name, both[f"{_SHORT}{of}"]) for of in (_THERE, ""))
        told = (f"{value:.6g}" for value in medians)
        rows.append([name, units[name], str(here.count()), *told, *short])
    return rows


def _short_of(name: str, column: pd.Series[Any]) -> str:
    """Count who has too little of a nutrient."""
    if name in _FIGURES:
        return ""
    return str(sum(name in cell.split(SEPARATOR) for cell in column.fillna("")))


def beside_blocks(rows: Sequence[Sequence[str]], other: Other | None) -> tuple[Block, ...]:
    """Return the table of what changed from the other batch to this one."""
    if other is None:
        return ()
    head = ("", "People", "There", "Here", "Change", "Short there", "Short here")
    below = (
        "There is {folder}. Medians of people who have a plan in both; the change is each "
        "person's own."
    )
    told = below.format(folder=other.name)
    return (Table("Beside the other batch", head, list(_in_words(rows)), below=told),)


def _in_words(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    called = {
        "cost": "What is eaten, dollars a day",
        "points": "Points",
    }
    for name, _unit, people, *figures, there, here in rows:
        told = (f"{float(figure):.4g}" for figure in figures)
        yield called.get(name) or heading_of(name), people, *told, there, here
