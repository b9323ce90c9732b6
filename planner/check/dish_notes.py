"""What the judge must know of dishes beside what is printed: notes by id, and what each needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from foods.embedded import parse_toml_once, read_embedded_foods
from foods.errors import FoodDataError
from foods.own_dishes import LEAVE_OUT, answered_line, settle_fact
from foods.own_file import parse_own_toml, read_own_text
from planner.plan.plan import Item
from planner.settings import read_settings
from planner.targets.left_out import Unanswered, words_unanswered


@dataclass(frozen=True, slots=True)
class DishNote:
    """What the judge needs to know of a dish beside its ingredients.

    Parameters
    ----------
    dish_id, name, protein
        Id, plain name and protein family.
    minutes, active_minutes
        Time from start to table, and of that with hands on it [min].
    keeps_days
        Days in the refrigerator; ``None`` where nobody says.
    tags
        Its tags, ``raw_egg`` and ``raw_fish`` among them.
    per_serving_g
        Food id → mass in one serving [g]; empty where nobody says.
    fresh_minutes
        Time that a kept portion asks for when it is eaten, for what is added then [min].
    kind
        Kind of dish, as ``"main"``.
    steps
        Its steps as they are written.
    unanswered
        Words of an own dish for which no ingredient answers.
    """

    dish_id: str
    name: str
    protein: str
    minutes: int
    keeps_days: int | None
    tags: frozenset[str]
    active_minutes: int = 0
    per_serving_g: Mapping[str, float] = field(default_factory=dict)
    fresh_minutes: int = 0
    kind: str = ""
    steps: tuple[str, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()


Notes = Mapping[str, DishNote]


def read_dish_notes(folders: Iterable[str] = ()) -> Notes:
    """Read the notes of every dish by its id: the shipped ones, then those of own ``folders``.

    What cannot be read in a folder is passed over: a plan holds the amounts it is judged by.
    """
    own = (row for folder in folders for row in _own_rows(Path(folder)))
    return {str(row.get("id")): _own_note(row) for row in own} | _shipped_notes()


@cache
def _shipped_notes() -> dict[str, DishNote]:
    folder = files("foods").joinpath("data", "dishes")
    dishes = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    texts = (file.read_text(encoding="utf-8") for file in dishes)
    return {row["id"]: _note(row) for text in texts for row in parse_toml_once(text)["dish"]}


def _own_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Return the dishes of a folder, with what was answered about them."""
    for path in sorted(folder.glob("*.toml")):
        try:
            document = parse_own_toml(read_own_text(path, "dishes"), str(path))
        except FoodDataError:
            continue
        questions = _tables(document, "question")
        for row in _tables(document, "dish"):
            asked = [one for one in questions if str(one.get("dish")) == str(row.get("id"))]
            yield _answered(row, asked)


def _answered(row: dict[str, Any], questions: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a dish with what was answered: its facts, and lines that were in doubt.

    Whose minutes are all that is known has its hands on it for all of them.
    """
    known, foods = dict(row), read_embedded_foods()
    lines, left_out = [], _texts(row, "left_out")
    for question in questions:
        if "key" in question:
            settle_fact(known, str(question["key"]), question.get("answer"))
        elif question.get("food") in foods:
            lines.append(answered_line(question, known, foods) or question)
        elif question.get("food") == LEAVE_OUT:
            left_out.append(str(question.get("line")))
        elif question.get("food"):
            lines.append(question)  # a food of one's own, of which the mass is said
    every = [*row.get("ingredients", ()), *lines]
    return known | {"ingredients": every, "left_out": left_out}


def _texts(row: Mapping[str, Any], key: str) -> list[str]:
    found = row.get(key)
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _own_note(row: Mapping[str, Any]) -> DishNote:
    note, foods = _note(row), read_embedded_foods()
    texts, held = (note.name, *note.steps), note.per_serving_g
    return replace(note, unanswered=words_unanswered(texts, _texts(row, "left_out"), held, foods))


def _tables(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = document.get(name)
    return [table for table in found if isinstance(table, dict)] if isinstance(found, list) else []


def _note(row: Mapping[str, Any]) -> DishNote:
    tags, keeps = row.get("tags"), row.get("keeps_days")
    return DishNote(
        str(row.get("id")),
        str(row.get("name")),
        str(row.get("protein", "")),
        _whole(row.get("minutes")),
        keeps if isinstance(keeps, int) else None,
        frozenset(map(str, tags)) if isinstance(tags, list) else frozenset(),
        _whole(row.get("active_minutes")),
        _per_serving_g(row),
        _fresh_minutes(row),
        str(row.get("kind", "")),
        tuple(map(str, row.get("steps", ()))),
    )


def _fresh_minutes(row: Mapping[str, Any]) -> int:
    """Add up the minutes of all that is done with lines that are not kept, each way once."""
    ways = read_settings("meals/second_meal.toml")["fresh"]
    said = {line.get("fresh") for line in row.get("ingredients", ()) if isinstance(line, dict)}
    return sum(rule["minutes"] for way, rule in ways.items() if way in said)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _per_serving_g(row: Mapping[str, Any]) -> dict[str, float]:
    """Return the mass of each food in one serving [g]; nothing where a line cannot be read."""
    masses: dict[str, float] = {}
    try:
        for line in row.get("ingredients", ()):
            mass_g = line["mass_g"] / row["servings"]
            masses[line["food"]] = masses.get(line["food"], 0.0) + mass_g
    except (TypeError, KeyError, ZeroDivisionError):
        return {}
    return masses


def own_note(item: Item) -> DishNote:
    """Return what is known of a dish that only the plan names: its id, name and minutes."""
    return DishNote(item.item_id, item.name, "", item.minutes, None, frozenset())


def lacking(dish_id: str, steps: Sequence[str], gone: Set[str]) -> Iterator[str]:
    """Return what a dish needs that is ``gone``, each as one of several that would do."""
    settings = read_settings("meals/kitchen.toml")
    ways = [
        (name, way["instead"])
        for name, way in settings["own_ways"].items()
        if any(step.lower().startswith(way["begins"]) for step in steps)
    ]
    begins = tuple(way["begins"] for way in settings["own_ways"].values())
    text = " ".join(step for step in map(str.lower, steps) if not step.startswith(begins))
    for phrase in settings["phrases"]:
        text = re.sub(rf"\b{phrase}\b", " ", text)
    for row in settings["needs"]:
        is_asked = any(re.search(rf"\b{word}\b", text) for word in row["words"])
        able = {*row["any"], *(name for name, instead in ways if instead in row["any"])}
        if is_asked and able <= gone and dish_id not in row["spared"]:
            yield "/".join(row["any"])
