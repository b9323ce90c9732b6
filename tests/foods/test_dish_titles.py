"""Titles of dishes keep what they promise; words and amounts: ``data/dish_titles.toml``."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from tests.exchanged import DIETS, NAMES, those_without
from tests.foods.step_words import FOODS, food_words, names, singular, words_in

TABLE = tomllib.loads((Path(__file__).parent / "data/dish_titles.toml").read_text("utf-8"))
SALAD, STIR_FRY = TABLE["salad"], TABLE["stir_fry"]
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
ROUNDED = 1e-6


def keys(food_id):
    """Words by which a row of the table may name a food."""
    food = FOODS[food_id]
    return {food.food_id, food.base, food.group}


def grams(dish, rows):
    """Mass per serving of the foods that are named by id, base or group [g]."""
    return sum(i.mass_g for i in dish.ingredients if keys(i.food_id) & set(rows)) / dish.servings


def without(dish, *food_ids):
    lines = tuple(line for line in dish.ingredients if line.food_id not in food_ids)
    return replace(dish, ingredients=lines)


def every(faults_of, dishes=None):
    """Say of each dish that has faults its id, its title and all of them, one in a line."""
    found = ((dish, list(faults_of(dish))) for dish in dishes or DISHES.values())
    lines = [f"{d.dish_id}, {d.name}: {', '.join(faults)} missing" for d, faults in found if faults]
    return "\n".join(sorted(lines))


# What a title names


def title_of(dish):
    """Give the title without phrases that name no ingredient."""
    title = dish.name.lower()
    for phrase in TABLE["names"]["phrases"]:
        title = title.replace(phrase, " , ")
    return title


def pairs_in(text):
    """Words of a text that follow each other, each in the singular."""
    for part in re.split("[,;]", text.lower()):
        words = [singular(word) for word in re.findall(r"[^\W\d_]+", part)]
        yield from (" ".join(pair) for pair in pairwise(words))


@cache
def base_pairs():
    """Pairs of words that are in the id or the base of a food together."""
    texts = (text.replace("_", " ") for food in FOODS for text in (food.food_id, food.base))
    pairs = {pair for text in texts for pair in pairs_in(text)}
    return frozenset(pairs - set(TABLE["names"]["not_pairs"]))


@cache
def all_words(food_id):
    """All words of a food's name and base, those too that it shares with many."""
    food = FOODS[food_id]
    return words_in(f"{food.name} , {food.base.replace('_', ' ')}") | names(food_id)


@cache
def keeps(food_id, promise):
    """Whether a food is what a word, or two, of a title promise."""
    rows = TABLE["words"].get(promise) or TABLE["pairs"].get(promise)
    if rows:
        return bool(keys(food_id) & set(rows))
    if " " in promise:
        return words_in(promise) <= all_words(food_id)
    return promise in names(food_id)


@cache
def least_g(food_id):
    """Give the least amount per serving of a food that a title names [g]."""
    fits = (row["least_g"] for row in TABLE["less"] if keys(food_id) & set(row["foods"]))
    return next(fits, TABLE["least_g"])


def promises(dish):
    """Words and pairs of words of a title that name something to eat."""
    title = title_of(dish)
    words = words_in(title) & (food_words() | set(TABLE["words"]))
    return sorted(words | (set(pairs_in(title)) & (base_pairs() | set(TABLE["pairs"]))))


def kept_share(dish, promise):
    """Give how much of the least amount is there: 1 and above keep the promise."""
    own = [row["least_g"] for row in TABLE["dish"]
           if (row["id"], row["word"]) == (dish.dish_id, promise)]  # fmt: skip
    held = [line for line in dish.ingredients if keeps(line.food_id, promise)]
    least = {line.food_id: own[0] if own else least_g(line.food_id) for line in held}
    return sum(line.mass_g / least[line.food_id] for line in held) / dish.servings


def not_kept(dish):
    return [one for one in promises(dish) if kept_share(dish, one) < 1 - ROUNDED]


def test_what_a_title_names_is_in_the_list():
    assert sum(bool(promises(dish)) for dish in DISHES.values()) > 0.95 * len(DISHES)
    assert not (missing := every(not_kept)), missing


@pytest.mark.parametrize(
    ("dish_id", "foods", "missing"),
    [
        ("green_salad_vinaigrette", ("vinegar_red_wine",), "vinaigrette"),
        ("green_salad_vinaigrette", ("mustard",), "mustard"),
        ("beef_broccoli_brown_rice", ("sesame_seeds",), "sesame"),
        ("broccoli_carrots_lemon_butter", ("lemon_juice",), "lemon"),
        ("garlic_bread_parsley", ("garlic",), "garlic"),
        ("fettunta_garlic_oil", ("garlic",), "garlic"),
        ("carrots_dill_butter", ("dill_fresh",), "dill"),
        ("popcorn_chili_pumpkin_seeds", ("pumpkin_seeds",), "pumpkin seed"),
        ("glazed_carrots_thyme", ("thyme_dried",), "thyme"),
        ("edamame_lime_chili", ("cayenne",), "chili"),
    ],
)
def test_what_is_taken_out_is_missed_by_the_title(dish_id, foods, missing):
    dish = DISHES[dish_id]
    assert not_kept(dish) == []
    assert missing in not_kept(without(dish, *foods))


def test_less_than_the_least_does_not_keep_a_title():
    dish = DISHES["ginger_tofu_broccoli_bok_choy"]
    little = [replace(i, mass_g=i.mass_g / 2) if i.food_id == "ginger_raw" else i
              for i in dish.ingredients]  # fmt: skip
    assert not_kept(replace(dish, ingredients=tuple(little))) == ["ginger"]


# Salads are dressed


def is_salad(dish):
    named = words_in(dish.name) & set(SALAD["titles"])
    is_one = dish.role == "salad" or "salad" in dish.tags or named
    return bool(is_one) and dish.kind not in SALAD["not_kinds"]


def fat_g(dish):
    """Fat per serving of what dresses a salad [g]."""
    lines = (line for line in dish.ingredients if keys(line.food_id) & set(SALAD["fat"]))
    fats = ((FOODS[line.food_id].per_100g["fat_g"] or 0.0) * line.mass_g / 100 for line in lines)
    return sum(fats) / dish.servings


def sourless(dish):
    if is_salad(dish) and grams(dish, SALAD["cultured"]) < SALAD["least_cultured_g"]:
        yield from ["acid"] * (grams(dish, SALAD["sour"]) < SALAD["least_sour_g"] - ROUNDED)


def undressed(dish):
    if is_salad(dish) and fat_g(dish) < SALAD["least_fat_g"]:
        yield "fat"
    yield from sourless(dish)


def test_every_salad_has_fat_and_acid():
    assert sum(map(is_salad, DISHES.values())) > len(DISHES) / 10
    assert not (missing := every(undressed)), missing


@pytest.mark.parametrize(
    ("dish_id", "foods", "missing"),
    [
        ("green_salad_vinaigrette", ("vinegar_red_wine",), ["acid"]),
        ("cucumber_tomato_salted", ("lemon_juice",), ["acid"]),
        ("green_beans_sesame", ("vinegar_cider",), ["acid"]),
        ("green_salad_vinaigrette", ("olive_oil",), ["fat"]),
        ("house_salad_vinaigrette", ("olive_oil", "vinegar_red_wine"), ["fat", "acid"]),
        ("cucumber_mint_raita", ("yogurt_lowfat",), ["fat", "acid"]),
    ],
)
def test_a_salad_without_its_dressing_is_found(dish_id, foods, missing):
    assert list(undressed(without(DISHES[dish_id], *foods))) == missing


# Stir-fries have a sauce


def is_stir_fry(dish):
    text = " ".join((dish.name, *dish.steps)).lower()
    return any(re.search(rf"\b{word}", text) for word in STIR_FRY["words"])


def bland(dish):
    least = STIR_FRY["least_g"] - ROUNDED
    if is_stir_fry(dish):
        yield from (one for one in ("sauce", "aromatic") if grams(dish, STIR_FRY[one]) < least)


def test_every_stir_fry_has_a_sauce_and_something_aromatic():
    assert sum(map(is_stir_fry, DISHES.values())) > len(DISHES) / 50
    assert not (missing := every(bland)), missing


def test_a_stir_fry_without_its_sauce_is_found():
    dish = DISHES["beef_pepper_stir_fry_brown_rice"]
    assert list(bland(without(dish, "tamari"))) == ["sauce"]
    assert list(bland(without(dish, "garlic", "ginger_raw", "spring_onion"))) == ["aromatic"]


def garnished(dish):
    """Name the tofu or tempeh of which a main dish of soy has too little to be one."""
    if (dish.kind, dish.protein) == ("main", "soy"):
        held = {one: grams(dish, [one]) for one in TABLE["soy"]}
        yield from (one for one, g in held.items() if 0 < g < TABLE["soy"][one])


def test_tofu_of_a_main_dish_is_more_than_a_garnish():
    assert not (missing := every(garnished)), missing
    dish = DISHES["tofu_pad_thai"]
    few = tuple(replace(one, mass_g=one.mass_g * 0.75) for one in dish.ingredients)
    assert list(garnished(replace(dish, ingredients=few))) == ["tofu"]


# Dishes as those get them who leave something out


def empty_words(dish):
    """Words of a title that nothing in the list keeps, however little of it."""
    return [promise for promise in promises(dish) if not kept_share(dish, promise)]


@pytest.mark.parametrize("faults_of", [empty_words, bland, sourless])
def test_what_stands_for_another_food_keeps_the_title(faults_of):
    usual = with_exchanges(tuple(DISHES.values()), [frozenset()])
    given = {dish for name in (*NAMES, *DIETS) for dish in those_without(name)}
    assert not (missing := every(faults_of, {*usual, *given})), missing


# The table


def test_the_table_excuses_nothing_that_no_title_says():
    titles = [words_in(title_of(dish)) for dish in DISHES.values()]
    known = set().union(*(keys(food.food_id) for food in FOODS))
    rows = [*TABLE["words"].values(), *TABLE["pairs"].values()]
    rows += [row["foods"] for row in TABLE["less"]]
    rows += [SALAD[key] for key in ("fat", "sour", "cultured")]
    rows += [STIR_FRY[key] for key in ("sauce", "aromatic")]
    phrases = [*TABLE["names"]["phrases"], *TABLE["names"]["not_pairs"]]
    unsaid = [one for one in phrases if not any(one in d.name.lower() for d in DISHES.values())]
    assert [word for word in TABLE["words"] if not any(word in said for said in titles)] == []
    assert (unsaid, set().union(*rows) - known) == ([], set())


def test_what_one_dish_may_have_less_of_is_less_than_elsewhere():
    for row in TABLE["dish"]:
        dish = DISHES[row["id"]]
        held = [line for line in dish.ingredients if keeps(line.food_id, row["word"])]
        assert sum(line.mass_g for line in held) / dish.servings < TABLE["least_g"], row["id"]
        assert row["why"], row["id"]
