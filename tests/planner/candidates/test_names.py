"""What a person may call foods and dishes, and which of them is meant."""

import re
from dataclasses import replace
from functools import cache, partial

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.name_reader import food_reader
from foods.recipe_line import read_words
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import PROTEINS, Dish, read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from planner.candidates.names import IN_NO_DISH, find_left_out, find_meaning, with_cooked
from planner.candidates.put_names import find_served, portion_of
from planner.check.lines import KnownFood
from planner.check.names import find_named
from planner.check.names import with_cooked as judged_with_cooked
from planner.cli.options import build_request
from planner.diary.names import NameBook
from planner.errors import CandidatesError
from planner.export.meals import item_amount
from planner.request.put import read_put
from planner.shops import named
from tests.exchanged import those_without
from tests.plates import food, item, table
from tests.rows import rows

FOODS = table(
    food("spinach_raw", base="spinach", group="leafy_greens"),
    food("spinach_cooked", base="spinach", group="leafy_greens"),
    replace(food("potato_raw", base="potato"), name="Potatoes"),
    food("potato_boiled", base="potato"),
    food("milk_whole", base="milk", group="milk", words=("allergen:milk",)),
    food("cheddar", group="cheese", words=("allergen:milk",)),
    food("black_beans_cooked", base="black_beans", group="legumes"),
    food("bacon_cooked", base="bacon", group="processed_meat"),
    food("blueberries", base="blueberry", group="fruit"),
)
STEW = Dish(
    "bean_stew", "Bean stew", "main", ("dinner",), "any", "", 2, 500.0, 30, 10, "legume", "none",
    frozenset(), 2, 1, "half", (), (),
)  # fmt: skip
SALAD = replace(STEW, dish_id="plain_salad", name="Plain salad", protein="none")
DISHES = (STEW, SALAD)


@pytest.mark.parametrize("family", [family for family in PROTEINS if family != "none"])
def test_every_protein_family_names_foods_of_the_shipped_catalogue(family):
    assert find_meaning(family, read_embedded_foods(), read_embedded_dishes()).food_ids


def test_no_pork_is_left_in_the_shipped_table_without_pork():
    foods = read_embedded_foods()
    pork = find_meaning("pork", foods, read_embedded_dishes()).food_ids
    words = ("pork", "bacon", "ham ", "prosciutto", "sausage")
    named = {one.food_id for one in foods if any(f"{one.name} ".lower().count(w) for w in words)}
    assert {food_id for food_id in named if foods[food_id].group.endswith("meat")} <= pork


PIZZAS = (
    replace(STEW, dish_id="ham_pizza", name="Ham and mushroom pizza, thin", protein="none"),
    replace(STEW, dish_id="pita_pizza", name="Pita pizza with peppers", protein="none"),
    replace(STEW, dish_id="potato_soup", name="Potato soup", protein="none"),
)


@pytest.mark.parametrize(
    "name", ["raw vegetables", "raw apple", "fresh fruit", "fried fish", "salted nuts"]
)
def test_a_state_of_many_foods_is_asked_about(name):
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    core = name.split()[1]
    with pytest.raises(CandidatesError, match=f'can\'t be told apart.*--without "{core}"'):
        find_left_out(name, foods, dishes)
    for one_food in ("raw egg", "canned tuna", "dried fruit"):
        assert find_left_out(one_food, foods, dishes).food_ids


def test_a_wish_for_a_raw_food_is_one_for_what_is_cooked_of_it_as_the_judge_counts_it():
    shipped = read_embedded_foods()
    known = [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in shipped]
    found = with_cooked(find_meaning("Swiss chard", shipped, ()), shipped)
    assert found.food_ids == {"chard_raw", "chard_cooked"}
    named = find_named("swiss chard", known)
    assert judged_with_cooked(named, known).food_ids == found.food_ids
    lemons = with_cooked(find_meaning("lemon_juice", shipped, ()), shipped)
    assert lemons.food_ids == {"lemon_juice"}  # what is made of a food is not asked for backwards


def test_what_nobody_has_here_is_left_out_as_it_is_written_and_no_slip_of_the_pen():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    for name in read_words()["elsewhere"]["none"]:
        meaning = find_left_out(name, foods, dishes)
        assert (meaning.food_ids, meaning.dish_ids, meaning.stays) == (set(), set(), IN_NO_DISH)
        for near in (name[:-2], f"{name}x", f"{name[:3]}{name[4:]}", f"whey {name}"):
            if near not in read_words()["elsewhere"]["none"]:
                with pytest.raises(CandidatesError):
                    find_left_out(near, foods, dishes)
    whey, milk = (find_left_out(word, foods, dishes) for word in ("whey protein", "milk"))
    assert (whey.food_ids, whey.is_allergen) == (milk.food_ids, True)
    with pytest.raises(CandidatesError) as told:
        find_left_out("MSG", foods, dishes)
    assert "which brands hold it is not known here" in told.value.remedy


@rows(__file__, "names")
def test_a_name_means_these_foods_and_dishes(name, foods, dishes):
    meaning = find_meaning(name, FOODS, (*DISHES, *PIZZAS))
    assert (meaning.food_ids, meaning.dish_ids) == ({*foods.split()}, {*dishes.split()})


@rows(__file__, "left_out")
def test_for_exclusions_an_allergen_comes_before_the_food_of_its_name(name, foods, is_allergen):
    meaning = find_left_out(name, FOODS, DISHES)
    assert (meaning.food_ids, meaning.is_allergen) == ({*foods.split()}, is_allergen)
    assert foods or meaning.stays == "no dish here has it"


@rows(__file__, "names_refused")
def test_what_means_nothing_or_several_things_is_asked_about(finder, name, told):
    bake = replace(STEW, dish_id="bake", name="Bake of spinach, milk, blueberries", protein="none")
    find = find_left_out if finder == "without" else partial(find_meaning, where="--like")
    with pytest.raises(CandidatesError, match=re.escape(told)):
        find(name, FOODS, (*DISHES, bake))


PUT_NAMES_STEW = Dish(
    "bean_stew", "Bean stew with tomatoes", "main", ("dinner",), "any", "", 2, 500.0, 30, 10,
    "legume", "none", frozenset(), 2, 1, "half", (), (),
)  # fmt: skip
SOUP = replace(PUT_NAMES_STEW, dish_id="tomato_soup", name="Tomato soup", slots=("lunch", "dinner"))
PANCAKE = replace(PUT_NAMES_STEW, dish_id="pancake", name="Tomato pancake", slots=("breakfast",))
PUT_NAMES_DISHES = (PUT_NAMES_STEW, SOUP, PANCAKE)
ALL = read_embedded_dishes()
PUT_NAMES_FOODS = table(food("apple", group="fruit"))


def meant(name, slot="dinner"):
    found = find_served(name, slot, PUT_NAMES_FOODS, PUT_NAMES_DISHES)
    return found[0] if len(found) == 1 else found


def test_a_word_means_what_is_it_and_not_what_comes_with_it():
    assert meant("tomato") == "tomato_soup"
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    names = {dish.dish_id: dish.name for dish in dishes}
    found = [names[dish_id] for dish_id in find_served("chili", "dinner", foods, dishes)]
    assert "Chili con carne with pinto beans" in found
    assert not any("spaghetti" in name or "potato" in name for name in found)
    assert "popcorn_chili_pumpkin_seeds" in find_served("chili", "snack", foods, dishes)


@rows(__file__, "what_no_name_stands_for_says")
def test_what_no_name_stands_for_says_what_is_done_instead(name, way):
    with pytest.raises(CandidatesError, match=way):
        meant(name)


@pytest.mark.parametrize(
    "meal",
    ["dinner=lentil soup", "dinner=chicken curry"]
    + [f"breakfast={name}" for name in ("pancakes", "muesli", "scrambled eggs", "granola", "oats")],
)
def test_a_dish_with_a_recipe_goes_before_a_food_that_is_no_meal_by_itself(meal):
    put = read_put(f"1:{meal}")
    found = find_served(put.dish, put.slot, foods_at_hand(build_request(put=(put,))), ALL)
    assert set(found) <= {dish.dish_id for dish in ALL if put.slot in dish.slots}


@rows(__file__, "grams_that_are_put_are_no")
def test_grams_that_are_put_are_no_number_of_servings(text, food_or_dish, mass_g):
    found = portion_of(read_put(f"fri:snack={text}"), read_embedded_foods(), read_embedded_dishes())
    assert found is not None
    assert found[0] == food_or_dish
    assert found[1].mass_g == pytest.approx(mass_g, rel=0.02)


@rows(__file__, "grams_that_are_put_are_so")
def test_grams_that_are_put_are_so_many_in_the_measure_of_the_food(text, words):
    foods, grams = read_embedded_foods(), float(text.split()[0])
    own_id, portion = portion_of(read_put(f"fri:snack={text}"), foods, ALL)
    own = foods[own_id]
    assert portion.mass_g == grams
    assert portion.servings * own.serving.measure.mass_g == pytest.approx(grams, abs=0.01)
    assert portion.measure == words
    served = replace(
        item(own_id, dict(portion.ingredients), "food"), name=own.name, measure=portion.measure
    )
    assert "." not in item_amount(served, foods, "us")  # nobody measures 2.19 of anything


@rows(__file__, "several_things_mean_dishes_that_have")
def test_several_things_mean_dishes_that_have_each_as_a_whole(name, dish):
    found = find_served(name, "dinner", read_embedded_foods(), ALL)
    assert dish in found
    assert not {"chicken_wild_rice_soup", "beef_vegetable_soup"} & {*found}
    of_rice = find_served(
        "rice with vegetables", "dinner", PUT_NAMES_FOODS, ALL
    )  # no rice vermicelli
    assert {known_dish.starch for known_dish in ALL if known_dish.dish_id in of_rice} == {"rice"}


def put_as_said(text, slot):
    return {DISH_NAMES.get(dish_id, dish_id) for dish_id in find_served(text, slot, LOOKED_UP, ALL)}


LOOKED_UP, DISH_NAMES = read_lookup_foods(), {dish.dish_id: dish.name for dish in ALL}


@rows(__file__, "several_things_are_a_dish_that")
@pytest.mark.parametrize("slot", ["lunch", "dinner"])
def test_several_things_are_a_dish_that_is_made_with_each_of_them(text, each, slot):
    names = put_as_said(text, slot)
    assert names
    assert all(re.search(pattern, name) for pattern in each for name in names), names


@rows(__file__, "a_dish_of_ours_is_meant")
def test_a_dish_of_ours_is_meant_before_what_is_bought_ready(text, slot, word):
    names = put_as_said(text, slot)
    assert names <= {*DISH_NAMES.values()}
    assert all(word in name for name in names)


@rows(__file__, "names_of_both_kinds_find_the")
def test_names_of_both_kinds_find_the_food_in_searches_and_wishes(food_id, names):
    for name in names:
        assert food_id in food_reader(read_embedded_foods()).spelled(name), name
        assert food_id in find_left_out(name, read_embedded_foods(), ALL).food_ids, name


def test_dishes_are_put_and_liked_by_their_printed_names():
    for dish in ALL:
        if named(dish.name) != dish.name and dish.slots:
            slot = sorted(dish.slots)[0]
            assert dish.dish_id in find_served(named(dish.name), slot, read_embedded_foods(), ALL)
            assert (
                dish.dish_id in find_meaning(named(dish.name), read_embedded_foods(), ALL).dish_ids
            )


EACH = 6  # of the names, one of so many: all of them take a minute
WITHOUT = ("gluten", "milk")


@cache
def printed():
    """Give the names of dishes in which something else stands than is written, and their ids."""
    written = read_embedded_dishes()
    own = {dish.dish_id: dish.name for dish in written}
    usual = with_exchanges(written, [frozenset()])
    made = [*usual, *(dish for name in WITHOUT for dish in those_without(name))]
    return {dish.name: dish.dish_id for dish in made if dish.name != own[dish.dish_id]}


def test_each_name_of_a_dish_with_something_else_in_it_is_that_dish():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    book, names = NameBook(read_lookup_foods(), dishes), printed()
    assert len(names) > 200
    for name in [*sorted(names)[::EACH], "Toasted oat rings with milk and banana"]:
        own = names[name]
        assert find_served(name, "dinner", foods, dishes) == (own,), name
        assert find_meaning(name, foods, dishes).dish_ids == {own}, name
        assert find_meaning(name, foods, dishes, is_unwanted=True).dish_ids == {own}, name
        assert book.item(book.find(name).item_id).dish_id == own, name
