"""Find kept foods: by id and number, and by words, whatever their order, plurals and typing errors.

Found is what has all words; short names come first. Where nothing has them, words that no kept food
has are mended, or else left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from foods.food import OWN
from foods.library.store import (
    CURRENT,
    FIELDS,
    OF_DOWNLOADS,
    PREFIX_LETTERS,
    KeptFood,
    is_called,
    kept_of,
    read_library_rules,
    reading,
)
from foods.name_reader import Words, search_words
from foods.own_csv import with_figures
from foods.table import FoodTable

_HIGHEST = "\U0010ffff"  # letter


def search_kept(text: str, *, is_mended: bool = True) -> list[KeptFood]:
    """Return kept foods that a text may mean, best first; with its typing errors mended, or not.

    Raises
    ------
    FoodDataError
        When the library is damaged.
    """
    most = read_library_rules()["search"]["shown"]
    with reading() as connection:
        if connection is None:
            return []
        found = _by_number(connection, text)
        words = search_words(text)
        if not found and words:
            found = _by_words(connection, words, most)
            if not found and is_mended:
                found = _mended(connection, words, most)
        return found[:most]


def find_named(text: str) -> KeptFood | None:
    """Return the kept food of just this id, number or name, whatever its spelling."""
    return named_so(text, search_kept(text, is_mended=False))


def named_so(text: str, foods: Iterable[KeptFood]) -> KeptFood | None:
    """Return the first of these foods that has just this id, number or name."""
    key = text.strip()
    for food in foods:
        own = food.figures
        is_number = bool(own.ndb_no) and key.lstrip("0") == own.ndb_no.lstrip("0")
        if is_number or is_called(text, own):
            return food
    return None


def find_kept(ids: Iterable[str]) -> dict[str, KeptFood]:
    """Return the kept foods of these ids."""
    with reading() as connection:
        if connection is None:
            return {}
        found = (_select(connection, "food_id = ?", (food_id,)) for food_id in dict.fromkeys(ids))
        return {food.figures.food_id: food for kept in found for food in kept}


def find_corrected(table: FoodTable) -> dict[str, KeptFood]:
    """Return a person's own figures of foods that a table has."""
    with reading() as connection:
        if connection is None:
            return {}
        asked = "version_id < ? AND release = ? AND food_id NOT LIKE ? ESCAPE '\\'"
        own = _select(connection, asked, (OF_DOWNLOADS, OWN, f"{OWN}\\_%"))
        return {food.figures.food_id: food for food in own if food.figures.food_id in table}


def with_kept(table: FoodTable, ids: Iterable[str]) -> FoodTable:
    """Put kept foods of these ids beside a table; what it has itself gets their figures."""
    kept = find_kept(ids)
    if not kept:
        return table
    foods = dict(table.foods)
    for food_id, own in kept.items():
        known = table.foods.get(food_id)
        foods[food_id] = with_figures(known, own.figures) if known else own.as_food()
    return FoodTable.from_foods(foods.values(), table.version, table.sha256)


def _by_number(connection: sqlite3.Connection, text: str) -> list[KeptFood]:
    """Find by id, or by the number or barcode of the food, with zeros before it or without."""
    key = text.strip()
    if not key or " " in key:
        return []
    found = _select(connection, "food_id = ?", (key,))
    if not found and key.isdigit():
        bare = key.lstrip("0")
        numbers = [bare.zfill(size) for size in (1, 5, 8, 12, 13, 14)]
        holes = ", ".join("?" * len(numbers))
        found = _select(connection, f"ndb_no <> '' AND ndb_no IN ({holes})", numbers)
    return found


def _by_words(connection: sqlite3.Connection, words: Words, most: int) -> list[KeptFood]:
    """Find what has all words, and then what has the last one begun."""
    exact = " ".join(f'"{word}"' for word in words)
    ids = _ranked(connection, exact, words)[:most]
    if len(ids) < most:
        begun = _ranked(connection, _begun(connection, words), words)
        ids = [*dict.fromkeys((*ids, *begun))][:most]
    return [
        food for version_id in ids for food in _select(connection, "version_id = ?", (version_id,))
    ]


def _begun(connection: sqlite3.Connection, words: Words) -> str:
    """Ask for all words, the last of which is only begun.

    FTS5 itself adds up the foods of all words that begin so, the most common too: slow, but for
    the few letters that it has counted before.
    """
    *whole, last = (f'"{word}"' for word in words)
    if len(words[-1]) <= PREFIX_LETTERS:
        return " ".join((*whole, f"{last}*"))
    longer = connection.execute(
        "SELECT word FROM word WHERE word > ?1 AND word < ?1 || ?2 LIMIT ?3",
        (words[-1], _HIGHEST, read_library_rules()["search"]["begun"]),
    ).fetchall()
    either = " OR ".join((last, *(f'"{word}"' for (word,) in longer)))
    return " AND ".join((*whole, f"({either})"))


def _ranked(connection: sqlite3.Connection, asked: str, words: Words) -> list[int]:
    """Return the numbers of what is found, what says least beside the words first."""
    rows = connection.execute(
        "SELECT rowid, words FROM called WHERE called MATCH ? ORDER BY rowid LIMIT ?",
        (asked, read_library_rules()["search"]["looked_at"]),
    ).fetchall()
    rows.sort(key=lambda row: (len({*row[1].split()} - {*words}), row[0]))
    return [version_id for version_id, _ in rows]


def _mended(connection: sqlite3.Connection, words: Words, most: int) -> list[KeptFood]:
    """Find by the words that are nearest to those that no kept food has, or else without them."""
    near = tuple(filter(None, (_near(connection, word) for word in words)))
    return _by_words(connection, near, most) if near and near != words else []


def _near(connection: sqlite3.Connection, word: str) -> str:
    """Return a word as kept foods have it; blank where none is near."""
    hit = connection.execute("SELECT 1 FROM called WHERE called MATCH ? LIMIT 1", (f'"{word}"',))
    if hit.fetchone():
        return word
    slips = sum(len(word) >= least for least in read_library_rules()["search"]["slips"])
    if not slips:
        return ""
    from rapidfuzz import process  # heavy, and needed only after a typing error
    from rapidfuzz.distance import OSA

    terms = connection.execute(
        "SELECT word FROM word WHERE word >= ? AND word < ?",
        (word[0], chr(ord(word[0]) + 1)),
    )
    known = [term for (term,) in terms]
    near = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    return str(near[0]) if near else ""


def _select(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> list[KeptFood]:
    rows = connection.execute(
        f"SELECT version_id, {FIELDS} FROM food WHERE state = '{CURRENT}' AND {where}", values
    )
    return [kept_of(row, version_id < OF_DOWNLOADS) for version_id, *row in rows]
