from dataclasses import replace

import pytest

from foods.errors import FoodNotFoundError
from foods.food import Measure, UsualServing
from planner.candidates.dish import read_embedded_dishes
from planner.export.shopping_text import shopping_as_csv, shopping_as_json, shopping_as_text
from planner.kitchen.batch import plan_batch
from planner.kitchen.shopping import Use, list_shopping
from planner.plan.plan import Item, Meal, Plan
from tests.plates import day, food, item, table


def measured(thing, name, mass_g):
    """Give the food with one measure, in which it is served."""
    measure = Measure(name, mass_g)
    return replace(
        thing, measures=(measure,), serving=UsualServing(measure, 1, 1, 2, 7, frozenset())
    )


DRY = replace(measured(food("quinoa_dry", price=0.5), "cup", 170.0), aisle="grains_pasta")
COOKED = replace(food("quinoa", price=0.2), bought_as="quinoa_dry", bought_g_per_100g=35.0)
CARROT = replace(measured(food("carrot", price=0.1), "medium", 60.0), bought_g_per_100g=112.0)
STEWED = replace(food("carrot_cooked"), bought_as="carrot", bought_g_per_100g=110.0)
SALT = replace(measured(food("salt", group="herb_spice"), "tsp", 6.0), aisle="spices_baking")
WATER = food("tap_water", group="water")
FOODS = table(DRY, COOKED, CARROT, STEWED, SALT, WATER)


def shop(*meals, **options):
    """Give the list for lunches of masses [g], one a day."""
    days = tuple(day(number, FOODS, lunch=masses) for number, masses in enumerate(meals, start=1))
    return list_shopping(Plan(days, {}, {}, None, 0.0, 0), FOODS, **options)


def test_a_cooked_food_is_bought_dry():
    (line,) = shop({"quinoa": 400.0}).lines
    assert (line.food_id, line.aisle) == ("quinoa_dry", "grains_pasta")
    assert line.need_g == pytest.approx(140.0)  # 35 g for 100 g
    assert line.buy == "3/4 cup (140 g)"  # 140 / 170 = 0.82


def test_peel_is_added_to_what_a_cooked_food_is_bought_as():
    (line,) = shop({"carrot_cooked": 100.0}).lines
    # 110 g peeled, so two carrots of 60 g; 110 x 1.12 = 123.2 g with peel of 134.4 g bought
    assert line.need_g == pytest.approx(123.2)
    assert line.buy == "2 medium (140 g)"
    assert line.surplus_g == pytest.approx(134.4 - 123.2)


def test_the_same_food_of_several_meals_is_one_line():
    (line,) = shop({"quinoa": 100.0}, {"quinoa_dry": 35.0}).lines
    assert line.need_g == pytest.approx(70.0)
    assert line.uses == (Use(1, "lunch", "lunch_1"), Use(2, "lunch", "lunch_2"))


def test_tap_water_is_not_bought():
    assert shop({"tap_water": 500.0}).lines == ()


def test_little_salt_is_looked_for_in_the_cupboard_and_much_is_bought():
    assert shop({"salt": 9.0}).lines[0].is_pantry
    assert not shop({"salt": 11.0}).lines[0].is_pantry


def test_everything_is_bought_for_as_many_as_eat():
    one, three = shop({"quinoa": 200.0}), shop({"quinoa": 200.0}, people=3)
    assert three.lines[0].need_g == pytest.approx(3 * one.lines[0].need_g)
    # 200 g cooked at 0.2 USD per 100 g
    assert (one.total_usd, three.total_usd) == (pytest.approx(0.4), pytest.approx(1.2))


def test_aisles_come_in_the_order_of_the_shop():
    lines = shop({"salt": 20.0, "quinoa": 100.0, "carrot": 60.0}).lines
    assert [line.food_id for line in lines] == ["carrot", "quinoa_dry", "salt"]


def test_a_food_that_the_table_does_not_have_is_named():
    with pytest.raises(FoodNotFoundError, match="no food 'kale'"):
        shop({"kale": 10.0})


def shop_with_pills(*names, people=1):
    """Give the list for two days of a citrate dose of 200 mg under each name, 0.16 USD each."""
    amounts = {"magnesium_mg": 200.0}
    pills = tuple(
        Item("supplement", "trimagnesium_dicitrate_anhydrous", f"Magnesium citrate, {how}", 1.0,
             "1 dose of 200 mg", 0.0, (), amounts, 0.16, 0, beside=how.split()[0])
        for how in names
    )  # fmt: skip
    days = tuple(
        replace(one, meals=(*one.meals, Meal("dinner", pills)))
        for one in (day(number, FOODS, lunch={"quinoa_dry": 100.0}) for number in (1, 2))
    )
    return list_shopping(Plan(days, {}, {}, None, 0.0, 0), FOODS, people=people)


def test_pills_that_the_plan_adds_are_bought_at_the_pharmacy():
    line = shop_with_pills("added").lines[-1]
    assert (line.aisle, line.name, line.buy) == (
        "pharmacy",
        "Magnesium citrate",
        "2 doses of 200 mg",
    )
    # 400 mg / 0.16163 are 2475 mg of the compound
    assert line.need_g == pytest.approx(2.475, abs=0.001)
    assert line.price_usd == pytest.approx(0.32)
    assert [(use.day, use.slot) for use in line.uses] == [(1, "dinner"), (2, "dinner")]


def test_pills_that_are_taken_already_are_not_bought():
    shopping = shop_with_pills("taken already")
    assert [line.food_id for line in shopping.lines] == ["quinoa_dry"]


def test_pills_are_for_one_person_and_food_for_all():
    one, four = shop_with_pills("added"), shop_with_pills("added", people=4)
    assert [line.need_g for line in four.lines] == pytest.approx(
        [4 * one.lines[0].need_g, one.lines[1].need_g]
    )
    # 200 g of quinoa at 0.50 USD are 1.00 USD a person, the pills 0.32 USD
    assert (one.total_usd, four.total_usd) == pytest.approx((1.32, 4.32))


def test_a_list_with_pills_says_so_in_every_format():
    shopping = shop_with_pills("added")
    assert "Pharmacy" in shopping_as_text(shopping)
    assert "and of supplements that the plan adds" in shopping_as_text(shopping)
    assert shopping_as_csv(shopping).splitlines()[-1].startswith("pharmacy,trimagnesium")
    assert shopping_as_json(shopping)["lines"][-1]["aisle"] == "pharmacy"


def test_what_is_bought_for_a_dish_is_what_is_eaten_and_frozen():
    chili = replace(item("chili_sin_carne_cocoa", {"quinoa": 200.0}), cost=0.4)
    plan = Plan((day(1, FOODS, lunch={"quinoa": 100.0}, dinner=chili),), {}, {}, None, 0.6, 1)
    batch = plan_batch(plan, read_embedded_dishes())
    plain, doubled = list_shopping(plan, FOODS), list_shopping(plan, FOODS, batch=batch)
    # 35 g dry for 100 g cooked: 300 g eaten, and 200 g more for the freezer
    assert [one.lines[0].need_g for one in (plain, doubled)] == pytest.approx([105.0, 175.0])
    assert doubled.total_usd - plain.total_usd == pytest.approx(doubled.frozen_usd) == 0.4
    assert doubled.lines[0].uses[-1].item.endswith("for the freezer")
    assert "$0.40 of it for the freezer" in " ".join(shopping_as_text(doubled).split())


CANNED = replace(measured(food("beans", group="legumes"), "can", 400.0), aisle="canned_dry_beans")
PASSATA = replace(measured(food("passata", base="tomato"), "jar", 700.0), aisle="canned_dry_beans")
TINS = table(CANNED, PASSATA)


def shop_tins(name, *masses, **options):
    """Give the only line for lunches of so much of a food that comes in packages [g]."""
    days = tuple(day(n, TINS, lunch={name: mass}) for n, mass in enumerate(masses, start=1))
    (line,) = list_shopping(Plan(days, {}, {}, None, 0.0, 0), TINS, **options).lines
    return line


def test_a_can_that_is_past_its_days_is_bought_twice():
    # canned food keeps three days: half a can on day 1 and half a can on day 5 are two cans
    line = shop_tins("beans", 200.0, 0.0, 0.0, 0.0, 200.0)
    assert (line.packages, line.buy, line.need_g) == (2, "2 cans (800 g)", 400.0)
    assert line.surplus_g == pytest.approx(400.0)
    sooner = shop_tins("beans", 200.0, 0.0, 0.0, 200.0)
    assert (sooner.packages, sooner.buy) == (1, "1 can (400 g)")
    assert sooner.surplus_g == pytest.approx(0.0)


def test_tomatoes_in_a_jar_keep_five_days_and_are_bought_by_the_jar():
    masses = (100.0, 0.0, 0.0, 0.0, 0.0)
    assert shop_tins("passata", *masses, 100.0).buy == "1 jar (700 g)"
    assert shop_tins("passata", *masses, 0.0, 100.0).buy == "2 jars (1,400 g)"


def test_a_week_uses_up_what_the_week_before_it_opened():
    masses = [0.0] * 6 + [100.0] + [150.0] + [0.0] * 5 + [50.0]
    whole = shop_tins("beans", *masses)
    first, second = (shop_tins("beans", *masses, days=range(n, n + 7)) for n in (1, 8))
    # day 7 opens a can for day 8 too; day 14 needs another
    assert (whole.packages, first.packages, second.packages) == (2, 1, 1)
    assert second.surplus_g == pytest.approx(300.0 + 400.0 - 200.0, abs=0.1)
    alone = shop_tins("beans", *masses[:8], days=range(8, 15))
    assert (alone.packages, alone.buy) == (0, "open from before")


def test_the_number_of_packages_stands_in_json_and_null_where_it_is_not_known():
    days = (day(1, FOODS, lunch={"carrot": 100.0}), day(2, TINS, lunch={"beans": 500.0}))
    both = list_shopping(Plan(days, {}, {}, None, 0.0, 0), table(*FOODS, *TINS))
    lines = {line["food_id"]: line["packages"] for line in shopping_as_json(both)["lines"]}
    assert lines == {"carrot": None, "beans": 2}
