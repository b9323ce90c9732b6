import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from planner.candidates.dish import parse_dishes, read_embedded_dishes
from planner.candidates.fresh import fresh_ways
from planner.candidates.later import fresh_minutes, fresh_parts, is_kept_dish
from planner.check.dish_notes import read_dish_notes
from planner.settings import read_settings

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
DISH = """
[[dish]]
id = "soup"
name = "Soup"
kind = "main"
slots = ["dinner"]
cuisine = "any"
servings = 2
yield_g = 500
minutes = 20
active_minutes = 10
protein = "legume"
starch = "none"
keeps_days = 2
taste = 1
portions = "half"
ingredients = [{food = "lentils_cooked", mass_g = 500, measure = "2 cups"KEYS}]
steps = ["Heat it."]
"""
# what is in it already when the dish is put away: baked, blended, melted or rolled up
WITHIN = {
    "bread_whole_wheat": {"mushroom_cassoulet_crumbs"},
    "tortilla_corn": {"black_bean_enchiladas"},
    "tortilla_whole_wheat": {"beef_black_bean_burritos", "pinto_kale_freezer_burritos"},
    "romaine_lettuce": {"chicken_pipian_verde", "green_pozole_chicken"},
    "feta": {
        "broccoli_potato_feta_frittata", "greek_greens_pie_feta", "lentil_moussaka",
        "greek_sheet_pan_chicken_potatoes", "zucchini_fava_feta_frittata",
        "white_bean_zucchini_feta_bake", "chard_feta_frittata_rye",
    },
}  # fmt: skip
LEAVES = {"arugula", "lettuce", "salad_greens", "watercress"}
ON_TOP = {"avocado", "feta", "queso_fresco"}


def may_be_kept(dish):
    """Whether a plan may cook it for another day: a second meal, a kept breakfast, the freezer."""
    rules = read_settings("meals/rules.toml")
    rule = rules["leftover"]
    is_again = (
        dish.kind == "main"
        and dish.keeps_days > 0
        and "dinner" in dish.slots
        and dish.protein not in rule["apart_proteins"]
        and dish.dish_id not in rule["apart_dishes"]
        and not dish.tags & set(rule["apart_tags"])
    )
    is_frozen = set(read_settings("meals/freezer.toml")["double"]["tags"]) <= dish.tags
    return is_again or is_frozen or is_kept_dish(dish, rules["kept"])


def spoils_beside_the_rest(line):
    """Whether a food is no good after a day in a box with what it is eaten with."""
    food = FOODS[line.food_id]
    return food.base in LEAVES | ON_TOP or (food.group == "bread" and food.base != "breadcrumbs")


def test_what_does_not_keep_in_a_dish_that_is_kept_is_added_when_it_is_eaten():
    kept = [dish for dish in DISHES.values() if may_be_kept(dish)]
    assert len(kept) > 100
    lacking = {
        (dish.dish_id, line.food_id)
        for dish in kept
        for line in dish.ingredients
        if spoils_beside_the_rest(line) and not line.fresh
    }
    assert lacking == {(dish, food) for food, dishes in WITHIN.items() for dish in dishes}


def test_what_is_toasted_or_warmed_when_it_is_eaten_is_bread():
    done = {
        (FOODS[line.food_id].group, line.fresh)
        for one in DISHES.values()
        for line in one.ingredients
    }
    assert {group for group, way in done if way in ("toast", "warm")} == {"bread"}
    assert {way for _, way in done} - {""} == set(fresh_ways())


def test_a_portion_is_held_back_by_the_share_of_its_line():
    # half of the bread is toasted, half thickens the pot: 0.5 of 64 g
    lines = DISHES["espinacas_con_garbanzos"].ingredients
    held = fresh_parts(lines, [("chickpeas_cooked", 154.0), ("bread_whole_wheat", 64.0)])
    assert held == (("bread_whole_wheat", pytest.approx(32.0)),)


def test_each_way_takes_its_minutes_once():
    # cut 2, warm 3, add 1; two things to add are one minute still
    assert fresh_minutes(DISHES["black_bean_soup_avocado_tortillas"].ingredients) == 2 + 3 + 1
    assert fresh_minutes(DISHES["lentil_salad_beets_feta"].ingredients) == 1
    assert fresh_minutes(DISHES["pasta_e_ceci"].ingredients) == 0


def test_the_judge_counts_the_same_minutes_by_itself():
    notes = read_dish_notes()
    for dish in DISHES.values():
        assert notes[dish.dish_id].fresh_minutes == fresh_minutes(dish.ingredients)


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        (', fresh = "boil"', "fresh 'boil' is not one of cut, toast"),
        (', fresh = "cut", fresh_share = 1.5', "fresh_share goes beside fresh, above 0"),
        (", fresh_share = 0.5", "fresh_share goes beside fresh"),
    ],
)
def test_a_recipe_that_says_it_wrong_is_told_so(keys, fault):
    assert parse_dishes({"soup.toml": DISH.replace("KEYS", ', fresh = "cut"')})[0]
    with pytest.raises(FoodDataError, match=fault):
        parse_dishes({"soup.toml": DISH.replace("KEYS", keys)})
