"""Dish files of one's own: a recipe becomes an editable file, with a question per doubtful line.

The file has the format of the shipped dishes. Beside ``[[dish]]`` it may hold ``[[question]]``
tables: one for each ingredient line that could not be matched for sure, and one for each thing that
the recipe does not say. A question is answered in its place (``food = "…"``, ``mass_g = …``, or
``answer = …``) and then counts as part of the dish; ``food = "none"`` leaves the line out. As long
as one is open, the dish is not used (``foods/own_dishes.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foods.errors import FoodDataError, raise_collected
from foods.importers.own_recipe import OwnRecipe
from foods.library.store import id_called
from foods.name_reader import plain_words
from foods.own_file import parse_own_toml
from foods.recipe_line import as_scaled, read_words
from foods.recipe_match import LineMatch, match_answered, match_line
from foods.table import FoodTable


def cuisine_of(name: str, cuisines: Iterable[str]) -> str:
    """Return the one of these cuisines that the words of a name tell; else that of no kitchen."""
    found = _told("kitchens", name).intersection(cuisines)
    return next(iter(found), str(read_words()["defaults"]["cuisine"]))


def kind_of(name: str) -> str | None:
    """Return the kind of dish that the words of a name tell; ``None`` where they tell none."""
    return next(iter(_told("kinds_by_name", name)), None)


def _told(what: str, name: str) -> frozenset[str]:
    """Return what the words of a name tell, the longest first; nothing where two disagree."""
    words = {
        plain_words(phrase): told for told, names in read_words()[what].items() for phrase in names
    }
    left, found = plain_words(name), set()
    for phrase in sorted(words, key=len, reverse=True):
        for at in range(len(left) - len(phrase) + 1):
            if left[at : at + len(phrase)] == phrase:
                found.add(words[phrase])
                left = (*left[:at], *[""] * len(phrase), *left[at + len(phrase) :])
    return frozenset(found if len(found) == 1 else ())


WHOLE_G = 100
LONGEST_ID = 60  # characters; file systems take 255 bytes
LONGEST_NAME = 120
MOST_WHOLE = 10_000  # servings, and minutes: a week
WATER_BASE = "water"
HEAD = """\
# A dish of your own. Everything may be changed; `magplan dishes show NAME --dishes DIR` reads it.
# Foods stand as they are eaten, masses in grams for the whole recipe; behind # how sure the match
# is (0 to 1) and the line it comes from. Protein, starch and yield_g follow from the ingredients
# unless they are given here. What it is `served` with, its `cuisine` and a `kind` that the recipe
# does not say are guesses: change them. Braces in steps hold what grows with the servings.
"""
HEAD_QUESTIONS = """\
# Below are open questions. Answer each in its place: food (an id from `magplan foods search`, or
# "none" to leave the line out), or answer. Where mass_g is 0 the line itself says how much, if the
# food has its measure; else give mass_g, too. The dish is used once none is open.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A dish on its way into a file.

    Parameters
    ----------
    entry
        The ``[[dish]]`` table, without ingredients; a key that is not known is left out.
    matches
        Its ingredient lines, sure ones and doubtful ones.
    missing
        Key that is not known → why a person has to say it.
    is_kind_guessed
        Whether its kind is only what its name tells.
    """

    entry: Mapping[str, Any]
    matches: tuple[LineMatch, ...]
    missing: Mapping[str, str]
    is_kind_guessed: bool = False

    @property
    def dish_id(self) -> str:
        """Id of the dish, and name of its file."""
        return str(self.entry["id"])

    @property
    def sure(self) -> tuple[LineMatch, ...]:
        """The lines that enter the dish by themselves."""
        return tuple(match for match in self.matches if match.is_sure)

    @property
    def doubtful(self) -> tuple[LineMatch, ...]:
        """The lines that become questions."""
        return tuple(match for match in self.matches if not match.is_sure)

    @property
    def questions(self) -> int:
        """Number of questions that a person has to answer."""
        return len(self.doubtful) + len(self.missing)


def draft_dish(recipe: OwnRecipe, table: FoodTable, cuisines: Collection[str] = ()) -> Draft:
    """Match the lines of a recipe and gather what it says of itself; nothing is guessed.

    Parameters
    ----------
    recipe
        The recipe.
    table
        The foods.
    cuisines
        Cuisines that a dish may name.
    """
    steps = " ".join(recipe.steps)
    matches = tuple(match_line(line, table, steps) for line in recipe.lines)
    said_kind = _kind(recipe.words)
    kind = said_kind or kind_of(recipe.name)
    known: dict[str, Any] = {
        "id": f"own_{_slug(recipe.name)}",
        "name": recipe.name[:LONGEST_NAME],
        "kind": kind,
        "slots": read_words()["slots"].get(kind),
        "cuisine": _cuisine(recipe, cuisines),
        "servings": _whole(recipe.servings),
        "minutes": _whole(recipe.minutes),
        "active_minutes": _whole(recipe.active_minutes or recipe.minutes),
        "tags": [],
        "keeps_days": read_words()["defaults"]["keeps_days"],
        "taste": read_words()["defaults"]["taste"],
        "portions": read_words()["defaults"]["portions"],
        "steps": [as_scaled(step) for step in recipe.steps] or None,
    }
    entry = {key: value for key, value in known.items() if value is not None}
    missing = {key: why for key, why in _ASKED.items() if key not in entry}
    if "servings" in missing and recipe.yields:
        missing["servings"] = _MADE.format(yields=recipe.yields[:LONGEST_NAME])
    is_guessed = bool(kind) and not said_kind
    return Draft(entry, _without_water_taken_up(matches, table), missing, is_guessed)


def as_dish_toml(draft: Draft) -> str:
    """Write the draft as a dish file."""
    entry = draft.entry
    lines = [HEAD, *([HEAD_QUESTIONS] if draft.questions else []), "[[dish]]"]
    lines += [f"{key} = {_toml(entry[key])}" for key in entry if key != "steps"]
    lines += ["ingredients = [", *map(_ingredient_line, _merged(draft.sure)), "]"]
    if "steps" in entry:
        lines += ["steps = [", *(f"  {_toml(step)}," for step in entry["steps"]), "]"]
    for key, why in draft.missing.items():
        lines += _question({"dish": draft.dish_id, "key": key, "why": why, "answer": ""})
    for match in draft.doubtful:
        lines += _question({
            "dish": draft.dish_id,
            "line": match.line.text,
            "why": "; ".join(match.doubts),
            "nearest": list(match.nearest),
            "food": "",
            "mass_g": round(match.mass_g or 0.0, 1),
            "measure": match.measure,
        })  # fmt: skip
    return "\n".join([*lines, ""])


def as_toml(document: Mapping[str, Any]) -> str:
    """Write tables of ``[[dish]]`` as TOML."""
    lines = []
    for name, tables in document.items():
        for table in tables if isinstance(tables, list) else []:
            lines += [f"[[{name}]]", *(f"{key} = {_toml(table[key])}" for key in table), ""]
    return "\n".join(lines)


_MADE = "for how many is it? The recipe says only {yields!r}"
_ASKED = {
    "kind": "breakfast, main, side (then add a role), snack or dessert? The recipe does not say",
    "servings": "for how many is it? The recipe does not say",
    "minutes": "how many minutes from start to table? The recipe does not say",
    "steps": "the recipe has no steps; give them as a list of sentences",
}


def _kind(words: Iterable[str]) -> str | None:
    said = {word.casefold() for word in words}
    kinds: Mapping[str, list[str]] = read_words()["kinds"]
    return next((kind for kind, names in kinds.items() if said & set(names)), None)


def _cuisine(recipe: OwnRecipe, cuisines: Collection[str]) -> str:
    """Return the cuisine that a recipe says in its words, else the one that its name tells."""
    said = {word.casefold().replace(" ", "_") for word in recipe.words}
    return min(said.intersection(cuisines), default=cuisine_of(recipe.name, cuisines))


def _slug(name: str) -> str:
    return "_".join(filter(None, plain_words(name)))[:LONGEST_ID].rstrip("_") or "dish"


def _whole(number: float | None) -> int | None:
    """Return a number of servings or minutes; one that nobody can mean is as good as none."""
    return max(1, round(number)) if number and number <= MOST_WHOLE else None


def _without_water_taken_up(
    matches: Sequence[LineMatch], table: FoodTable
) -> tuple[LineMatch, ...]:
    """Take from the recipe's water what dry foods take up, since their cooked mass holds it."""
    left_g = sum(_taken_up_g(match, table) for match in matches)
    found = []
    for match in matches:
        mass_g = match.mass_g or 0.0
        if left_g > 0 and mass_g and _base(match, table) == WATER_BASE:
            used_g = min(left_g, mass_g)
            left_g -= used_g
            if used_g < mass_g:
                left = f"{match.measure}, less what is taken up"
                found.append(replace(match, mass_g=mass_g - used_g, measure=left))
        else:
            found.append(match)
    return tuple(found)


def _taken_up_g(match: LineMatch, table: FoodTable) -> float:
    """Return the water that a dry food has taken up when it is cooked [g]."""
    if match.food_id is None or match.mass_g is None or not match.is_turned:
        return 0.0
    food = table[match.food_id]
    bought = table[food.bought_as] if food.bought_as else None
    if bought is None or bought.state != "dry" or food.bought_g_per_100g >= WHOLE_G:
        return 0.0
    return match.mass_g * (1 - food.bought_g_per_100g / WHOLE_G)


def _base(match: LineMatch, table: FoodTable) -> str:
    return table[match.food_id].base if match.food_id else ""


def _merged(matches: Iterable[LineMatch]) -> list[LineMatch]:
    """Put lines of the same food together."""
    found: dict[str | None, LineMatch] = {}
    for match in matches:
        before = found.get(match.food_id)
        if before is not None:
            match = replace(
                before,
                mass_g=(before.mass_g or 0.0) + (match.mass_g or 0.0),
                measure=f"{before.measure} + {match.measure}",
                confidence=min(before.confidence, match.confidence),
            )
        found[match.food_id] = match
    return list(found.values())


def _ingredient_line(match: LineMatch) -> str:
    mass_g = round(match.mass_g or 0.0, 1) or 0.1
    values = f"food = {_toml(match.food_id)}, mass_g = {mass_g:g}, measure = {_toml(match.measure)}"
    return f"  {{{values}}},  # {match.confidence:.2f}: {' '.join(match.line.text.split())}"


def _question(values: Mapping[str, Any]) -> list[str]:
    return ["", "[[question]]", *(f"{key} = {_toml(value)}" for key, value in values.items())]


def _toml(value: Any) -> str:
    """Write a value; JSON text is TOML text, but for tables."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


LEAVE_OUT = "none"
OPEN = "open: "
MOST_AMOUNT = 1_000_000  # grams, minutes, servings
LINE_KEYS = frozenset({"dish", "line", "why", "nearest", "food", "mass_g", "measure"})
FACT_KEYS = frozenset({"dish", "key", "why", "answer"})


class OpenQuestionsError(FoodDataError):
    """A dish file waits for answers; nothing else is wrong with it."""


def settle_questions(text: str, where: str, table: FoodTable) -> dict[str, Any]:
    """Return the document of a dish file with its answered questions worked in.

    Raises
    ------
    OpenQuestionsError
        When questions are open and nothing else is wrong with them.
    FoodDataError
        When it is not TOML, or a question is damaged or answered with what does not exist; all are
        listed.
    """
    document = parse_own_toml(text, where)
    questions, dishes = document.pop("question", []), document.get("dish", [])
    for name, tables in (("question", questions), ("dish", dishes)):
        if not isinstance(tables, list) or not all(isinstance(entry, dict) for entry in tables):
            raise FoodDataError(f"{name} tables stand under [[{name}]]", where)
    shape = [*_shape_faults("dish", dishes), *_shape_faults("question", questions)]
    shape += [
        f"unknown key {key!r}; dishes stand under [[dish]]" for key in document if key != "dish"
    ]
    raise_collected(FoodDataError, shape, where)
    for line in (*questions, *(one for dish in dishes for one in dish.get("ingredients", ()))):
        if "food" in line and line["food"] not in table:
            line["food"] = id_called(line["food"], table)
    by_id = {dish.get("id"): dish for dish in dishes}
    faults = list(filter(None, (_settle(question, by_id, table) for question in questions)))
    is_open = all(fault.startswith(OPEN) for fault in faults)
    raise_collected(OpenQuestionsError if is_open else FoodDataError, faults, where)
    return document


def _shape_faults(name: str, tables: Iterable[Mapping[str, Any]]) -> list[str]:
    """Describe which values of tables have another kind than the format gives them."""
    faults = []
    for number, table in enumerate(tables, start=1):
        where = f"{name} {number}"
        faults += [
            ": ".join((where, f"{key} must be {words}"))
            for key, (words, fits) in _KINDS.items()
            if key in table and not fits(table[key])
        ]
        lines = table.get("ingredients")
        if _is_lines(lines):
            faults += _shape_faults(f"{where}, ingredient", lines or ())
    return faults


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_amount(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) <= MOST_AMOUNT
    )


def _is_lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, dict) for line in value)


_TEXT = ("text of one line", _is_text)
_TEXTS = ("a list of texts", _is_texts)
_AMOUNT = ("a number that a kitchen can mean", _is_amount)
_KINDS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(("id", "name", "kind", "cuisine", "role", "protein", "starch"), _TEXT),
    **dict.fromkeys(("dish", "key", "line", "why", "food", "measure", "served"), _TEXT),
    **dict.fromkeys(("slots", "tags", "steps", "nearest", "left_out"), _TEXTS),
    **dict.fromkeys(
        ("servings", "minutes", "active_minutes", "keeps_days", "taste", "yield_g", "mass_g"),
        _AMOUNT,
    ),
    "ingredients": ("a list of {food = text, mass_g = number, measure = text}", _is_lines),
}


def _settle(
    question: Mapping[str, Any], dishes: Mapping[Any, dict[str, Any]], table: FoodTable
) -> str | None:
    """Work one answer into its dish; give what is wrong with it, if anything is."""
    dish = dishes.get(question.get("dish"))
    if dish is None:
        asked = question.get("dish")
        return f"question for {asked!r}, which is no dish of this file"
    if set(question) == FACT_KEYS:
        if question["answer"] in ("", 0, []):
            return f"open: {question['key']} ({question['why']}) — give `answer`"
        settle_fact(dish, question["key"], question["answer"])
        return None
    if set(question) == LINE_KEYS:
        return _settle_line(question, dish, table)
    return f"damaged question: {sorted(question)}; its keys are {sorted(LINE_KEYS)}"


def _settle_line(question: Mapping[str, Any], dish: dict[str, Any], table: FoodTable) -> str | None:
    line, food = question["line"], question["food"]
    if food == LEAVE_OUT:
        dish.setdefault("left_out", []).append(line)
        return None
    if not food:
        near = ", ".join(question["nearest"]) or "`magplan foods search`"
        return (
            f"open: {question['line']!r} ({question['why']}) — give `food`: {near}; or "
            f"{LEAVE_OUT!r}"
        )
    if food not in table:
        return f"{line!r}: no food {food!r} — `magplan foods search` lists foods"
    answered = answered_line(question, dish, table)
    if answered is None:
        return f"open: {line!r} — give `mass_g`, its grams in the whole recipe"
    dish.setdefault("ingredients", []).append(answered)
    return None


def answered_line(
    question: Mapping[str, Any], dish: Mapping[str, Any], table: FoodTable
) -> dict[str, Any] | None:
    """Return the ingredient that an answered line is; ``None`` where nobody says how much of it.

    Where ``mass_g`` is left at 0 the line says how much, if the food has such a measure: then a dry
    or raw food is counted as it is eaten.
    """
    food_id, mass_g, measure = (question.get(key) for key in ("food", "mass_g", "measure"))
    if isinstance(mass_g, int | float) and not isinstance(mass_g, bool) and mass_g > 0:
        return {"food": food_id, "mass_g": mass_g, "measure": measure or f"{mass_g:g} g"}
    steps = " ".join(map(str, dish.get("steps") or ()))
    food = table[str(food_id)]
    found = None if food.is_kept else match_answered(str(question.get("line")), food, table, steps)
    if found is None or not found.mass_g:
        return None
    return {"food": found.food_id, "mass_g": round(found.mass_g, 1), "measure": found.measure}


def settle_fact(dish: dict[str, Any], key: str, answer: Any) -> None:
    """Set what the recipe did not say, and what follows from it unless the file says otherwise."""
    answer = int(answer) if isinstance(answer, str) and answer.strip().isdecimal() else answer
    dish[key] = answer
    if key == "kind" and isinstance(answer, str):
        dish.setdefault("slots", read_words()["slots"].get(answer, []))
    elif key == "minutes":
        dish.setdefault("active_minutes", answer)
