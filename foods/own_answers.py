"""Questions of a dish file and their answers, and what is wrong with the shape of one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from foods.errors import FoodDataError, raise_collected
from foods.library.kept import id_called
from foods.own_file import parse_own_toml
from foods.recipe_line import read_words
from foods.recipe_match import match_answered
from foods.table import FoodTable

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
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
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
    """Say which values of tables have another kind than the format gives them."""
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
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


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
    **dict.fromkeys(("slots", "tags", "steps", "nearest"), _TEXTS),
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
    """Give the ingredient that an answered line is; ``None`` where nobody says how much of it.

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
