"""Match ingredient lines of people's own recipes to foods, with a confidence, guessing nothing.

A line is matched by the words of its food to names, ids and bases of the catalogue. The state
decides among foods of one name: "canned" and "cooked" take those, otherwise a food is counted as it
is bought, and turned into what it becomes in the pot where the catalogue knows that (dry rice into
cooked rice, with its mass). A line whose food, state or mass is not sure carries a doubt, which
becomes a question; it never enters a dish by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from foods.find import search_foods
from foods.food import Food
from foods.line_mass import recipe_mass_g, usual_foods
from foods.name_reader import (
    core_words,
    food_reader,
    in_order,
    name_words,
    plain_words,
    without_state,
    without_talk,
    word_sets,
)
from foods.recipe_line import DOUBT_CHOICE, DOUBT_TWO_FOODS, ParsedLine, parse_line, read_words
from foods.table import FoodTable

DOUBT_NO_AMOUNT = "the line says no amount"
DOUBT_TOO_MUCH = "the line says more than a household cooks"
DOUBT_NO_FOOD = "no food of the catalogue is surely this one"
DOUBT_SEVERAL = "several foods could be meant"
DOUBT_STATE = "the line does not say whether it is dry, canned or cooked"

WHOLE_G = 100
_CHOICE = re.compile(r"\bor\b|(?<!\d)/", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!;])\s+")
_IN_SEVERAL_STATES = ("legumes",)  # groups bought dry as often as canned


@dataclass(frozen=True, slots=True)
class LineMatch:
    """What an ingredient line is taken for.

    Parameters
    ----------
    line
        The line, taken apart.
    food_id, mass_g
        Food, in the state in which it is eaten, and its mass [g]; ``None`` where it is not sure.
    measure
        The amount in the words of the recipe.
    confidence
        How sure the food is [0 to 1].
    doubts
        Why a person has to look at it; empty when the match is sure.
    nearest
        Foods that it could be, best first.
    is_turned
        Whether the line names the food raw or dry, and ``food_id`` is what it becomes in the pot.
    """

    line: ParsedLine
    food_id: str | None
    mass_g: float | None
    measure: str
    confidence: float
    doubts: tuple[str, ...]
    nearest: tuple[str, ...]
    is_turned: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the line may enter the dish as it is."""
        return not self.doubts and self.food_id is not None and self.mass_g is not None


def match_line(text: str, table: FoodTable, steps: str = "") -> LineMatch:
    """Match one ingredient line.

    Parameters
    ----------
    text
        The line as written.
    table
        The foods.
    steps
        The steps of the recipe, which say what becomes of a food: baked or boiled potatoes.
    """
    line, ranked = _settled(_as_named(parse_line(text)), table)
    food, doubts = _choose(line, ranked)
    if food is None:
        usual = _usually(line, table)
        food, doubts = (usual[1], []) if usual and doubts == [DOUBT_NO_FOOD] else (food, doubts)
        ranked = [*([usual] if usual else []), *ranked]
    mass_g, doubt = _mass_g(line, food) if food else (None, "")
    bought = food
    if food is not None and mass_g is not None:
        food, mass_g = _as_eaten(food, mass_g, table, steps)
    if line.amount is None and food is not None and food.food_id in read_words()["to_taste"]:
        mass_g = read_words()["to_taste"][food.food_id]
    elif line.amount is None or not line.amount.count:
        doubts.append(DOUBT_NO_AMOUNT)
    elif mass_g is not None and mass_g > read_words()["match"]["most_g"]:
        doubts.append(DOUBT_TOO_MUCH)
        mass_g = None
    elif doubt:
        doubts.append(doubt)
    return LineMatch(
        line=line,
        food_id=food.food_id if food else None,
        mass_g=mass_g,
        measure=_measure_text(line, food, bought),
        confidence=round(ranked[0][0], 2) if ranked else 0.0,
        doubts=(*line.doubts, *doubts),
        nearest=_nearest(line, ranked, table),
        is_turned=food is not bought,
    )


def match_answered(text: str, answer: Food, table: FoodTable, steps: str = "") -> LineMatch:
    """Match a line whose food somebody named: how much of it the line says, as it is eaten.

    A cooked food named for a line that does not say cooked is counted as what was bought for it.
    """
    line, bought = parse_line(text), answer
    said = {word for phrase in line.said for word in plain_words(phrase)}
    if answer.bought_as and answer.bought_as in table and not said & word_sets()["cooked"]:
        bought = table[answer.bought_as]
    mass_g, _doubt = _mass_g(line, bought)
    if mass_g is None:
        bought, mass_g = answer, recipe_mass_g(line, answer)
    food = bought
    if bought is not answer and mass_g is not None:
        food, mass_g = answer, mass_g * WHOLE_G / answer.bought_g_per_100g
    elif mass_g is not None and not answer.bought_as:
        food, mass_g = _as_eaten(answer, mass_g, table, steps)
    measure = _measure_text(line, food, bought)
    doubts = () if mass_g is not None else (DOUBT_NO_AMOUNT,)
    return LineMatch(line, food.food_id, mass_g, measure, 1.0, doubts, (), food is not bought)


def surely_meant(name: str, table: FoodTable) -> Food | None:
    """Return the food that a recipe surely means by a name; ``None`` where that is in doubt."""
    read = match_line(f"1 g {name}", table)
    return table[read.food_id] if read.is_sure and read.food_id is not None else None


def _rank(line: ParsedLine, table: FoodTable) -> list[tuple[float, Food]]:
    """Return foods with their confidence [0 to 1], best first."""
    name = line.name.casefold()
    for phrase in read_words()["words"]["dropped"]:
        if not phrase.isalpha():
            name = name.replace(phrase, " ")
    return [(score, table[food_id]) for score, food_id in food_reader(table).rank(name)]


def _as_named(line: ParsedLine) -> ParsedLine:
    """Return a line the name that it has of a can, or in a bunch: coriander is a herb there."""
    rules, unit = read_words()["meant_by"], line.amount.unit if line.amount else ""
    if unit == "can" and name_words(line.name)[-1:] == ("tomato",):
        return replace(line, name=rules["can"]["tomato"])
    name = " ".join(without_talk(without_state(name_words(line.name))))
    is_herb = unit in rules["herb"]["units"] or bool(line.said & set(rules["herb"]["said"]))
    meant = rules["herb"]["names"].get(name) if is_herb else None
    if meant is None:
        return line
    kept = tuple(doubt for doubt in line.doubts if doubt != DOUBT_TWO_FOODS)
    return replace(line, name=meant, doubts=kept)


def _settled(line: ParsedLine, table: FoodTable) -> tuple[ParsedLine, list[tuple[float, Food]]]:
    """Rank the foods of a line; where it leaves a choice of words for one food, there is none."""
    whole = _rank(line, table)
    parts = [one.strip() for one in _CHOICE.split(line.name) if one.strip()]
    if len(parts) <= 1 or (whole and whole[0][0] == 1.0):
        rest = tuple(doubt for doubt in line.doubts if doubt != DOUBT_CHOICE or len(parts) <= 1)
        return replace(line, doubts=rest), whole
    last = parts[-1].split()
    tails = [" ".join(last[at:]) for at in range(1, len(last))]
    found: list[tuple[float, Food]] = []
    chosen: list[Food | None] = []
    for part in parts:
        for name in [*(f"{part} {tail}" for tail in tails if part is not parts[-1]), part]:
            ranked = _rank(replace(line, name=name), table)
            food, _doubts = _choose(line, ranked)
            if food is not None:
                break
        chosen.append(food)
        found += [pair for pair in ranked if food in (None, pair[1])]
    found = sorted(
        {food.food_id: (score, food) for score, food in reversed(found)}.values(),
        key=lambda pair: -pair[0],
    )
    rest = tuple(doubt for doubt in line.doubts if doubt != DOUBT_CHOICE)
    if None not in chosen and len({food.food_id for food in chosen if food}) == 1:
        return replace(line, doubts=rest), found
    return replace(line, doubts=(DOUBT_CHOICE, *rest)), found


def _usually(line: ParsedLine, table: FoodTable) -> tuple[float, Food] | None:
    """Return what people usually mean by a name, as it is bought where it is not said to be cooked.

    Not of pulses, which are bought dry as often as canned, and nothing that is only like it.
    """
    food_id, sure = usual_foods().get(in_order(without_talk(name_words(line.name))), ("", 0.0))
    if food_id not in table or sure < read_words()["match"]["least"]:
        return None
    food = table[food_id]
    if food.bought_as and food.bought_as in table and not _in_state(line, food):
        food = table[food.bought_as]
    is_sure = food.group not in _IN_SEVERAL_STATES and _in_state(line, food)
    return (sure, food) if is_sure else None


def _choose(
    line: ParsedLine, ranked: Sequence[tuple[float, Food]]
) -> tuple[Food | None, list[str]]:
    """Choose the food; what speaks against it goes into the doubts."""
    match = read_words()["match"]
    if not ranked or ranked[0][0] < match["least"]:
        return None, [DOUBT_NO_FOOD]
    best = ranked[0][0]
    near = [food for score, food in ranked if score > best - match["clear_by"]]
    same = [food for food in near if _in_state(line, food)]
    same = [food for food in same if _is_canned(food) and _says_canned(line)] or same
    same = same or _stateless(line, near, ranked)
    if not same:
        return None, [DOUBT_STATE]
    if len(same) == 1:
        return same[0], []
    exact = [food for food in same if name_words(food.name) == name_words(line.name)]
    exact = exact or [food for food in same if (best, food) in ranked]
    if len(exact) == 1:
        return exact[0], []
    is_state = len({food.base for food in same}) == 1 and same[0].group in _IN_SEVERAL_STATES
    return None, [DOUBT_STATE if is_state else DOUBT_SEVERAL]


def _stateless(
    line: ParsedLine, near: Sequence[Food], ranked: Sequence[tuple[float, Food]]
) -> list[Food]:
    """Return foods that have no such state as a line says: mashed bananas, dry lentils rinsed."""
    bases = {food.base for food in near}
    if line.amount is not None and line.amount.unit == "can":
        return []
    said = {word for text in line.said for word in plain_words(text)}
    if not said & word_sets()["canned"]:
        is_cooked = any(food.bought_as for _score, food in ranked if food.base in bases)
        return [] if is_cooked else list(near)
    is_rinsed = said & word_sets()["canned"] <= {"rinsed", "drained"}
    is_dry = is_rinsed and not any(map(_is_canned, near)) and not said & word_sets()["cooked"]
    return [food for food in near if food.bought_as is None] if is_dry else []


def _in_state(line: ParsedLine, food: Food) -> bool:
    """Return whether the food has the state the line asks for, or else the one it is bought in.

    What is bought canned or frozen is taken only where the line says so, except pulses, for which
    dry and canned are both usual: then both are left, and the line is in doubt.
    """
    sets = word_sets()
    said = {word for text in line.said for word in plain_words(text)}
    is_canned = _is_canned(food)
    is_can = line.amount is not None and line.amount.unit == "can"
    if is_can or said & sets["canned"]:
        return is_canned or (
            not food.bought_as and food.group not in _IN_SEVERAL_STATES and not is_can
        )
    if said & sets["cooked"]:
        is_so = bool(said & sets["cooked"] & set(plain_words(food.name)))
        return food.bought_as is not None or is_so
    if said & sets["frozen"]:
        return "frozen" in plain_words(food.name) and food.bought_as is None
    if "frozen" in plain_words(food.name) and food.food_id.endswith("frozen"):
        return False
    if said & sets["raw"] and is_canned:
        return False
    return food.bought_as is None and (not is_canned or food.group in _IN_SEVERAL_STATES)


def _is_canned(food: Food) -> bool:
    return bool(word_sets()["canned"] & set(plain_words(food.name)))


def _says_canned(line: ParsedLine) -> bool:
    said = {word for text in line.said for word in plain_words(text)}
    return bool(said & word_sets()["canned"])


def _mass_g(line: ParsedLine, food: Food) -> tuple[float | None, str]:
    """Return the mass of the food as it stands in the line [g], or why it is not known."""
    mass_g = recipe_mass_g(line, food)
    if line.amount is None or mass_g is not None:
        return mass_g, ""
    what = line.amount.unit or line.size or "piece"
    return None, f"the catalogue does not say what one {what} of it weighs"


def _as_eaten(food: Food, mass_g: float, table: FoodTable, steps: str) -> tuple[Food, float]:
    """Turn a raw or dry food into what it becomes in the dish, where the catalogue knows that."""
    as_it_is = read_words()["words"]["as_it_is"]  # they swell in a liquid that the dish counts
    if food.state not in ("raw", "dry") or food.base in as_it_is:
        return food, mass_g
    cooked = [other for other in table if other.bought_as == food.food_id]
    chosen = _cooked_as(food, cooked, steps)
    if chosen is None:
        return food, mass_g
    return chosen, mass_g * WHOLE_G / chosen.bought_g_per_100g


def _cooked_as(food: Food, cooked: Sequence[Food], steps: str) -> Food | None:
    if len(cooked) <= 1:
        return cooked[0] if cooked else None
    usually = read_words()["usually"].get(food.food_id)
    if not usually:
        own = set(plain_words(food.base.replace("_", " ")))
        sentences = _SENTENCE.split(steps)
        about = [sentence for sentence in sentences if own & set(plain_words(sentence))]
        for words in (*map(plain_words, about), plain_words(steps)):
            chosen = _said_to_be(cooked, words)
            if chosen is not None:
                return chosen
    return next((other for other in cooked if other.food_id == usually), None)


def _said_to_be(cooked: Sequence[Food], words: Sequence[str]) -> Food | None:
    """Return the cooked food that the first word of cooking means, of those that stand here."""
    known = read_words()["cooked"]
    for word in words:
        for state in known.get(word, ()):
            for other in cooked:
                if state in plain_words(other.name):
                    return other
    return None


def _measure_text(line: ParsedLine, food: Food | None, bought: Food | None) -> str:
    """Return the amount as the recipe words it, and what it was before it was cooked."""
    if line.amount is None:
        return line.text
    unit = line.amount.unit
    if line.amount.count > 1 and unit in _word_units():
        unit = f"{unit}es" if unit.endswith("ch") else f"{unit}s"
    amount = " ".join(filter(None, (_count_text(line.amount.count), line.size, unit)))
    if line.other is not None and line.other.unit:
        whole = "" if line.other_is_each or line.amount.count <= 1 else "in all "
        amount += f" ({whole}{_count_text(line.other.count)} {line.other.unit})"
    if food is not None and bought is not None and food is not bought:
        return f"{amount} {bought.name.casefold()}"
    return amount


def _word_units() -> frozenset[str]:
    """Name the measures that are words and take a plural: cups and cans, not tbsp and g."""
    words = read_words()
    short = {*words["volume_ml"], *words["mass_g"]} - {"cup"}
    return frozenset({*words["units"].values(), "cup"} - short)


def _count_text(count: float) -> str:
    whole, part = divmod(count, 1)
    fractions = {0.25: "1/4", 0.5: "1/2", 0.75: "3/4", 0.33: "1/3", 0.67: "2/3"}
    words = fractions.get(round(part, 2))
    if words:
        return f"{whole:.0f} {words}" if whole else words
    return f"{count:g}"


def _nearest(
    line: ParsedLine, ranked: Sequence[tuple[float, Food]], table: FoodTable
) -> tuple[str, ...]:
    """Name foods that the line could mean, those in its state first; none that only sounds so."""
    match, own = read_words()["match"], set(without_talk(core_words(line.name))[-1:])
    found = sorted(ranked, key=lambda pair: (-pair[0], not _in_state(line, pair[1])))
    names = [
        food.food_id
        for score, food in found
        if score >= match["least_near"] or own & set(name_words(f"{food.name} {food.base}"))
    ]
    told = read_words()["near"].get(" ".join(without_talk(name_words(line.name))), ())
    usual = usual_foods().get(in_order(without_talk(name_words(line.name))), ("", 0.0))[0]
    names = [*told, *([usual] if usual in table else ()), *names]
    names += [food.food_id for food in search_foods(table, line.name)] if not names else []
    return tuple(dict.fromkeys(names))[: match["shown"]]
