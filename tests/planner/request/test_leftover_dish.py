"""Portions of a cooked dish are the next meals, estimated; what keeps no longer is said."""

import re

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import read_embedded_dishes
from planner.cli.options import build_request
from planner.errors import CandidatesError, ConfigError
from planner.kitchen.cooked_already import foods_to_use
from planner.kitchen.used_up import asked_uses
from planner.request.leftover_dish import beside_said, portions_left
from planner.request.meal_phrases import read_meal_out
from planner.request.use_phrases import read_food_use, read_use

STEW = "leftover lentil stew"


@pytest.mark.parametrize(
    "text",
    [
        "leftover lentil stew:3 portions",
        "3 servings of leftover lentil stew",
        "3 portions lentil stew",
    ],
)
def test_portions_stand_on_the_next_lunches(text):
    assert portions_left(text)[:2] == ("lentil stew", 3)
    request = build_request(use=(read_use(text),))
    told = [(one.day, one.slot, one.dish, one.is_out) for one in request.week.put]
    assert told == [(day, "lunch", STEW, True) for day in (1, 2, 3)]
    assert not request.preferences.use
    food = foods_at_hand(request)["out_leftover_lentil_stew"]
    assert food.name == "Lentil stew (left over; estimated)"
    assert "oxalate_green" not in food.flags


@pytest.mark.parametrize(
    "text",
    [
        *("leftover quinoa", "leftover fried rice"),
        *("leftover apple pie", "leftover salad", "leftover soup", "leftover rice"),
        *("leftover oatmeal", "leftover pasta", "grilled vegetables"),
        *("leftover roast vegetables", "leftover veg"),
        *("leftover steamed broccoli", "leftover roasted broccoli", "leftover sweetcorn"),
        *("leftover baked potatoes", "leftover roasted squash", "leftover roasted peppers"),
        *(
            "leftover boiled potatoes",
            "leftover roast potatoes",
            "leftover lasagna",
            "Salzkartoffeln",
        ),
    ],
)
def test_an_example_of_what_is_left_over_is_taken(text):
    with pytest.raises(ConfigError, match="says no amount") as raised:
        read_use(text)
    (example,) = re.findall(r'write FOOD:GRAMS, "(.+)"', str(raised.value))
    given = {"use": (read_use(example),)}
    request = build_request(**given)
    assert request.week.put or request.preferences.use
    foods = foods_at_hand(request)
    assert all(one.mass_g for _, one in asked_uses(request, foods, read_embedded_dishes()))


NO_MEAL = "is no meal by itself.*--eat-out 1:lunch"


@pytest.mark.parametrize("name", [
    "cranberry sauce", "bread stuffing", "gravy", "garlic bread", "mashed potatoes", "hummus",
    "pesto", "tzatziki", "peanut butter",
])  # fmt: skip
def test_what_stands_beside_something_is_no_lunch_by_itself(name):
    with pytest.raises(ConfigError, match=NO_MEAL):
        read_use(f"leftover {name}:2 portions")


@pytest.mark.parametrize("name", [
    "cranberry sauce", "bread stuffing", "chicken gravy", "mashed potatoes", "tzatziki",
    "glazed xyzzy", "leftover mashed potatoes",
])  # fmt: skip
def test_the_example_of_what_it_is_had_with_is_taken_as_it_is_typed(name):
    (text,) = re.findall(r'--eat-out "(.+)"', beside_said(name))
    assert foods_at_hand(build_request(eat_out=(read_meal_out(text),)))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mashed potatoes", "roast chicken with mashed potatoes"),
        ("xyzzy sauce", "roast chicken with cranberry sauce"),
    ],
)
def test_the_example_has_the_thing_itself_where_diaries_know_it(name, told):
    assert beside_said(name).endswith(f'--eat-out "1:lunch={told}"')


def test_what_a_recipe_cooks_beside_something_is_none_either():
    given = {"use": (read_use("2 portions of leftover glazed carrots"),)}
    with pytest.raises(ConfigError, match=NO_MEAL):
        foods_at_hand(build_request(**given))


def test_so_many_grams_of_it_are_none_either():
    told = foods_to_use(
        "leftover cranberry sauce", 300.0, read_embedded_foods(), read_embedded_dishes()
    )[1]
    assert re.search(NO_MEAL, told)


def test_what_is_left_of_a_cake_is_a_snack():
    both = ("leftover apple pie:2 portions", "leftover lasagna:1 portion")
    request = build_request(use=tuple(map(read_use, both)))
    told = {(one.day, one.slot, one.dish) for one in request.week.put}
    pie = "leftover apple pie"
    assert told == {(1, "snack", pie), (2, "snack", pie), (1, "lunch", "leftover lasagna")}


@pytest.mark.parametrize(
    ("text", "count", "thing"),
    [
        ("2 slices of leftover chocolate cake", 2, "Chocolate cake with icing"),
        ("1 piece of leftover apple pie", 1, "Apple pie"),
        ("a slice of leftover banana bread", 1, None),
        ("leftover carrot cake: 3 slices", 3, None),
    ],
)
def test_a_piece_that_is_left_of_a_cake_is_a_snack_in_any_language(text, count, thing):
    request = build_request(**{"use": (read_use(text),)})
    assert [(one.day, one.slot) for one in request.week.put] == [
        (day, "snack") for day in range(1, count + 1)
    ]
    foods = foods_at_hand(request)
    names = {foods[one.thing].name for one in request.week.put}
    assert thing is None or names == {f"{thing} (left over; estimated)"}


@pytest.mark.parametrize("text", [
    "2 slices of leftover bread", "2 slices of cake", "3 pieces of leftover chicken",
])  # fmt: skip
def test_pieces_of_what_is_no_sweet_or_not_left_over_are_no_portions(text):
    assert portions_left(text) is None


@pytest.mark.parametrize(
    "text",
    ["leftover Kartoffelbrei", "leftover gravy"],
)
def test_what_stands_beside_something_and_says_no_amount_is_asked_about_too(text):
    with pytest.raises(ConfigError, match=NO_MEAL):
        read_use(text)


@pytest.mark.parametrize("name", ["roast", "Braten", "fry"])
def test_what_is_left_of_a_roast_is_no_dish_in_whose_name_that_word_stands(name):
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    with pytest.raises(ConfigError, match="--eat-out 1:lunch"):
        read_use(f"leftover {name}")
    given = {"use": (read_use(f"leftover {name}:2 portions"),)}
    if name != "fry":  # fries are French
        with pytest.raises(CandidatesError, match="eaten at a meal that is not planned"):
            foods_at_hand(build_request(**given))
    told = foods_to_use("leftover roast", 300.0, foods, dishes)[1]
    assert "--eat-out 1:lunch" in told
    assert '"1:lunch=' not in told


def test_a_second_dish_is_at_dinner_and_one_meal_is_the_one_planned():
    two = build_request(use=(read_use("2 portions lentil stew"), read_use("2 portions of chili")))
    assert [one.slot for one in two.week.put] == ["lunch", "lunch", "dinner", "dinner"]
    only = build_request(use=(read_use("2 portions lentil stew"),), only=("dinner",))
    assert [one.slot for one in only.week.put] == ["dinner", "dinner"]


def test_portions_are_for_everybody_at_the_table():
    eaters = [
        {"name": name, "profile": {"sex": "f", "age": 40}, "slots": ["dinner"]}
        for name in ("Ann", "Eva")
    ]
    shared = build_request(use=(read_use("4 portions of lentil stew"),), eater=eaters)
    assert [one.day for one in shared.week.put] == [1, 2]
    with pytest.raises(ConfigError, match=r"\(portions: 1\)"):
        build_request(use=(read_use("3 portions of lentil stew"),), eater=eaters)


@pytest.mark.parametrize(("portions", "eaters"), [(1, 2), (2, 3)])
def test_too_few_portions_for_the_table_are_not_counted_for_each(portions, eaters):
    table = [{"name": f"Eater {one}", "profile": {"age": 40}} for one in range(eaters)]
    use = (read_use(f"{portions} portion of leftover lasagne"),)
    with pytest.raises(ConfigError, match=rf"{portions} of {eaters} portions") as refused:
        build_request(use=use, eater=table)
    assert '--eat-out "1:lunch" for' in str(refused.value)
    grams = build_request(use=(read_use("leftover lasagna:300g"),), eater=table)
    with pytest.raises(CandidatesError, match=rf"1 of {eaters} portions"):
        asked_uses(grams, read_embedded_foods(), read_embedded_dishes())


def test_where_nobody_knows_how_many_eat_the_flag_is_named_that_counts_them():
    with pytest.raises(ConfigError, match='--use "leftover lasagna:2 portions"'):
        read_food_use("2 portions of leftover lasagna")


def test_who_stands_for_several_eats_as_many_portions():
    table = [{"name": "Ann"}, {"name": "Guests", "count": 3}]
    four = build_request(use=(read_use("4 portions of leftover lasagna"),), eater=table)
    assert [one.day for one in four.week.put] == [1]
    with pytest.raises(ConfigError, match="2 of 4 portions"):
        build_request(use=(read_use("2 portions of leftover lasagna"),), eater=table)
    grams = build_request(use=(read_use("leftover lasagna:2400g"),), eater=table, days=1)
    with pytest.raises(
        CandidatesError, match=r'write --eat-out "1:lunch=leftover lasagna";'
    ) as told:
        asked_uses(grams, read_embedded_foods(), read_embedded_dishes())
    assert "(portions: 4)" in str(told.value)


def test_what_keeps_no_longer_is_frozen_and_the_advice_is_read():
    with pytest.raises(ConfigError, match=r"freeze today .*\(portions: 2\)") as refused:
        build_request(use=(read_use("leftover chili:5 portions"),))
    flags = [f'--eat-out "{day}:lunch=leftover chili"' for day in (1, 2, 3)]
    assert all(flag in refused.value.what for flag in flags)
    assert "keeps 4 days" in refused.value.what
    told = build_request(eat_out=(read_meal_out("1:lunch=leftover chili"),))
    assert foods_at_hand(told)["out_leftover_chili"].name.endswith("(left over; estimated)")


def test_a_meal_that_is_taken_already_holds_none():
    with pytest.raises(ConfigError, match="cooked already"):
        build_request(
            use=(read_use("2 portions lentil stew"),), eat_out=(read_meal_out("1:lunch=pizza"),)
        )


def test_amounts_of_a_food_are_no_portions():
    assert portions_left("lentils, dry:300g") is None
    assert portions_left("2 chicken breasts") is None


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("half a roast chicken", "roast chicken:300g"),
        ("half a grilled chicken", "grilled chicken:300g"),
        ("a boiled duck", "boiled duck:300g"),
        ("half a frozen chicken", "frozen chicken:300g"),
    ],
)
def test_the_advice_keeps_the_words_that_say_how_it_was_cooked(text, example):
    with pytest.raises(ConfigError) as raised:
        read_use(text)
    told = str(raised.value)
    assert told.startswith(f"'{text}' does not tell how many grams")
    assert f'"{example}"' in told
