from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.embedded import read_embedded_foods
from foods.errors import FoodNotFoundError
from foods.food import Measure, UsualServing
from foods.openings import PARTS
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.used_up import UsedUp
from planner.document.terminal import as_plain
from planner.export.shopping import list_told, shopping_answer, shopping_as_csv
from planner.kitchen.batch import plan_batch
from planner.kitchen.counter import Counter, Need
from planner.kitchen.errand import Errand, Use
from planner.kitchen.kept import kept_by
from planner.kitchen.pantry import Pantry, PantryEntry
from planner.kitchen.shopping import list_shopping
from planner.kitchen.sold import keeping_of, parse_packages, shelves_of
from planner.kitchen.till import OpenedKept, Stock, days_open
from planner.plan.plan import GuestShare, Item, Meal, Plan
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest
from tests.plates import day, food, item, table


def printed(shopping):
    """Give the list as it is printed."""
    return as_plain(list_told(shopping))


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
BEANS = replace(measured(food("beans", group="vegetables"), "can", 400.0), aisle="canned_dry_beans")
PASSATA = replace(measured(food("passata", base="tomato"), "jar", 700.0), aisle="canned_dry_beans")
SUGO = replace(measured(food("sugo", base="tomato"), "jar", 700.0), aisle="canned_dry_beans")
FISH = replace(food("trout", group="fish"), aisle="meat_fish")
STRANGE = food("durian", price=2.0)
SPINACH = replace(food("spinach_raw", base="spinach"), aisle="produce")
BREAD = replace(food("bread", group="bread", price=0.5), aisle="bakery")
TORTILLA = replace(food("tortilla_flour", group="bread", base="wheat_tortilla"), aisle="bakery")
BERRIES = replace(food("strawberries", group="fruit"), aisle="produce")
FOODS = table(
    *(DRY, COOKED, CARROT, STEWED, SALT, WATER, BEANS, PASSATA, SUGO, FISH, STRANGE, BREAD),
    *(SPINACH, TORTILLA, BERRIES),
)
SHOP = parse_packages(
    """food_id,pack,label,size_g,price_usd,name
quinoa_dry,bag,200 g,200,,
carrot,each,,67.2,,
salt,canister,26 oz,700,,
beans,can,15 oz,400,,Canned beans
passata,jar,24 oz,700,1.50,
sugo,jar,24 oz,700,1.50,
trout,weight,,50,,
bread,loaf,400 g,400,,
spinach_raw,bag,100 g,100,,
tortilla_flour,pack,10,500,,
strawberries,box,1 lb,454,,
""",
    "by hand",
)
NOTHING = Pantry()


def plan_of(days):
    return Plan(tuple(days), {}, {}, None, 0.0, 0)


def errand(**said):
    return Errand(**{"own": SHOP, "pantry": NOTHING, **said})


def shop(*meals, **said):
    """Give the list for lunches of masses [g], one a day."""
    days = (day(number, FOODS, lunch=masses) for number, masses in enumerate(meals, start=1))
    return list_shopping(plan_of(days), FOODS, errand(**said))


def test_a_cooked_food_is_bought_dry_by_the_bag_and_the_till_takes_whole_bags():
    shopping = shop({"quinoa": 400.0})
    (line,) = shopping.lines
    assert (line.food_id, line.aisle) == ("quinoa_dry", "grains_pasta")
    assert line.need_g == pytest.approx(140.0)  # 35 g for 100 g
    assert (line.buy, line.packages) == ("1 bag of 200 g", 1)
    assert line.surplus_g == pytest.approx(60.0)
    # 200 g at 0.50 USD per 100 g; what is eaten is 400 g at 0.20 USD
    assert (shopping.total_usd, shopping.eaten_usd) == pytest.approx((1.0, 0.8))


def test_peel_is_added_to_what_a_cooked_food_is_bought_as():
    (line,) = shop({"carrot_cooked": 100.0}).lines
    # 110 g peeled, so 110 x 1.12 = 123.2 g with peel: two carrots of 60 x 1.12 = 67.2 g
    assert line.need_g == pytest.approx(123.2)
    assert line.buy == "2 (140 g)"
    assert line.surplus_g == pytest.approx(134.4 - 123.2)
    # 100 g without peel cost 0.10 USD: 67.2 g with it are 6 cents each
    assert line.price_usd == pytest.approx(0.12)


def test_the_same_food_of_several_meals_is_one_line():
    (line,) = shop({"quinoa": 100.0}, {"quinoa_dry": 35.0}).lines
    assert line.need_g == pytest.approx(70.0)
    assert line.uses == (Use(1, "lunch", "lunch_1"), Use(2, "lunch", "lunch_2"))


def test_a_list_says_for_which_days_it_is_and_which_guests_come():
    first, second = (day(number, FOODS, lunch={"quinoa": 100.0}) for number in (1, 2))
    (meal,) = second.meals
    (dish,) = meal.items
    fed = replace(dish, guests=GuestShare(2, 2.0, (("quinoa", 200.0),)))
    second = replace(second, meals=(replace(meal, items=(fed,)),))
    shopping = list_shopping(plan_of([first, second]), FOODS, errand())
    assert "Days 1 to 2; 2 guests: Day 2, lunch." in printed(shopping)
    told = shopping_answer(shopping)
    assert (told.first_day, told.last_day, told.guests[0].count) == (1, 2, 2)
    assert shopping_as_csv(shopping).splitlines()[1].endswith(",1 2")
    only_first = list_shopping(plan_of([first, second]), FOODS, errand(days=range(1, 2)))
    assert "Day 1." in printed(only_first)


def test_tap_water_is_not_bought():
    assert shop({"tap_water": 500.0}).lines == ()


def test_usual_kitchens_have_salt_and_an_empty_one_buys_it():
    (line,) = shop({"salt": 9.0}, pantry=None).lines
    assert (line.is_pantry, line.packages, line.price_usd) == (True, 0, 0.0)
    assert line.buy == "1 1/2 tsp (9 g)"
    shopping = shop({"salt": 9.0}, pantry=None)
    assert (shopping.total_usd, shopping.empty_usd) == pytest.approx((0.0, 7.0))
    assert shop({"salt": 9.0}).lines[0].buy == "1 canister of 26 oz"


def test_more_than_kitchens_have_is_bought():
    (line,) = shop({"salt": 320.0}, pantry=None).lines  # 300 g are at home
    assert (line.is_pantry, line.packages, line.home_g) == (False, 1, 300.0)
    assert line.surplus_g == pytest.approx(680.0)


def test_a_pantry_is_used_up_first_and_what_has_spoilt_is_not():
    def has(grams, days=None):
        return Pantry((PantryEntry("beans", grams, "g", 1.0, days),))

    meals = ({"beans": 100.0}, {}, {"beans": 100.0})
    assert shop(*meals, pantry=has(200.0)).lines[0].packages == 0
    assert shop(*meals, pantry=has(200.0, days=2)).lines[0].home_g == 100.0
    assert shop(*meals, pantry=has(189.0)).lines[0].packages == 1


QUINOA = UsedUp("quinoa", {"quinoa": 0.35}, 50.0, frozenset({"quinoa_dry"}))


def test_what_is_to_be_used_up_is_at_home_as_far_as_the_plan_takes_it():
    for use_g, home_g, packages in ((50.0, 35.0, 0), (20.0, 20.0, 1)):
        uses = (replace(QUINOA, mass_g=use_g),)
        (line,) = shop({"quinoa": 100.0}, uses=uses).lines
        assert (line.food_id, line.home_g, line.packages) == ("quinoa_dry", home_g, packages)


def test_what_is_to_be_used_up_and_in_the_pantry_is_there_once():
    pantry = Pantry((PantryEntry("quinoa_dry", 20.0, "g", 1.0),))
    (line,) = shop({"quinoa": 100.0}, uses=(QUINOA,), pantry=pantry).lines
    assert (line.home_g, line.packages) == (35.0, 0)
    uses = (replace(QUINOA, mass_g=15.0),)
    (line,) = shop({"quinoa": 100.0}, uses=uses, pantry=pantry).lines
    assert (line.home_g, line.packages) == (20.0, 1)
    two = (replace(QUINOA, mass_g=15.0), replace(QUINOA, mass_g=30.0))
    assert shop({"quinoa": 100.0}, uses=two).lines[0].home_g == 35.0


def test_everything_is_bought_for_as_many_as_eat():
    one, three = shop({"quinoa": 200.0}), shop({"quinoa": 200.0}, people=3)
    assert three.lines[0].need_g == pytest.approx(3 * one.lines[0].need_g)
    # 70 and 210 g: one bag of 200 g and two, at 1.00 USD
    assert (one.total_usd, three.total_usd) == (pytest.approx(1.0), pytest.approx(2.0))


def test_aisles_come_in_the_order_of_the_shop_or_of_a_list_of_ones_own():
    meals = {"salt": 20.0, "quinoa": 100.0, "carrot": 60.0}
    assert [line.food_id for line in shop(meals).lines] == ["carrot", "quinoa_dry", "salt"]
    own = {"spices_baking": "Spices", "produce": "Greens", "grains_pasta": "Grains"}
    turned = shop(meals, aisles=own)
    assert [line.food_id for line in turned.lines] == ["salt", "carrot", "quinoa_dry"]
    assert "Greens" in printed(turned)


def test_a_food_that_the_table_does_not_have_is_named():
    with pytest.raises(FoodNotFoundError, match="no food 'kale'"):
        shop({"kale": 10.0})


def test_nobody_opens_another_can_for_a_spoon_and_more_is_bought():
    # 425 g are 95 % of 447 g; for 452 g another can is bought, as for pineapple of 620 g
    cans = parse_packages("food_id,pack,label,size_g\nbeans,can,15 oz,425\n", "by hand")
    one, two = (shop({"beans": grams}, own=cans).lines[0] for grams in (447.0, 452.0))
    assert (one.buy, one.surplus_g, one.left) == ("1 can of 15 oz", 0.0, None)
    assert (two.buy, two.surplus_g) == ("2 cans of 15 oz", pytest.approx(398.0))
    bags = parse_packages("food_id,pack,label,size_g\nbeans,bag,240 g,240\n", "by hand")
    assert shop({"beans": 266.0}, own=bags).lines[0].packages == 2


def test_what_has_no_package_stands_apart_by_weight_and_says_why():
    shopping = shop({"durian": 123.0})
    (line,) = shopping.lines
    assert (line.buy, line.packages) == ("130 g", None)
    assert line.price_usd == pytest.approx(2.46)
    assert "Durian: no package size is known for it" in printed(shopping)
    unpriced = table(replace(STRANGE, price_usd_per_100g=None))
    plan = plan_of([day(1, FOODS, lunch={"durian": 123.0})])
    unknown = list_shopping(plan, unpriced, errand())
    assert unknown.lines[0].price_usd is None
    assert "1 without a price" in " ".join(printed(unknown).split())


def test_of_several_sizes_the_fewest_that_hold_little_more_are_bought():
    sizes = parse_packages(
        "food_id,pack,label,size_g\nbeans,pot,S,150\nbeans,tub,L,500\n", "by hand"
    )

    def bought(grams):
        return shop({"beans": grams}, own=sizes).lines[0].buy

    # 300 g: two small ones fit exactly, a large one is 1.67 times that; 480 g: four or one
    assert (bought(130.0), bought(300.0), bought(480.0)) == (
        "1 pot of S",
        "2 pots of S",
        "1 tub of L",
    )


def test_a_trip_later_in_the_week_buys_fish_and_what_comes_too_late_is_frozen():
    meals = [{"trout": 100.0, "beans": 50.0} if n in (1, 4, 6) else {} for n in range(1, 8)]
    once, twice = shop(*meals), shop(*meals, trips=2)
    fish = [line for line in once.lines if line.food_id == "trout"]
    # fish keeps two days: from the day before day 1 to day 2
    assert [(line.packages, line.buy, line.freeze) for line in fish] == [(None, "11 oz", (4, 6))]
    assert "1 cup (100 g) each for days 4, 6" in " ".join(printed(once).split())
    fish = [line for line in twice.lines if line.food_id == "trout"]
    assert [(line.trip, line.need_g, line.freeze) for line in fish] == [
        (1, 200.0, (4,)),
        (2, 100.0, ()),
    ]
    assert [line.trip for line in twice.lines if line.food_id == "beans"] == [1]
    assert twice.trips == (1, 5)
    assert "Trip 2, on day 4, before the evening" in printed(twice)


def test_a_bag_for_the_freezer_holds_what_its_trip_buys_beside_the_rest_of_the_one_before():
    # 300 g of the first loaf are frozen and left; day 11 takes 500 g, 200 g of them of a new one
    meals = [
        {"bread": {1: 100.0, 11: 500.0}.get(n, 0.0)} if n in (1, 11) else {} for n in range(1, 12)
    ]
    first, second = (one for one in shop(*meals, trips=2).lines if one.food_id == "bread")
    assert (first.trip, first.packages, second.packages) == (1, 1, 1)
    assert (second.freeze, second.portions) == ((11,), ("2 cups (200 g)",))


def test_what_keeps_a_week_is_bought_before_the_day_it_is_opened_and_what_keeps_longer_at_once():
    # a loaf keeps four days, quinoa for months; what is open from day 2 is not bought again
    meals = [{"bread": 350.0, "quinoa_dry": 150.0} if n in (2, 6) else {} for n in range(1, 8)]
    lines = shop(*meals, trips=2).lines
    assert [(one.food_id, one.trip, one.packages) for one in lines] == [
        ("bread", 1, 1), ("quinoa_dry", 1, 2), ("bread", 2, 1),
    ]  # fmt: skip
    again = [{"bread": 150.0} if n in (2, 6) else {} for n in range(1, 8)]
    assert [one.trip for one in shop(*again, trips=2).lines] == [1]


def test_what_would_not_keep_until_it_is_opened_is_bought_on_a_small_second_trip():
    # spinach keeps four days, from the day before day 1 to day 4; quinoa for months
    both = {"spinach_raw": 60.0, "quinoa_dry": 80.0}
    meals = [both if n in (2, 6) else {} for n in range(1, 8)]
    late = shop(*meals, trips=None)
    assert [(one.food_id, one.trip) for one in late.lines] == [
        ("spinach_raw", 1), ("quinoa_dry", 1), ("spinach_raw", 2),
    ]  # fmt: skip
    assert late.trips == (1, 5)
    early = [{"spinach_raw": 60.0} if n in (2, 4) else {} for n in range(1, 8)]
    assert shop(*early, trips=None).trips == (1,)
    fish = [{"trout": 100.0} if n in (1, 6) else {} for n in range(1, 8)]  # frozen until then
    assert shop(*fish, trips=None).trips == (1,)


def test_the_small_trip_is_a_day_sooner_where_that_is_fresher_and_what_comes_too_late_is_said():
    # strawberries keep three days: bought before day 1 they come too late on day 4
    once = shop(*({"strawberries": 100.0} if n == 4 else {} for n in range(1, 8)), trips=None)
    assert [(one.trip, one.late) for one in once.lines] == [(2, ())]
    assert once.trips == (1, 4)
    both = shop(*({"strawberries": 454.0} if n in (4, 7) else {} for n in range(1, 8)), trips=None)
    assert "Does not keep until then: buy it anew, or frozen Strawberries (day 4)" in " ".join(
        printed(both).split()
    )


def test_bread_of_the_fifth_day_goes_into_the_freezer_and_a_tortilla_does_not():
    both = {"bread": 64.0, "tortilla_flour": 50.0}
    lines = shop(*(both if n in (1, 4, 5) else {} for n in range(1, 8)), trips=None).lines
    assert {one.food_id: one.freeze for one in lines} == {"bread": (5,), "tortilla_flour": ()}


def test_without_a_freezer_one_goes_as_often_as_needed_for_what_does_not_keep_and_it_is_said():
    # fish keeps two days; what keeps until its day is bought at once, as beans and bread are here
    meals = [{"trout": 100.0, "beans": 50.0} if n in (1, 4, 6) else {} for n in range(1, 8)]
    shopping = shop(*meals, trips=1, boxes=0)
    fish = [line for line in shopping.lines if line.food_id == "trout"]
    assert [(line.trip, line.need_g, line.freeze) for line in fish] == [
        (1, 100.0, ()), (2, 100.0, ()), (3, 100.0, ()),
    ]  # fmt: skip
    assert [line.trip for line in shopping.lines if line.food_id == "beans"] == [1]
    assert len(shopping.trips) == 3
    told = "You asked for 1 trip: the freezer has no room, so it takes 3 trips."
    assert told in " ".join(printed(shopping).split())
    assert "You asked for" not in printed(shop(*meals, trips=1))


def test_what_does_not_keep_until_its_day_on_a_single_trip_is_named():
    # spinach keeps four days and is not frozen; fish is
    meals = [{"spinach_raw": 60.0, "trout": 90.0} if n in (1, 7) else {} for n in range(1, 8)]
    told = "Does not keep until then: buy it anew, or frozen Spinach raw (day 7)."
    assert told in " ".join(printed(shop(*meals, trips=1)).split())
    assert "Does not keep" not in printed(shop(*meals, trips=None))


def test_a_trip_of_a_plan_with_dates_says_its_weekday():
    days = [
        replace(day(n, FOODS, lunch={"trout": 90.0}), date=date(2026, 11, 22 + n)) for n in (1, 2)
    ]
    shopping = list_shopping(plan_of(days), FOODS, errand(trips=2))
    assert "Trip 2, on Monday, before day 2" in printed(shopping)
    assert shopping_answer(shopping).json_values()["trips"] == [
        {"trip": 1, "before_day": 1, "date": "2026-11-22"},
        {"trip": 2, "before_day": 2, "date": "2026-11-23"},
    ]


def test_what_is_sold_as_it_is_eaten_is_no_part_of_what_it_could_be_cooked_from():
    # 205 g of canned quinoa on two days: two cans of 240 g, though 100 g are made of 35 g of dry
    cans = parse_packages("food_id,pack,label,size_g\nquinoa,can,400 g,240\n", "by hand")
    need = Need({1: 205.0, 2: 205.0}, {1: 0.4, 2: 0.4}, {1: {Use(1, "lunch", "Salad"): 205.0}})
    counter = Counter(COOKED, need, errand(own=cans), (1, 2), (1, 2), (1,))
    (line,) = counter.lines(Stock(0.0))
    assert (line.buy, line.packages) == ("2 cans of 400 g", 2)
    assert line.need_g == pytest.approx(410.0)
    assert line.surplus_g == pytest.approx(70.0)
    # 240 g of what costs 0.20 USD per 100 g as it is eaten
    assert line.price_usd == pytest.approx(2 * 0.48)


def test_what_stays_of_two_trips_is_told_once():
    # 300 g of bread on days 1 and 6: what is left of the first loaf goes into the second 300 g
    shopping = shop({"bread": 300.0}, {}, {}, {}, {}, {"bread": 300.0}, trips=2)
    assert [(line.trip, line.packages) for line in shopping.lines] == [(1, 1), (2, 1)]
    assert [line.left is None for line in shopping.lines] == [True, False]


def test_a_budget_is_said_beside_what_the_till_says():
    shopping = shop({"quinoa": 400.0}, budget_usd=3.5)
    # one of seven days: 0.50 USD, and the till takes 1.00 USD
    assert "The budget is $0.50;" in " ".join(printed(shopping).split())
    assert "checkout is $0.50 above it" in " ".join(printed(shopping).split())


MASSES = st.dictionaries(
    st.sampled_from(
        ["quinoa", "quinoa_dry", "carrot", "carrot_cooked", "beans", "passata", "trout"]
    ),
    st.floats(0.1, 900.0),
    max_size=4,
)


@given(
    meals=st.lists(MASSES, min_size=1, max_size=14),
    people=st.integers(1, 4),
    trips=st.integers(1, 3),
    home_g=st.floats(0, 500),
)
def test_no_list_buys_too_little_and_each_sums_back_to_the_plan(meals, people, trips, home_g):
    pantry = Pantry((PantryEntry("beans", home_g, "g", 1.0, 3),)) if home_g else NOTHING
    shopping = shop(*meals, people=people, trips=trips, pantry=pantry)
    as_bought = {"quinoa": ("quinoa_dry", 0.35), "carrot": ("carrot", 1.12),
                 "carrot_cooked": ("carrot", 1.10 * 1.12)}  # fmt: skip
    need_g = {}
    for masses in meals:
        for name, grams in masses.items():
            bought, factor = as_bought.get(name, (name, 1.0))
            need_g[bought] = need_g.get(bought, 0.0) + grams * factor * people
    for name, grams in need_g.items():
        lines = [line for line in shopping.lines if line.food_id == name]
        assert sum(line.need_g for line in lines) == pytest.approx(grams)
        size_g = SHOP[name][0].size_g
        price = {"quinoa_dry": 1.0, "carrot": 0.06, "beans": 4.0, "passata": 1.5, "trout": 0.5}
        counts = [round(line.price_usd / price[name]) for line in lines]
        # half a gram of each package is rounding, and so is a 16,384th of one each day; a can is
        # enough for what it holds 95 % of
        most_g = size_g / 0.95 if SHOP[name][0].pack == "can" else size_g + 0.5
        at_hand_g = sum(counts) * most_g + sum(line.home_g for line in lines)
        assert at_hand_g >= grams - size_g / PARTS * len(meals)
        assert all(line.surplus_g >= 0 for line in lines)
    assert {line.food_id for line in shopping.lines} == set(need_g)
    assert shopping.total_usd == pytest.approx(sum(line.price_usd for line in shopping.lines))


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
    return list_shopping(plan_of(days), FOODS, errand(people=people))


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
    # a bag of 200 g at 0.50 USD per 100 g is enough for one, 800 g are four; the pills 0.32 USD
    assert (one.total_usd, four.total_usd) == pytest.approx((1.32, 4.32))


def test_a_list_with_pills_says_so_in_every_format():
    shopping = shop_with_pills("added")
    assert "Pharmacy" in printed(shopping)
    assert "supplements that the plan adds included" in printed(shopping)
    assert shopping_as_csv(shopping).splitlines()[-1].startswith("pharmacy,trimagnesium")
    assert shopping_answer(shopping).json_values()["lines"][-1]["aisle"] == "pharmacy"


def test_what_is_bought_for_a_dish_is_what_is_eaten_and_frozen():
    chili = replace(item("chili_sin_carne_cocoa", {"quinoa": 200.0}), cost=0.4)
    plan = plan_of((day(1, FOODS, lunch={"quinoa": 100.0}, dinner=chili),))
    batch = plan_batch(plan, read_embedded_dishes())
    plain = list_shopping(plan, FOODS, errand())
    doubled = list_shopping(plan, FOODS, errand(), batch)
    # 35 g dry for 100 g cooked: 300 g eaten, and 200 g more for the freezer
    assert [one.lines[0].need_g for one in (plain, doubled)] == pytest.approx([105.0, 175.0])
    assert doubled.eaten_usd - plain.eaten_usd == pytest.approx(doubled.frozen_usd) == 0.4
    assert doubled.lines[0].uses[-1].item.endswith("for the freezer")


def shop_tins(name, *masses, **said):
    """Give the only line for lunches of so much of a food that comes in packages [g]."""
    (line,) = shop(*({name: mass} for mass in masses), **said).lines
    return line


def test_a_can_that_is_past_its_days_is_bought_twice():
    # canned food keeps three days: half a can on day 1 and half a can on day 5 are two cans
    line = shop_tins("beans", 200.0, 0.0, 0.0, 0.0, 200.0)
    assert (line.packages, line.buy, line.need_g) == (2, "2 cans of 15 oz", 400.0)
    assert line.surplus_g == pytest.approx(400.0)
    assert (line.left.where, line.left.until_day) == ("fridge", 8)
    sooner = shop_tins("beans", 200.0, 0.0, 0.0, 200.0)
    assert (sooner.packages, sooner.buy) == (1, "1 can of 15 oz")
    assert (sooner.surplus_g, sooner.left) == (pytest.approx(0.0), None)


def test_a_second_meal_opens_no_can_of_its_own():
    first, *_, last = (day(n, FOODS, lunch={"beans": 200.0}) for n in range(1, 6))
    (meal,) = last.meals
    again = replace(last, meals=(Meal("lunch", (replace(meal.items[0], leftover_of=1),)),))
    days = (first, *(day(n, FOODS, lunch={"salt": 1.0}) for n in (2, 3, 4)), again)
    (line,) = (one for one in list_shopping(plan_of(days), FOODS, errand()).lines
               if one.food_id == "beans")  # fmt: skip
    assert (line.packages, [use.day for use in line.uses]) == (1, [1, 5])


def test_tomatoes_in_a_jar_keep_five_days_and_are_bought_by_the_jar():
    masses = (100.0, 0.0, 0.0, 0.0, 0.0)
    assert shop_tins("sugo", *masses, 100.0).buy == "1 jar of 24 oz"
    assert shop_tins("sugo", *masses, 0.0, 100.0).buy == "2 jars of 24 oz"


def test_the_list_of_a_week_tells_what_is_over_at_the_end_of_that_week():
    """Of 14 days each seventh opens a jar of 700 g that keeps five days, for $1.50."""
    masses = (*[0.0] * 3, 100.0, *[0.0] * 6, 200.0, *[0.0] * 3)
    first, second, both = (
        shop_tins("sugo", *masses, **said)
        for said in ({"days": range(1, 8)}, {"days": range(8, 15)}, {"trips": 1})
    )
    assert (first.left.mass_g, first.left.until_day) == (600.0, 9)
    assert (second.left.mass_g, second.left.until_day) == (500.0, 16)
    assert second.surplus_g == 1100.0  # the first jar is past its days in this week
    for one, left_g in ((first, 600.0), (second, 500.0)):
        assert (one.packages, one.price_usd, one.weeks_usd) == (1, 1.5, (1.5,))
        assert one.kept_usd + one.lost_usd == pytest.approx(1.5 * left_g / 700)
    assert (both.packages, both.weeks_usd) == (2, (1.5, 1.5))
    assert both.kept_usd + both.lost_usd == pytest.approx(1.5 * 1100 / 700)


def test_what_is_left_and_frozen_is_bought_once_and_keeps_for_later_weeks():
    line = shop_tins("passata", 100.0, *[0.0] * 7, 100.0)
    assert line.thaw == (9,)  # it is in the refrigerator for five days, then frozen
    # five to seven days are advised: what is eaten by day 8 is not frozen for a night
    assert shop_tins("passata", 100.0, *[0.0] * 6, 100.0).thaw == ()
    assert (line.packages, line.left.where, line.left.until_day) == (1, "freezer", 91)
    # 500 of 700 g for $1.50
    assert (line.kept_usd, line.lost_usd) == (pytest.approx(1.5 * 5 / 7), 0.0)


def test_a_week_uses_up_what_the_week_before_it_opened():
    masses = [0.0] * 6 + [100.0] + [150.0] + [0.0] * 5 + [50.0]
    whole = shop_tins("beans", *masses, trips=1)
    first, second = (shop_tins("beans", *masses, days=range(n, n + 7)) for n in (1, 8))
    # day 7 opens a can for day 8 too; day 14 needs another
    assert (whole.packages, first.packages, second.packages) == (2, 1, 1)
    assert second.surplus_g == pytest.approx(300.0 + 400.0 - 200.0, abs=0.5)
    alone = shop_tins("beans", *masses[:8], days=range(8, 15))
    assert (alone.packages, alone.buy, alone.is_pantry) == (0, "open from before", True)


def test_the_number_of_packages_stands_in_json_and_null_where_something_is_weighed():
    both = shop({"trout": 100.0}, {"beans": 500.0})
    lines = {
        line["food_id"]: line["packages"] for line in shopping_answer(both).json_values()["lines"]
    }
    assert lines == {"trout": None, "beans": 2}


def test_the_rest_of_a_can_is_eaten_within_the_days_somebody_names_and_not_frozen():
    meals = ({"beans": 100.0}, {}, {}, {"beans": 100.0})
    assert shop(*meals).lines[0].packages == 1
    (line,) = shop(*meals, kept=OpenedKept(can_days=2)).lines
    assert line.packages == 2
    assert (
        shop({"beans": 100.0}, {"beans": 100.0}, kept=OpenedKept(can_days=2)).lines[0].packages == 1
    )
    (rest,) = shop({"beans": 100.0}, kept=OpenedKept(can_days=2)).lines
    assert (rest.left.where, rest.left.until_day) == ("fridge", 3)


def test_a_request_says_how_what_is_opened_is_kept():
    asked = {"habits": {"can_days": 2}, "preferences": {"without": ["freezer"]}}
    assert kept_by(request_from_dict(asked, "a test")) == OpenedKept(has_freezer=False, can_days=2)


def test_without_a_refrigerator_what_is_opened_is_used_that_day_alone():
    """225 g of beans drained from a can: two meals of 100 g are one can, on two days two."""
    asked = {"preferences": {"without_on": {"Chilled food": ["2", "3"]}}}
    kept = kept_by(request_from_dict(asked, "a test"))
    assert kept == OpenedKept(has_freezer=False, has_fridge=False)
    assert [one.packages for one in shop({"beans": 200.0}, kept=kept).lines] == [1]
    (line,) = shop({"beans": 100.0}, {"beans": 100.0}, kept=kept).lines
    assert (line.packages, line.left.until_day) == (2, 2)
    assert shop({"beans": 100.0}, {"beans": 100.0}).lines[0].packages == 1
    foods = read_embedded_foods()
    cold = ("soy_drink", "pesto", "carrot_raw", "almond_butter")
    each = ((foods[one], shelves_of("us")[one][0]) for one in cold)
    days = [days_open(food, pack, keeping_of(food), kept) for food, pack in each]
    assert days[:2] == [0, 0]  # not what is whole, and what keeps for months
    assert min(days[2:]) > 7
    assert kept_by(PlanRequest()) == OpenedKept()
