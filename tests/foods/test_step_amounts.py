"""Numbers in the steps of shipped dishes: worked out, or times, heat and sizes, which stay."""

import re
from collections import Counter

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.candidates.servings import mass_per_food
from planner.candidates.steps import BRACES, VOLUMES, read_amount, states_water
from planner.kitchen.as_bought import recipe_lines
from planner.kitchen.measures import grams_per
from planner.kitchen.steps import ML, steps_for
from tests.each import for_each
from tests.foods.step_words import FOODS, NUMBER, TABLE, taken_of

DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
SERVINGS = (1, 2, 4)
RANGE = rf"(?:{NUMBER})(?: (?:to|or) (?:{NUMBER}))?"
UNCHANGED = re.compile(
    rf"{RANGE}(?: more)?[ -]?(?:minutes?|seconds?|hours?|days?|months?|°C|°F|cm|mm)\b"
    rf"|\b(?:last|for|another|after|than|give(?:s)? (?:it|them)|after the first) {RANGE}"
    rf"(?= (?:more|to cool|off|of them)\b|[,.;:]| in the\b| under\b| and\b)"
    rf"|{RANGE} (?:minutes )?more\b"
)
SPOKEN = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)\b", re.IGNORECASE
)


def outside_braces(step):
    return UNCHANGED.sub("~", BRACES.sub("~", step))


@for_each(DISHES.values(), lambda one: one.dish_id)
def test_every_number_of_a_step_is_worked_out_or_the_same_for_any_servings(dish):
    left = [step for step in map(outside_braces, dish.steps) if re.search(r"\d", step)]
    assert left == []


def test_every_number_in_words_is_one_that_any_servings_share():
    said = {dish_id: " ".join(dish.steps) for dish_id, dish in DISHES.items()}
    for phrase in TABLE["numbers"]:
        assert any(phrase in text.lower() for text in said.values()), phrase
        said = {one: re.sub(re.escape(phrase), "~", text, flags=re.I) for one, text in said.items()}
    left = {one: SPOKEN.findall(text) for one, text in said.items()}
    assert {one: words for one, words in left.items() if words} == {}


@pytest.mark.parametrize("servings", SERVINGS)
def test_steps_never_take_more_of_a_food_than_the_list_has(servings):
    checked = 0
    for dish in DISHES.values():
        share = servings / dish.servings
        masses = {food_id: mass_g * share for food_id, mass_g in mass_per_food(dish).items()}
        taken = Counter()
        for food_id, mass_g in taken_of(dish, steps_for(dish.steps, share, "metric")):
            taken[food_id] += mass_g
            checked += 1
        for food_id, mass_g in taken.items():
            spoon_g = grams_per(FOODS[food_id], "tsp") or 0.0
            assert mass_g <= masses[food_id] + spoon_g / 8, (dish.dish_id, food_id)
    assert checked > 20


def test_an_amount_above_the_list_would_be_found():
    dish = DISHES["pierogi_lentils_sauerkraut"]
    more = [step.replace("{1 Tbsp} of the oil", "{9 Tbsp} of the oil") for step in dish.steps]
    (oil, mass_g), *_ = taken_of(dish, steps_for(more, 1.0, "metric"))
    assert mass_g > mass_per_food(dish)[oil]


def test_water_is_told_in_the_steps_and_stands_in_no_list():
    with_water = [d for d in DISHES.values() if "tap_water" in mass_per_food(d)]
    assert len(with_water) > 50
    for dish in with_water:
        assert any(map(states_water, dish.steps)), dish.dish_id
        lines = recipe_lines(mass_per_food(dish).items(), dish, FOODS, "us")
        assert "tap_water" not in {line.food_id for line in lines}, dish.dish_id


def test_water_that_is_told_is_at_least_what_is_left_of_it_in_the_dish():
    for dish in DISHES.values():
        told = [read_amount(text) for text in BRACES.findall(" ".join(dish.steps))]
        volumes = [one.number * ML[one.word] for one in told if one.word in VOLUMES]
        assert sum(volumes) >= 0.9 * mass_per_food(dish).get("tap_water", 0.0), dish.dish_id
