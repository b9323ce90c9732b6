"""The library: one SQLite file with all versions of kept foods, and their words to be searched.

Of each food one version is ``current``; ``former`` ones are its history, and a ``doubtful`` one
waits to be accepted. Whatever changes it is one transaction: who is killed leaves it as it was.
Own foods have the lower numbers, and among those of one file short names the lower ones: SQLite
finds in the order of numbers, so that the first that it finds are the ones to look at.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from platformdirs import user_data_path

from foods.embedded import data_settings
from foods.errors import FoodDataError
from foods.food import UNKNOWN, Food, Measure, UsualServing
from foods.name_reader import search_words
from foods.nutrient import known_nutrients
from foods.own_csv import Figures

HOME = "MAGPLAN_HOME"
_FILE = "library.sqlite"


def library_path() -> Path:
    """Return the path of the library, which may not exist yet."""
    own = os.environ.get(HOME, "").strip()
    folder = Path(own).expanduser() if own else user_data_path("magplan", appauthor=False)
    return folder / _FILE


def read_library_rules() -> Mapping[str, Any]:
    """Read how the library is opened and searched, and what is doubtful of a food."""
    return data_settings("library.toml")


SERVING, _WITHOUT_G = "serving", 100.0


@dataclass(frozen=True, slots=True)
class FigureDoubt:
    """What is doubtful of a food.

    Parameters
    ----------
    row, column
        Its place in the file.
    text
        What is, in a sentence.
    """

    row: int
    column: str
    text: str


def as_kept_text(text: str) -> str:
    """Write a sentence as files of the library keep it: a pattern, and what fills it in."""
    return json.dumps([text, {}])


def said_anew(text: str) -> str:
    """Read a sentence that ``as_kept_text`` wrote."""
    pattern, values = json.loads(text)
    return str(pattern.format(**values) if values else pattern)


@dataclass(frozen=True, slots=True)
class KeptFood:
    """A food of a file.

    Parameters
    ----------
    figures
        Its names and figures.
    contains
        Allergens that the label states, words of the catalogue; ``None`` where it states nothing.
    traces
        Allergens that it may contain.
    measures
        What it is measured by: a serving, a cup, a piece.
    is_own
        Whether it is a person's own, and not of a download.
    findings
        What its reader found doubtful.
    origin
        What it is made of, words of the catalogue; ``None`` where nobody says.
    """

    figures: Figures
    contains: frozenset[str] | None = None
    traces: frozenset[str] = frozenset()
    measures: tuple[Measure, ...] = ()
    is_own: bool = True
    findings: tuple[FigureDoubt, ...] = ()
    origin: frozenset[str] | None = None

    @property
    def serving_g(self) -> float | None:
        """Mass of a serving [g]; ``None`` where none is said."""
        return next((measure.mass_g for measure in self.measures if measure.name == SERVING), None)

    def as_food(self) -> Food:
        """Return it as a food that diaries know; what it may contain counts."""
        own = self.figures
        serving = Measure(SERVING, self.serving_g or _WITHOUT_G)
        return Food(
            food_id=own.food_id,
            name=own.name,
            base=own.food_id,
            group=own.group,
            aisle="",
            roles=frozenset(),
            state="eaten",
            bought_as=None,
            bought_g_per_100g=_WITHOUT_G,
            measures=self.measures,
            serving=UsualServing(serving, 1.0, 1.0, 1.0, 1, frozenset()),
            price_usd_per_100g=None,
            allergens=(self.contains or frozenset()) | self.traces,
            origin=frozenset(),
            flags=frozenset(),
            popularity=3,
            release=own.release,
            source_id=own.fdc_id or own.ndb_no,
            fdc_id=own.fdc_id,
            ndb_no=own.ndb_no,
            overlay=own.overlay,
            per_100g={key: own.per_100g.get(key) for key in known_nutrients()},
        )

    def as_planned(self, aisle: str) -> Food:
        """Return it as a food of a plan, sold in an aisle: what nobody says of it is unknown."""
        known, unknown = self.as_food(), frozenset({UNKNOWN})
        allergens = known.allergens if self.contains is not None else known.allergens | unknown
        origin = unknown if self.origin is None else self.origin
        return replace(known, aisle=aisle, allergens=allergens, origin=origin, flags=unknown)


def is_called(word: str, own: Food | Figures) -> bool:
    """Whether a food has just this id or name, whatever its spelling."""
    words = {*search_words(word)}
    return word.strip() == own.food_id or bool(words and words == {*search_words(own.name)})


def id_called(word: str, foods: Iterable[Food]) -> str:
    """Return the id of the kept food that is called so; the word where none is."""
    return next((food.food_id for food in foods if food.is_kept and is_called(word, food)), word)


CURRENT, FORMER, DOUBTFUL = "current", "former", "doubtful"
OF_DOWNLOADS = 1 << 40  # numbers of versions from here on are those of downloads
PREFIX_LETTERS = 3  # so many letters of a word are counted
_SCHEMA_VERSION = 3
_FIELDS = (
    "food_id", "row", "name", "grp", "fdc_id", "ndb_no", "release", "overlay", "figures",
    "contains", "traces", "measures", "origin",
)  # fmt: skip
FIELDS = ", ".join(_FIELDS)
_STATED = ("contains", "origin")  # nothing said is not the same as none
_SCHEMA = (
    """CREATE TABLE source (
        source_id INTEGER PRIMARY KEY, name TEXT NOT NULL, kept TEXT NOT NULL)""",
    """CREATE TABLE food (
        version_id INTEGER PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL,
        source_id INTEGER NOT NULL REFERENCES source,
        food_id TEXT NOT NULL, row INTEGER NOT NULL, name TEXT NOT NULL, grp TEXT NOT NULL,
        fdc_id TEXT NOT NULL, ndb_no TEXT NOT NULL, release TEXT NOT NULL, overlay TEXT NOT NULL,
        figures TEXT NOT NULL, contains TEXT, traces TEXT NOT NULL, measures TEXT NOT NULL,
        origin TEXT,
        UNIQUE (food_id, version))""",
    "CREATE INDEX food_number ON food (ndb_no) WHERE ndb_no <> ''",
    "CREATE INDEX food_source ON food (source_id)",
    f"CREATE INDEX food_doubtful ON food (version_id) WHERE state = '{DOUBTFUL}'",
    """CREATE TABLE finding (
        version_id INTEGER NOT NULL REFERENCES food, place INTEGER NOT NULL, what TEXT NOT NULL,
        said TEXT NOT NULL)""",
    "CREATE INDEX finding_of ON finding (version_id)",
    f"""CREATE VIRTUAL TABLE called USING fts5 (
        words, prefix='{" ".join(map(str, range(1, PREFIX_LETTERS + 1)))}',
        detail=none, columnsize=0)""",
    "CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (called, row)",
)
_UPGRADES = {  # version → how it becomes the next
    1: (
        "ALTER TABLE food ADD COLUMN measures TEXT NOT NULL DEFAULT '{}'",
        "UPDATE food SET measures = json_object('serving', serving_g) WHERE serving_g IS NOT NULL",
        "ALTER TABLE food DROP COLUMN serving_g",
    ),
    2: ("ALTER TABLE food ADD COLUMN origin TEXT",),
}


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One version of a kept food.

    Parameters
    ----------
    food
        The food.
    version, state
        Its number from 1, and ``current``, ``former`` or ``doubtful``.
    source, kept
        Name of its file, and when it was kept, as ISO 8601.
    findings
        What is doubtful of it.
    """

    food: KeptFood
    version: int
    state: str
    source: str
    kept: str
    findings: tuple[FigureDoubt, ...] = ()


@contextmanager
def reading() -> Iterator[sqlite3.Connection | None]:
    """Open the library to be read; ``None`` where there is none yet.

    Raises
    ------
    FoodDataError
        When it is damaged, or of a newer program.
    """
    path = library_path()
    connection = _to_read(path)
    if connection is None:
        yield None
        return
    with _told(path), closing(connection):
        yield connection


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """Open the library to be changed; it and its folder are made where they are not there.

    Raises
    ------
    FoodDataError
        When it cannot be written, is damaged, or of a newer program, or somebody else has it.
    """
    path, rules = library_path(), read_library_rules()["store"]
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _cannot(path, error.strerror or str(error)) from None
    with _told(path):
        connection = sqlite3.connect(path, timeout=rules["wait_s"], isolation_level=None)
        with closing(connection):
            _prepare(connection, path)
            yield connection


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """Open an empty library of which nothing stays."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        _prepare(connection, Path())
        yield connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA cache_size = -{read_library_rules()['store']['cache_kib']}")
    connection.execute("PRAGMA temp_store = FILE")
    with transaction(connection):
        version = _version_of(connection, path)
        steps = (_UPGRADES[number] for number in range(version, _SCHEMA_VERSION))
        for step in chain(*steps) if version else _SCHEMA:
            connection.execute(step)
        if version != _SCHEMA_VERSION:
            connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Change all or nothing; waits for whoever else is changing it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def values_of(kept: KeptFood) -> tuple[object, ...]:
    """Return the columns of a food, in the order of ``FIELDS``."""
    own = kept.figures
    figures = {key: value for key, value in own.per_100g.items() if value is not None}
    return (
        own.food_id,
        kept.figures.row,
        own.name,
        own.group,
        own.fdc_id,
        own.ndb_no,
        own.release,
        json.dumps(dict(own.overlay), sort_keys=True) if own.overlay else "",
        json.dumps(figures, separators=(",", ":"), sort_keys=True),
        _cell(kept.contains),
        _cell(kept.traces),
        json.dumps({measure.name: measure.mass_g for measure in kept.measures}),
        _cell(kept.origin),
    )


def kept_of(values: Sequence[object], is_own: bool = True) -> KeptFood:
    """Return the food of columns in the order of ``FIELDS``."""
    one = dict(zip(_FIELDS, values, strict=True))
    overlay = json.loads(str(one["overlay"])) if one["overlay"] else {}
    figures = Figures(
        food_id=str(one["food_id"]),
        name=str(one["name"]),
        group=str(one["grp"]),
        fdc_id=str(one["fdc_id"]),
        ndb_no=str(one["ndb_no"]),
        release=str(one["release"]),
        overlay=MappingProxyType(overlay),
        per_100g=MappingProxyType(json.loads(str(one["figures"]))),
        row=int(str(one["row"])),
    )
    contains, origin = (None if one[key] is None else _parts(one[key]) for key in _STATED)
    masses = json.loads(str(one["measures"]))
    measures = tuple(Measure(name, mass_g) for name, mass_g in masses.items())
    traces = _parts(one["traces"])
    return KeptFood(figures, contains, traces, measures, is_own, origin=origin)


def _cell(words: frozenset[str] | None) -> str | None:
    return None if words is None else ";".join(sorted(words))


def _parts(cell: object) -> frozenset[str]:
    return frozenset(filter(None, str(cell).split(";")))


def _to_read(path: Path) -> sqlite3.Connection | None:
    """Open a library that may lie where nothing can be written."""
    fault: sqlite3.Error | None = None
    try:
        if not path.is_file():
            return None
    except OSError:
        return None
    for how in ("mode=ro", "mode=ro&immutable=1"):
        try:
            connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?{how}", uri=True)
            version = _version_of(connection, path)
            if version == _SCHEMA_VERSION:
                return connection
            connection.close()
            if not version:
                return None
            with writing():  # one of an older magplan takes its new form
                return _to_read(path)
        except sqlite3.OperationalError as error:
            fault = error
        except sqlite3.DatabaseError as error:
            raise _damaged(path, error) from None
    raise _cannot(path, str(fault))


def _version_of(connection: sqlite3.Connection, path: Path) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _SCHEMA_VERSION:
        raise FoodDataError("was written by a newer magplan", str(path), "look for a newer magplan")
    return int(version)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _cannot(path, str(error)) from None
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from None


def _cannot(path: Path, reason: str) -> FoodDataError:
    text = f"the library of foods cannot be used: {reason}"
    return FoodDataError(text, str(path), f"name another folder in {HOME}")


def _damaged(path: Path, error: Exception) -> FoodDataError:
    text = f"the library of foods is damaged: {error!s}"
    return FoodDataError(text, str(path), "move it away and import its files again")
