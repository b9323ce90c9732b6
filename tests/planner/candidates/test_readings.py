"""What a request leaves out is understood as a careful person would, and said."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.candidates.readings import read_left_out, read_narrow
from planner.request.read import request_from_dict
from tests.one_eater import prepare_week

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
NUTS = {"almonds", "almond_meal", "walnuts", "mixed_nuts", "pesto", "granola"}
PEANUTS = {"peanuts_roasted", "peanut_butter", "peanut_sauce"}
COCONUT = {"coconut_dried", "coconut_milk_canned", "coconut_drink", "coconut_oil", "coconut_water"}


def left_out(name):
    return find_left_out(name, FOODS, DISHES).food_ids


def read(profile=None, **preferences):
    table = {"profile": profile or {}, "preferences": preferences}
    return read_left_out(request_from_dict(table), FOODS, DISHES)


@pytest.mark.parametrize("name", ["nuts", "nut", "all nuts", "Nuts"])
def test_nuts_are_tree_nuts_and_peanuts_and_coconut_stays(name):
    assert left_out(name) >= NUTS | PEANUTS
    assert not COCONUT & left_out(name)


def test_tree_nuts_and_peanuts_are_each_left_out_alone_where_they_are_named():
    assert left_out("tree nuts") >= NUTS
    assert not (PEANUTS | COCONUT) & left_out("tree nuts")
    assert PEANUTS | {"mixed_nuts", "trail_mix"} <= left_out("peanuts")
    assert "walnuts" not in left_out("peanuts")


def test_coconut_can_be_left_out_too():
    assert left_out("coconut") >= COCONUT


def test_shellfish_fish_and_seafood_are_told_apart():
    assert {"shrimp_cooked", "mussels_cooked", "oyster_sauce"} <= left_out("shellfish")
    assert {"cod_cooked", "fish_sauce", "worcestershire_sauce"} <= left_out("fish")
    assert not left_out("fish") & {"shrimp_cooked", "mussels_cooked"}
    assert left_out("seafood") == left_out("fish") | left_out("shellfish")


@pytest.mark.parametrize(
    ("name", "food_id"),
    [("egg white", "mayonnaise"), ("prawns", "kimchi"), ("oysters", "oyster_sauce"),
     ("cow's milk", "ghee"), ("lactose", "milk_lactose_free"), ("casein", "parmesan"),
     ("peanuts tree nuts", "walnuts"), ("peanuts tree nuts", "peanut_sauce")],
)  # fmt: skip
def test_a_part_or_a_kind_means_the_whole_allergen(name, food_id):
    assert food_id in left_out(name)


@pytest.mark.parametrize("nut", ["almonds", "cashew", "hazelnuts", "Brazil nut", "pine nuts"])
def test_one_kind_of_nut_takes_the_mixtures_that_may_hold_it_along(nut):
    assert {"mixed_nuts", "trail_mix", "fruit_nut_bar", "granola", "pesto"} <= left_out(nut)
    assert "pecans" not in left_out(nut)


def test_almonds_are_out_in_every_form():
    forms = {"almonds_slivered", "almond_meal", "almond_butter", "almond_drink_unsweetened"}
    assert forms <= left_out("almonds")


def test_a_frequency_of_none_leaves_out_what_the_word_means():
    request = {"preferences": {"per_week": ["nuts <= 0", "fish <= 1"]}}
    candidates = prepare_week(request_from_dict(request)).candidates
    for one in candidates.candidates:
        held = {food_id for serving in one.servings for food_id, _ in serving.portion.ingredients}
        assert not held & left_out("nuts"), one.name
    assert any(one.source_id == "baked_salmon_potatoes_broccoli" for one in candidates.candidates)


def test_each_name_is_read_with_what_stays_and_how_many_foods_go():
    (nuts, spinach) = read(without=["nuts", "spinach"])
    count = len(left_out("nuts"))
    assert nuts.sentence == (
        f"Without nuts: tree nuts and peanuts (that rules out {count} foods); coconut is still "
        "allowed (leave out with --without coconut)."
    )
    assert spinach.sentence == (
        "Without spinach: Cooked spinach, Frozen spinach, Spinach and 2 more "
        "(that rules out 5 foods)."
    )


@pytest.mark.parametrize(
    ("name", "diet", "stays"),
    [
        ("fish", "omnivore", "shellfish"), ("fish", "pescatarian", "shellfish"),
        ("fish", "vegetarian", ""), ("shellfish", "vegan", ""), ("crustaceans", "vegetarian", ""),
        ("peanut", "vegan", "tree nuts"),
    ],
)  # fmt: skip
def test_nothing_is_said_to_be_allowed_that_the_diet_leaves_out(name, diet, stays):
    (found,) = read(without=[name], diet=diet)
    assert (stays in found.stays) if stays else not found.stays


@pytest.mark.parametrize(
    "name", ["Chana masala with kale", "Broccoli, cheddar and millet egg bake"]
)
def test_a_dish_is_read_as_a_dish(name):
    (found,) = read(without=[name.lower()])
    assert found.sentence == f"Without {name.lower()}: {name} (that rules out 1 dish)."


@pytest.mark.parametrize(
    ("profile", "said", "understood"),
    [({"conditions": ["nut allergy"]}, "nut allergy", "tree nuts and peanuts"),
     ({"conditions": ["peanut allergy"]}, "peanut allergy", "peanuts"),
     ({"conditions": ["coeliac disease"]}, "coeliac disease", "wheat, barley, rye")],
)  # fmt: skip
def test_what_a_condition_leaves_out_is_read_as_the_condition(profile, said, understood):
    (found,) = read(profile)
    assert found.said == said
    assert found.understood.startswith(understood)


def test_a_frequency_of_none_is_read_as_it_was_asked_for():
    (found,) = read(per_week=["nuts <= 0", "fish >= 1"])
    assert found.said == "nuts at most 0 times"
    assert found.understood == "tree nuts and peanuts"


def test_a_name_of_an_own_dish_that_is_not_at_hand_is_said_to_be_unknown():
    (found,) = read(without=["aunt Em's secret stew"])
    assert (found.understood, found.foods) == ("nothing here has that name", 0)


@pytest.mark.parametrize(
    ("preferences", "told"),
    [
        ({"per_week": ["fish <= 2"]}, ["fish"]),
        ({"without_on": {"fish": ["mon"], "hot food": ["tue"]}}, ["fish", "hot food"]),
        ({"per_week": ["fish <= 0"]}, []),  # it stands with what is left out
        ({"per_week": ["fish >= 2", "cheese <= 2"]}, []),
    ],
)
def test_what_a_limited_word_does_not_mean_is_said_once(preferences, told):
    request = request_from_dict({"preferences": preferences})
    assert [name for name, _stays in read_narrow(request)] == told
