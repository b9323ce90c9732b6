"""What a person may call foods and dishes, and which of them is meant."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from foods.recipe_line import read_words
from foods.table import nearest_names
from planner.candidates.dish import PROTEINS, Dish, read_embedded_dishes
from planner.candidates.names import IN_NO_DISH, find_left_out, find_meaning, with_cooked
from planner.candidates.put_names import find_served
from planner.check.lines import KnownFood
from planner.check.names import find_named
from planner.check.names import with_cooked as judged_with_cooked
from planner.errors import CandidatesError
from tests.plates import food, table

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


def foods_called(name):
    return find_meaning(name, FOODS, DISHES).food_ids


@pytest.mark.parametrize("name", ["spinach", "Spinach", " spinach ", "leafy-greens", "greens"])
def test_a_base_or_group_names_every_state_of_a_food(name):
    assert foods_called(name) == {"spinach_raw", "spinach_cooked"}


@pytest.mark.parametrize("name", ["spinach_cooked", "Spinach cooked", "spinach-cooked"])
def test_an_id_or_a_plain_name_names_one_food(name):
    assert foods_called(name) == {"spinach_cooked"}


@pytest.mark.parametrize("name", ["potato", "potatoes", "Potatoes"])
def test_a_plural_names_all_states_even_where_one_food_is_called_so(name):
    assert foods_called(name) == {"potato_raw", "potato_boiled"}


@pytest.mark.parametrize("name", ["legume", "legumes"])
def test_an_everyday_word_names_foods_and_the_dishes_built_on_them(name):
    meaning = find_meaning(name, FOODS, DISHES)
    assert meaning.food_ids == {"black_beans_cooked"}
    assert meaning.dish_ids == {"bean_stew"}


def test_grains_are_bread_pasta_and_flour_too_and_no_flour_of_chickpeas():
    shipped = read_embedded_foods()
    found = find_meaning("grains", shipped, ()).food_ids
    assert {"rolled_oats", "pasta_dry", "flour_whole_wheat", "white_rice_cooked"} <= found
    assert {food.food_id for food in shipped if food.group == "bread"} <= found
    assert not {"flour_chickpea", "flour_soy", "chickpeas_dry"} & found


def test_berries_and_pork_are_more_than_foods_of_that_name():
    assert foods_called("berries") == {"blueberries"}
    assert foods_called("pork") == {"bacon_cooked"}


@pytest.mark.parametrize("name", ["bean_stew", "Bean stew", "bean stews"])
def test_a_dish_is_named_by_id_or_name(name):
    meaning = find_meaning(name, FOODS, DISHES)
    assert (meaning.food_ids, meaning.dish_ids) == (frozenset(), {"bean_stew"})


@pytest.mark.parametrize("name", ["milk", "Dairy", "milk proteins"])
def test_for_exclusions_an_allergen_comes_before_the_food_of_its_name(name):
    meaning = find_left_out(name, FOODS, DISHES)
    assert meaning.is_allergen
    assert meaning.food_ids == {"milk_whole", "cheddar"}


def test_what_is_no_allergen_is_left_out_by_its_name():
    meaning = find_left_out("spinach", FOODS, DISHES)
    assert not meaning.is_allergen
    assert meaning.food_ids == {"spinach_raw", "spinach_cooked"}


def test_an_unknown_exclusion_offers_allergens_too():
    with pytest.raises(CandidatesError, match=r"--without: .*'shelfish'.*shellfish"):
        find_left_out("shelfish", FOODS, DISHES)


@pytest.mark.parametrize("name", ["venison", "rhubarb", "gooseberries"])
def test_a_food_that_no_dish_has_is_left_out_without_a_question(name):
    meaning = find_left_out(name, FOODS, DISHES)
    assert (meaning.food_ids, meaning.dish_ids) == (frozenset(), frozenset())
    assert meaning.stays == "no dish here has it"


@pytest.mark.parametrize(
    "name", ["penuts", "croutons", "cheese pizza", "silken tofu sauce", "veal liver"]
)
def test_what_a_dish_could_have_is_asked_about(name):
    with pytest.raises(CandidatesError):
        find_left_out(name, FOODS, DISHES)


def test_the_nearest_names_are_offered_once():
    with pytest.raises(CandidatesError) as caught:
        find_left_out("milk2", read_embedded_foods(), read_embedded_dishes())
    offered = caught.value.remedy.partition(": ")[2].split(", ")
    assert len(offered) == len(set(offered)) > 1


@pytest.mark.parametrize(
    ("name", "near"), [("liver", "beef_liver"), ("steak cheese", "cheese steak rolls")]
)
def test_a_name_with_the_word_itself_is_nearer_than_one_of_like_letters(name, near):
    known = ["almonds_slivered", "beef_liver", "chives", "cheese", "cheese steak rolls"]
    assert nearest_names(name, known)[0] == near


def test_without_allergens_the_same_word_is_the_food():
    meaning = find_meaning("milk", FOODS, DISHES)
    assert not meaning.is_allergen
    assert meaning.food_ids == {"milk_whole"}


@pytest.mark.parametrize("name", ["spinnach", "spinach raww"])
def test_an_unknown_name_says_where_and_offers_the_nearest(name):
    with pytest.raises(CandidatesError, match=rf"--like: .*{name}.*nearest known: .*spinach"):
        find_meaning(name, FOODS, DISHES, where="--like")


@pytest.mark.parametrize("name", ["", "none", "xqzw"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(CandidatesError, match="no food, group, dish or allergen is called"):
        find_meaning(name, FOODS, DISHES)


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
    ("name", "dishes"),
    [
        ("pizza", {"ham_pizza", "pita_pizza"}),
        ("Pizzas", {"ham_pizza", "pita_pizza"}),
        ("ham and mushroom pizza", {"ham_pizza"}),
        ("Ham and mushroom…", {"ham_pizza"}),
        ("peppers", {"pita_pizza"}),
    ],
)
def test_words_of_a_printed_name_name_the_dishes_that_have_them(name, dishes):
    assert find_meaning(name, FOODS, PIZZAS).dish_ids == dishes
    assert find_left_out(name, FOODS, PIZZAS).dish_ids == dishes


def test_words_that_could_be_a_food_are_asked_about_where_they_are_to_go():
    hot = (*PIZZAS, replace(STEW, dish_id="raw_slaw", name="Slaw of raw roots", protein="none"))
    with pytest.raises(CandidatesError, match=r"'raw' is in the names of foods .* 1 dishes"):
        find_left_out("raw", FOODS, hot)
    for joiner in ("with", "and", "the"):
        with pytest.raises(CandidatesError, match="is called"):
            find_meaning(joiner, FOODS, PIZZAS)


@pytest.mark.parametrize("names", ["spinach, milk", "milk,blueberries"])
def test_several_names_in_one_are_asked_about(names):
    bake = replace(STEW, dish_id="bake", name="Bake of spinach, milk, blueberries", protein="none")
    for find in (find_left_out, find_meaning):
        with pytest.raises(CandidatesError, match="could be several names — give each"):
            find(names, FOODS, (*DISHES, bake))


def test_an_allergen_is_a_name_for_wishes_too_and_a_diet_is_not():
    assert foods_called("cow's milk") == {"milk_whole", "cheddar"}
    assert find_left_out("milk allergy", FOODS, DISHES).is_allergen
    with pytest.raises(CandidatesError, match="'Vegan' is a diet — ask for it with --diet vegan"):
        foods_called("Vegan")


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


def test_a_kind_of_dish_at_one_meal_is_led_to_how_it_is_put_there():
    for name, word, slot in (
        ("one-pot dinners", "one pot", "dinner"),
        ("fish lunch", "fish", "lunch"),
    ):
        with pytest.raises(CandidatesError) as told:
            find_meaning(name, FOODS, DISHES, "--per-week")
        assert f"of all meals it is '{word}' alone" in told.value.remedy
        assert f'--put "every {slot}={word}"' in told.value.remedy
        assert find_served(word, slot, read_embedded_foods(), read_embedded_dishes())


def test_what_nobody_has_here_is_left_out_as_it_is_written_and_no_slip_of_the_pen():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    for name in read_words()["elsewhere"]["none"]:
        meaning = find_left_out(name, foods, dishes)
        assert (meaning.food_ids, meaning.dish_ids, meaning.stays) == (set(), set(), IN_NO_DISH)
        for near in (name[:-2], f"{name}x", f"{name[:3]}{name[4:]}", f"whey {name}"):
            if near not in read_words()["elsewhere"]["none"]:
                with pytest.raises(CandidatesError):
                    find_left_out(near, foods, dishes)
    whey, milk = (find_left_out(one, foods, dishes) for one in ("whey protein", "milk"))
    assert (whey.food_ids, whey.is_allergen) == (milk.food_ids, True)
    with pytest.raises(CandidatesError) as told:
        find_left_out("MSG", foods, dishes)
    assert "which brands hold it is not known here" in told.value.remedy
