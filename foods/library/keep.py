"""Keep foods, accept doubtful ones, remove some, and tell what is kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from foods.food import Food
from foods.library.sanity import Doubts
from foods.library.store import (
    CURRENT,
    DOUBTFUL,
    FIELDS,
    FORMER,
    OF_DOWNLOADS,
    FigureDoubt,
    KeptFood,
    KeptVersion,
    as_kept_text,
    kept_of,
    reading,
    said_anew,
    scratch,
    transaction,
    values_of,
    writing,
)
from foods.line_mass import usual_foods
from foods.name_reader import food_reader, search_words
from foods.own_csv import Figures
from foods.own_file import most_faults
from foods.table import FoodTable

_INCOMING = (
    f"""CREATE TEMP TABLE incoming (
        no INTEGER PRIMARY KEY, {FIELDS}, doubtful INTEGER NOT NULL, same TEXT,
        UNIQUE (food_id))""",
    "CREATE TEMP TABLE found (no INTEGER, place INTEGER, what TEXT, said TEXT)",
)
_MARKS = ", ".join("?" for _ in range(FIELDS.count(",") + 4))
_TOLD = ("name", "grp", "figures", "contains", "traces", "measures", "origin")


@dataclass(frozen=True, slots=True)
class KeptCount:
    """What became of the foods of a file.

    Parameters
    ----------
    kept, unchanged, doubtful
        How many are new or have new figures, are kept as they are already, or wait.
    """

    kept: int
    unchanged: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A file that foods were kept of.

    Parameters
    ----------
    number, name, kept
        Its number, its name, and when, as ISO 8601.
    counts
        How many foods of it count, wait, and have newer figures.
    """

    number: int
    name: str
    kept: str
    counts: tuple[int, int, int]


def keep_foods(
    foods: Iterable[KeptFood],
    source: str,
    similar: Iterable[Food] = (),
    *,
    accept: bool = False,
    is_download: bool = False,
    dry: bool = False,
) -> tuple[KeptCount, list[KeptVersion]]:
    """Keep foods, all or none; gives what became of them, and the doubtful ones.

    Parameters
    ----------
    foods
        The foods; of two with one id the later one counts.
    source
        Name of their file.
    similar
        Foods whose figures are sure.
    accept
        Whether doubtful foods count at once.
    is_download
        Whether they are of a public download: own foods are found before these.
    dry
        Only say what would become of them.

    Raises
    ------
    FoodDataError
        When the library cannot be written; what ``foods`` raises goes through.
    """
    with scratch() if dry else writing() as connection:
        for statement in _INCOMING:
            connection.execute(statement)
        _take_in(connection, foods, Doubts(similar))
        if accept:
            connection.execute("UPDATE incoming SET doubtful = 0")
        with transaction(connection):
            cursor = connection.execute(
                "INSERT INTO source (name, kept) VALUES (?, ?)",
                (source, datetime.now(UTC).isoformat(timespec="seconds")),
            )
            count = _settle(connection, cursor.lastrowid or 0, is_download)
            _drop_empty(connection)
            where = f"state = '{DOUBTFUL}' AND food_id IN (SELECT food_id FROM incoming)"
            waiting = _versions(connection, where, most=most_faults())
    return count, waiting


def own_foods(rows: Iterable[Figures], table: FoodTable, **more: Any) -> Iterator[KeptFood]:
    """Return rows of one's own; one without a group has that of the food it is called after.

    ``more`` is what is said of each beside its figures, as of ``KeptFood``.
    """
    for own in rows:
        group = own.group
        found: tuple[str, ...] = ()
        if not group:
            found = food_reader(table).find(own.name, usual_foods()).item_ids
        groups = {table[food_id].group for food_id in found if food_id in table}
        group = group or (groups.pop() if len(groups) == 1 else "")
        yield KeptFood(replace(own, group=group), **more)


def accept_foods(food_ids: Sequence[str] = ()) -> list[str]:
    """Let doubtful foods count, all where none is named; gives their ids.

    Raises
    ------
    FoodDataError
        When the library cannot be written.
    """
    with writing() as connection, transaction(connection):
        named = f"WHERE state = '{DOUBTFUL}'"
        if food_ids:
            named += f" AND food_id IN ({_holes(food_ids)})"
        rows = connection.execute(f"SELECT version_id, food_id FROM food {named}", food_ids)
        found = dict(rows.fetchall())
        for version_id, food_id in found.items():
            _let_go(connection, "food_id = ?", (food_id,), but=version_id)
        _put(connection, found)
    return sorted(found.values())


def remove_foods(named: Sequence[str]) -> tuple[set[str], int]:
    """Remove foods by id, or all of the file with a number; gives what was so named, and how many.

    Of a food whose newest version went with its file the one before counts again.

    Raises
    ------
    FoodDataError
        When the library cannot be written.
    """
    with writing() as connection, transaction(connection):
        where = f"food_id IN ({_holes(named)}) OR CAST(source_id AS TEXT) IN ({_holes(named)})"
        rows = connection.execute(
            f"SELECT version_id, food_id, source_id FROM food WHERE {where}", (*named, *named)
        ).fetchall()
        ids = [(version_id,) for version_id, _, _ in rows]
        for table, key in (("called", "rowid"), ("finding", "version_id"), ("food", "version_id")):
            connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", ids)
        again = [
            found[0]
            for food_id in {food_id for _, food_id, _ in rows}
            if (found := connection.execute(_FORMER, (food_id,)).fetchone())
        ]
        _put(connection, again)
        _drop_empty(connection)
        connection.execute("DELETE FROM word WHERE word NOT IN (SELECT term FROM vocabulary)")
    return {str(name) for _, *names in rows for name in names}, len(rows)


def kept_sources() -> list[KeptSource]:
    """Tell of which files foods are kept."""
    counts = ", ".join(f"sum(state = '{state}')" for state in (CURRENT, DOUBTFUL, FORMER))
    with reading() as connection:
        if connection is None:
            return []
        rows = connection.execute(
            f"SELECT source_id, s.name, kept, {counts} FROM source s JOIN food USING (source_id)"
            " GROUP BY source_id ORDER BY source_id"
        )
        return [
            KeptSource(number, name, kept, tuple(counts)) for number, name, kept, *counts in rows
        ]


def kept_versions(food_id: str) -> list[KeptVersion]:
    """Tell the history of a food, the first version first."""
    with reading() as connection:
        return [] if connection is None else _versions(connection, "food_id = ?", food_id)


def doubtful_foods(most: int) -> list[KeptVersion]:
    """Tell which foods wait to be accepted, the first of them."""
    with reading() as connection:
        return (
            [] if connection is None else _versions(connection, f"state = '{DOUBTFUL}'", most=most)
        )


_FORMER = f"""SELECT version_id FROM food WHERE food_id = ?1 AND state = '{FORMER}'
    AND NOT EXISTS (SELECT 1 FROM food WHERE food_id = ?1 AND state = '{CURRENT}')
    ORDER BY version DESC LIMIT 1"""


def _take_in(connection: sqlite3.Connection, foods: Iterable[KeptFood], doubts: Doubts) -> None:
    """Put foods beside the library, with what is doubtful of them."""
    rows = _doubted(connection, foods, doubts)
    connection.execute("BEGIN")
    connection.executemany(f"INSERT OR REPLACE INTO incoming VALUES ({_MARKS})", rows)
    compared = connection.execute("SELECT no, row, grp, figures FROM incoming")
    unlike = (
        (no, doubt.row, doubt.column, as_kept_text(doubt.text))
        for no, row, group, figures in compared
        for doubt in doubts.unlike(row, group, json.loads(figures))
    )
    connection.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", unlike)
    connection.execute("UPDATE incoming SET doubtful = 1 WHERE no IN (SELECT no FROM found)")
    connection.execute("COMMIT")


def _doubted(
    connection: sqlite3.Connection, foods: Iterable[KeptFood], doubts: Doubts
) -> Iterator[tuple[object, ...]]:
    for no, kept in enumerate(foods):
        connection.executemany(
            "INSERT INTO found VALUES (?, ?, ?, ?)",
            ((no, doubt.row, doubt.column, as_kept_text(doubt.text)) for doubt in doubts.of(kept)),
        )
        yield (no, *values_of(kept), 0, None)


def _settle(connection: sqlite3.Connection, number: int, is_download: bool) -> KeptCount:
    """Make versions of what came in, and let former ones go."""
    ours, theirs = (", ".join(f"{of}.{column}" for column in _TOLD) for of in ("f", "i"))
    connection.execute(
        f"""UPDATE incoming AS i SET same = coalesce((
            SELECT state FROM food f WHERE f.food_id = i.food_id AND ({ours}) IS ({theirs})
            AND (state = '{CURRENT}' OR state = '{DOUBTFUL}' AND i.doubtful)
            ORDER BY state = '{DOUBTFUL}' LIMIT 1), '')"""
    )
    _let_go(
        connection, "food_id IN (SELECT food_id FROM incoming WHERE same = '' AND NOT doubtful)"
    )
    connection.execute(
        f"""UPDATE food SET state = '{FORMER}' WHERE state = '{DOUBTFUL}'
            AND food_id IN (SELECT food_id FROM incoming WHERE same = '')"""
    )
    least, most = (OF_DOWNLOADS, -1) if is_download else (0, OF_DOWNLOADS)
    (last,) = connection.execute(
        "SELECT max(version_id) FROM food WHERE version_id >= ?1 AND (?2 < 0 OR version_id < ?2)",
        (least, most),
    ).fetchone()
    last = least if last is None else last
    connection.execute(
        f"""INSERT INTO food (version_id, version, state, source_id, {FIELDS})
            SELECT ?1 + row_number() OVER (ORDER BY length(name), no),
            1 + coalesce((SELECT max(version) FROM food f WHERE f.food_id = i.food_id), 0),
            iif(doubtful, '{DOUBTFUL}', '{CURRENT}'), ?2, {FIELDS}
            FROM incoming i WHERE same = '' ORDER BY length(name), no""",
        (last, number),
    )
    _index(connection, f"version_id > {last} AND source_id = {number} AND state = '{CURRENT}'")
    connection.execute(
        """INSERT INTO finding SELECT version_id, place, what, said FROM found
            JOIN incoming USING (no) JOIN food f ON f.food_id = incoming.food_id
            WHERE +f.source_id = ?""",  # of one food, not of one file: its index is not meant
        (number,),
    )
    counts = connection.execute(
        f"""SELECT count(*) FILTER (WHERE same = '' AND NOT doubtful),
            count(*) FILTER (WHERE same = '{CURRENT}'),
            count(*) FILTER (WHERE same = '{DOUBTFUL}' OR same = '' AND doubtful) FROM incoming"""
    )
    return KeptCount(*counts.fetchone())


def _let_go(
    connection: sqlite3.Connection, where: str, values: Sequence[object] = (), but: int = 0
) -> None:
    """Make versions that count former ones."""
    where = f"{where} AND state = '{CURRENT}' AND version_id <> {but}"
    connection.execute(
        f"DELETE FROM called WHERE rowid IN (SELECT version_id FROM food WHERE {where})", values
    )
    connection.execute(f"UPDATE food SET state = '{FORMER}' WHERE {where}", values)


def _put(connection: sqlite3.Connection, version_ids: Iterable[int]) -> None:
    """Let versions count."""
    for version_id in version_ids:
        connection.execute(
            f"UPDATE food SET state = '{CURRENT}' WHERE version_id = ?", (version_id,)
        )
        _index(connection, f"version_id = {version_id}")


def _index(connection: sqlite3.Connection, which: str) -> None:
    """Put the words of versions into the index."""
    seen: set[str] = set()

    def words_of(name: str) -> str:
        words = search_words(name)
        seen.update(words)
        return " ".join(words)

    connection.create_function("words_of", 1, words_of)
    connection.execute(
        f"""INSERT INTO called (rowid, words)
            SELECT version_id, words_of(name) FROM food WHERE {which}"""
    )
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?)", ((word,) for word in seen))


def _drop_empty(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM source WHERE source_id NOT IN (SELECT DISTINCT source_id FROM food)"
    )


def _versions(
    connection: sqlite3.Connection, where: str, *values: object, most: int = -1
) -> list[KeptVersion]:
    rows = connection.execute(
        f"""SELECT f.version_id, version, state, s.name, kept, {FIELDS.replace("name", "f.name")}
            FROM food f JOIN source s USING (source_id) WHERE {where}
            ORDER BY version_id LIMIT ?""",
        (*values, most),
    ).fetchall()
    told = "SELECT place, what, said FROM finding WHERE version_id = ? ORDER BY rowid"
    return [
        KeptVersion(
            kept_of(fields),
            version,
            state,
            source,
            kept,
            tuple(
                FigureDoubt(row, column, said_anew(text))
                for row, column, text in connection.execute(told, (version_id,))
            ),
        )
        for version_id, version, state, source, kept, *fields in rows
    ]


def _holes(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
