"""Which dish is meant by who puts one on a meal; of several one is meant, none is guessed."""

import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from planner.candidates.at_hand import eaten_out, foods_at_hand
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.put_names import find_served, portion_of
from planner.cli.options import build_request
from planner.errors import CandidatesError
from planner.export.meals import item_amount
from planner.request.put import Put, read_put
from tests.plates import food, item, table

STEW = Dish(
    "bean_stew", "Bean stew with tomatoes", "main", ("dinner",), "any", "", 2, 500.0, 30, 10,
    "legume", "none", frozenset(), 2, 1, "half", (), (),
)  # fmt: skip
SOUP = replace(STEW, dish_id="tomato_soup", name="Tomato soup", slots=("lunch", "dinner"))
PANCAKE = replace(STEW, dish_id="pancake", name="Tomato pancake", slots=("breakfast",))
DISHES = (STEW, SOUP, PANCAKE)
ALL = read_embedded_dishes()
FOODS = table(food("apple", group="fruit"))


def meant(name, slot="dinner"):
    found = find_served(name, slot, FOODS, DISHES)
    return found[0] if len(found) == 1 else found


@pytest.mark.parametrize(
    "name", ["bean_stew", "Bean stew with tomatoes", "bean stew", "stew with beans", "stews"]
)
def test_a_dish_is_called_by_its_id_its_name_or_words_of_it(name):
    assert meant(name) == "bean_stew"


def test_a_food_is_called_by_its_name():
    assert meant("apple", "snack") == "apple"


def test_of_several_dishes_those_of_the_meal_are_meant():
    assert meant("tomato", "lunch") == "tomato_soup"
    assert meant("tomato", "breakfast") == "pancake"


def test_a_word_of_several_dishes_means_each_of_that_meal():
    salad = replace(SOUP, dish_id="tomato_salad", name="Tomato salad with basil")
    found = find_served("tomato", "dinner", FOODS, (*DISHES, salad))
    assert found == ("tomato_salad", "tomato_soup")


def test_a_word_means_what_is_it_and_not_what_comes_with_it():
    assert meant("tomato") == "tomato_soup"
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    names = {one.dish_id: one.name for one in dishes}
    found = [names[one] for one in find_served("chili", "dinner", foods, dishes)]
    assert "Chili con carne with pinto beans" in found
    assert not any("spaghetti" in one or "potato" in one for one in found)
    assert "popcorn_chili_pumpkin_seeds" in find_served("chili", "snack", foods, dishes)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(
        CandidatesError, match=r"no dish or food is called 'tomatoo soop'.*Tomato soup"
    ):
        meant("tomatoo soop")


def test_a_word_misspelled_is_answered_with_the_word_before_anything_else():
    with pytest.raises(CandidatesError, match=r"called 'piza'.*the nearest: pizza; .*izza"):
        find_served("piza", "dinner", read_embedded_foods(), read_embedded_dishes())


def test_an_id_with_two_underscores_is_a_name_too():
    mine = replace(STEW, dish_id="own_gran__stew", name="Gran's pot")
    assert find_served("own_gran__stew", "dinner", FOODS, (mine,)) == ("own_gran__stew",)


def test_a_word_for_tags_means_whole_dishes_that_have_them():
    found = find_served("one pot", "dinner", read_embedded_foods(), read_embedded_dishes())
    kinds = {one.dish_id: one for one in read_embedded_dishes()}
    assert len(found) > 20
    assert all("one_pot" in kinds[one].tags and kinds[one].kind == "main" for one in found)


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("leftover chicken", "comes again by itself"), ("small meal", "has no size by itself"),
        ("homemade bread", "--id bread_whole_wheat"),
    ],
)  # fmt: skip
def test_what_no_name_stands_for_says_what_is_done_instead(name, way):
    with pytest.raises(CandidatesError, match=way):
        meant(name)


def test_what_stands_in_the_names_of_dishes_is_no_food_that_is_only_looked_up():
    dishes, foods = ("chili con carne", "smoothie"), ("matzo ball soup", "apple pie")
    for name, looked_up in (*((one, False) for one in dishes), *((one, True) for one in foods)):
        foods = foods_at_hand(build_request(put=(Put(1, "dinner", name),)))
        found = find_served(name, "dinner", foods, read_embedded_dishes())
        assert any(one in foods for one in found) is looked_up


@pytest.mark.parametrize(
    "meal",
    ["dinner=lentil soup", "dinner=chicken curry"]
    + [f"breakfast={one}" for one in ("pancakes", "muesli", "scrambled eggs", "granola", "oats")],
)
def test_a_dish_with_a_recipe_goes_before_a_food_that_is_no_meal_by_itself(meal):
    put = read_put(f"1:{meal}")
    found = find_served(put.dish, put.slot, foods_at_hand(build_request(put=(put,))), ALL)
    assert set(found) <= {one.dish_id for one in ALL if put.slot in one.slots}


@pytest.mark.parametrize(
    ("text", "food_or_dish", "mass_g"),
    [
        ("15 g pumpkin seeds", "pumpkin_seeds", 15.0),  # roasted or raw, so not sure
        ("0.5 kg potatoes", "potato_raw", 500.0),
        ("200 ml milk", "milk_reduced_fat", 200.0),
        ("200 g yogurt", "yogurt_lowfat", 200.0),
        ("400 g chili con carne with pinto beans", "chili_con_carne_pinto_beans", 400.0),
    ],
)
def test_grams_that_are_put_are_no_number_of_servings(text, food_or_dish, mass_g):
    found = portion_of(read_put(f"fri:snack={text}"), read_embedded_foods(), read_embedded_dishes())
    assert found is not None
    assert found[0] == food_or_dish
    assert found[1].mass_g == pytest.approx(mass_g, rel=0.02)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("200 g strawberries", "1 1/3 cups"),  # 202.7 g
        ("150 g blueberries", "1 cup"),
        ("301 g watermelon", "1.98 cups"),
        ("35 g peanut butter", "2.19 tbsp"),
        ("17 g honey", "2.43 tsp"),
        ("71 g bread", "2.45 slices"),
        ("45 g dark chocolate", "4 1/2 squares"),
        ("38 g dates", "5.35 pieces"),
        ("131 g avocado", "1.93 halves"),
        ("253 g blackberries", "1 3/4 cups"),
        ("113 g banana", "0.96 medium"),
        ("95 g cheddar", "3.35 oz"),
    ],
)
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


@pytest.mark.parametrize("food", ["tofu", "chicken", "chickpeas", "beef"])
def test_grams_of_a_food_that_a_dish_holds_are_those_of_the_food(food):
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    dish_id, portion = portion_of(read_put(f"fri:dinner=150 g {food}"), foods, dishes)
    own = [mass for one, mass in portion.ingredients if food[:6] in one or food in one]
    assert max(own) == pytest.approx(150.0, rel=0.02), dish_id
    assert 0.5 < portion.servings < 2.0


@pytest.mark.parametrize(
    ("text", "mass_g"),
    [("2 slices of pizza", 238), ("slice of pizza", 119), ("zwei Stück Pizza", 238)],
)
def test_slices_of_a_main_dish_weigh_what_diaries_know(text, mass_g):
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    dish_id, portion = portion_of(read_put(f"fri:dinner={text}"), foods, dishes)
    assert "pizza" in dish_id
    assert sum(mass for _, mass in portion.ingredients) == pytest.approx(mass_g, rel=0.02)


def test_slices_of_a_main_dish_of_which_nobody_knows_a_slice_are_asked_about():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    with pytest.raises(CandidatesError, match="how large a serving") as error:
        portion_of(read_put("fri:dinner=2 slices of bolognese"), foods, dishes)
    assert '"300 g bolognese"' in error.value.remedy
    two = portion_of(read_put("fri:dinner=2 bowls of chili"), foods, dishes)
    assert two[1].servings == 2.0


@pytest.mark.parametrize(
    ("name", "dish"),
    [
        ("chicken and rice", "butter_chicken_white_rice"),
        ("vegetable soup", "minestrone_white_beans"),
        ("potato with Quark", "potatoes_herb_quark_flaxseed"),
        ("toast with jam", "buttered_toast_jam"),
        ("beans and rice", "red_beans_brown_rice"),
    ],
)
def test_several_things_mean_dishes_that_have_each_as_a_whole(name, dish):
    found = find_served(name, "dinner", read_embedded_foods(), ALL)
    assert dish in found
    assert not {"chicken_wild_rice_soup", "beef_vegetable_soup"} & {*found}
    of_rice = find_served("rice with vegetables", "dinner", FOODS, ALL)  # no rice vermicelli
    assert {one.starch for one in ALL if one.dish_id in of_rice} == {"rice"}


def test_a_casserole_is_answered_with_names_that_plan():
    with pytest.raises(CandidatesError, match="name what is baked in one dish") as error:
        find_served("casserole", "dinner", read_embedded_foods(), ALL)
    for name in re.findall(r'"(.+?)"', str(error.value.remedy)):
        assert find_served(name, "dinner", read_embedded_foods(), ALL)


@pytest.mark.parametrize(
    ("text", "dish"),
    [
        ("a handful of almonds", "1 handful of almonds"), ("eine Banane", "Banane"),
        ("a pizza", "pizza"), ("a", "a"), ("apple", "apple"),
    ],
)  # fmt: skip
def test_an_article_is_no_part_of_a_name(text, dish):
    assert read_put(f"1:snack={text}").dish == dish


def put_as_said(text, slot):
    return {DISH_NAMES.get(one, one) for one in find_served(text, slot, LOOKED_UP, ALL)}


LOOKED_UP, DISH_NAMES = read_lookup_foods(), {one.dish_id: one.name for one in ALL}


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("rice with vegetables", ("rice|bibimbap", "vegetables|pepper")),
        ("pasta with tomato sauce", ("[Ss]paghetti", "tomato sauce")),
        ("fish and rice", ("rice|bowl|sea bass", "tuna|salmon|cod|bass")),
    ],
)
@pytest.mark.parametrize("slot", ["lunch", "dinner"])
def test_several_things_are_a_dish_that_is_made_with_each_of_them(text, each, slot):
    names = put_as_said(text, slot)
    assert names
    assert all(re.search(one, name) for one in each for name in names), names


def test_no_meat_that_is_not_named_is_in_what_holds_several_things():
    meat = {"poultry", "red_meat", "processed_meat", "fish", "shellfish"}
    found = find_served("tofu with vegetables", "dinner", LOOKED_UP, ALL)
    of_them = [one for one in ALL if one.dish_id in found]
    assert of_them
    assert not {LOOKED_UP[line.food_id].group for one in of_them for line in one.ingredients} & meat


@pytest.mark.parametrize(
    ("text", "slot", "word"),
    [
        ("pancakes", "dinner", "pancake"),
        ("French toast", "lunch", "French toast"),
        ("chicken curry", "lunch", "chicken curry"),
        ("ham sandwich", "dinner", "sandwich"),
    ],
)
def test_a_dish_of_ours_is_meant_before_what_is_bought_ready(text, slot, word):
    names = put_as_said(text, slot)
    assert names <= {*DISH_NAMES.values()}
    assert all(word in name for name in names)


def test_what_no_dish_of_a_meal_is_stays_what_is_bought_ready():
    for text, slot in (("pumpkin pie", "dinner"), ("muesli", "lunch"), ("cornbread", "dinner")):
        assert not put_as_said(text, slot) & {*DISH_NAMES.values()}


@pytest.mark.parametrize(("text", "food"), [
    ("cake", "cupcake"), ("muffin", "muffin_fruit"), ("biscuit", "sugar_cookies"), ("jelly", "jam"),
])  # fmt: skip
@pytest.mark.parametrize("slot", ["snack", "dinner"])
def test_a_cake_is_no_dish_of_rice_cakes(text, food, slot):
    assert put_as_said(text, slot) == {food}


@pytest.mark.parametrize(
    ("text", "mass_g"),
    [("200 g french fries", 200.0), ("half a bagel", 49.5), ("2 slices of pizza", 238.0)],
)
def test_an_amount_of_what_is_eaten_out_is_read(text, mass_g):
    (one,) = eaten_out([Put(1, "lunch", text, is_out=True)])
    assert one.serving.measure.mass_g == pytest.approx(mass_g, abs=1.0)
