"""What is bought of which package on which trip, what it costs and what is left of it."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.embedded import read_embedded_foods
from foods.food import Measure, UsualServing
from foods.openings import PARTS
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.used_up import UsedUp
from planner.document.terminal import as_plain
from planner.errors import ConfigError
from planner.export.shopping import list_told
from planner.kitchen.batch import plan_batch
from planner.kitchen.bought import recipe_lines
from planner.kitchen.counter import trips_of
from planner.kitchen.errand import Errand
from planner.kitchen.pantry import Pantry, PantryEntry
from planner.kitchen.shopping import list_shopping
from planner.kitchen.sold import (
    IN_CANS,
    OpenedKept,
    days_open,
    in_packs_of,
    keeping_of,
    kept_by,
    packages_as_csv,
    parse_packages,
    price_of,
    read_own_packages,
    shelves_of,
    sold_as,
)
from planner.plan.plan import Item, Meal, Plan
from planner.request.days import closed_days
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings, read_text
from tests.plates import day, food, item, table
from tests.rows import rows


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


def test_usual_kitchens_have_salt_and_an_empty_one_buys_it():
    (line,) = shop({"salt": 9.0}, pantry=None).lines
    assert (line.is_pantry, line.packages, line.price_usd) == (True, 0, 0.0)
    assert line.buy == "1 1/2 tsp (9 g)"
    shopping = shop({"salt": 9.0}, pantry=None)
    assert (shopping.total_usd, shopping.empty_usd) == pytest.approx((0.0, 7.0))
    assert shop({"salt": 9.0}).lines[0].buy == "1 canister of 26 oz"


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


def test_what_would_not_keep_until_it_is_opened_is_bought_on_a_small_second_trip():
    # spinach keeps four days, from the day before day 1 to day 4; quinoa for months
    both = {"spinach_raw": 60.0, "quinoa_dry": 80.0}
    meals = [both if n in (2, 6) else {} for n in range(1, 8)]
    late = shop(*meals, trips=None)
    assert [(line.food_id, line.trip) for line in late.lines] == [
        ("spinach_raw", 1), ("quinoa_dry", 1), ("spinach_raw", 2),
    ]  # fmt: skip
    assert late.trips == (1, 5)
    early = [{"spinach_raw": 60.0} if n in (2, 4) else {} for n in range(1, 8)]
    assert shop(*early, trips=None).trips == (1,)
    fish = [{"trout": 100.0} if n in (1, 6) else {} for n in range(1, 8)]  # frozen until then
    assert shop(*fish, trips=None).trips == (1,)


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
        replace(own_day, meals=(*own_day.meals, Meal("dinner", pills)))
        for own_day in (day(number, FOODS, lunch={"quinoa_dry": 100.0}) for number in (1, 2))
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
    each = ((foods[food_id], shelves_of("us")[food_id][0]) for food_id in cold)
    days = [days_open(food, pack, keeping_of(food), kept) for food, pack in each]
    assert days[:2] == [0, 0]  # not what is whole, and what keeps for months
    assert min(days[2:]) > 7
    assert kept_by(PlanRequest()) == OpenedKept()


CATALOGUE = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
BOUGHT = [food for food in CATALOGUE if food.bought_as is None and food.food_id != "tap_water"]
ELSEWHERE = {"lemon_juice", "lime_juice", "egg_white_raw"}  # lemons, limes and eggs are bought
COUNTRIES = tuple(read_settings("shop/shop.toml")["countries"])
SOURCES = read_settings("shop/shop.toml")["sources"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_food_that_is_bought_has_a_package_with_a_price(country):
    shelves = shelves_of(country)
    assert {food.food_id for food in BOUGHT} - set(shelves) == ELSEWHERE
    assert set(shelves) <= {food.food_id for food in CATALOGUE}
    for food_id, sizes in shelves.items():
        assert all(price_of(size, CATALOGUE[food_id]) > 0 for size in sizes), food_id


@pytest.mark.parametrize("name", ["us", "eu", "uk", "sold_as", "keeps", "staples"])
def test_every_row_names_its_source(name):
    rows = list(csv.DictReader(read_text(f"shop/{name}.csv").splitlines()))
    assert {row["source"] for row in rows} <= set(SOURCES)
    assert all(row["confidence"] for row in rows)


def test_the_list_buys_what_the_recipe_takes_from_the_shelf():
    for dish in DISHES.values():
        for line in dish.ingredients:
            if line.food_id in ELSEWHERE or line.food_id == "tap_water":
                continue
            (taken,) = recipe_lines([(line.food_id, 100.0)], dish, CATALOGUE, "us") or (None,)
            if taken is not None and "canned" in taken.name.lower():
                got = sold_as(CATALOGUE, shelves_of("us"), line.food_id, 100.0, dish)[0]
                assert shelves_of("us")[got.food_id][0].pack in ("can", "jar"), dish.dish_id


@rows(__file__, "foods_keep_as_their_kind")
def test_foods_keep_as_their_kind_does(food_id, fresh_days, rest):
    keeping = keeping_of(CATALOGUE[food_id])
    assert (keeping.fresh_days, keeping.rest) == (fresh_days, rest)


def test_a_file_of_packages_lists_every_faulty_row():
    text = """# what my shop has

food_id,pack,size_g,price
milk whole,carton,0,
unicorn,can,100,
rolled oats,bag,500,-1.20
egg_raw,box,570,
# and again
eggs,box,570,3
"""
    with pytest.raises(ConfigError) as error:
        read_own_packages(text, "my.csv", CATALOGUE)
    assert [fault.partition(":")[0] for fault in error.value.faults] == [
        "row 4", "row 5", "row 6", "row 9",
    ]  # fmt: skip
    for part in ("row 4: size_g: '0'", "row 5: no food 'unicorn'", "row 6: price: '-1.20'",
                 "row 9: egg_raw: box of 570 g stands twice"):  # fmt: skip
        assert part in str(error.value)
    with pytest.raises(ConfigError, match="no column pack, size_g"):
        parse_packages("food_id\n", "my.csv")


def test_packages_of_ones_own_are_read_as_people_name_foods_and_written_again():
    text = """food_id,pack,size_g,label,price,aisle
rolled oats,bag,500,,1.2,Cereals
canned chickpeas,can,240,400 g,,
"""
    rows = read_own_packages(text, "my.csv", CATALOGUE)
    assert [row["food_id"] for row in rows] == ["rolled_oats", "chickpeas_canned"]
    assert read_own_packages(packages_as_csv(rows), "my.csv", CATALOGUE) == rows


def test_no_trip_but_the_first_is_on_a_day_on_which_nobody_shops():
    assert trips_of(range(1, 8), 2, {4}) == (1, 4)  # a day sooner
    assert trips_of(range(1, 8), 2, {1, 2, 3, 4}) == (1, 6)  # else later
    assert trips_of(range(1, 8), 2, {4}, sooner=1) == (1, 4)
    assert trips_of(range(1, 8), 2, {3}, sooner=1) == (1, 3)
    assert trips_of(range(1, 8), 2, set(range(8))) == (1, 5)
    monday = WeekOptions(days=7, start=date(2026, 11, 23), holidays=(date(2026, 11, 26), 5))
    assert closed_days(monday, "us") == {4}  # Thanksgiving, and no Friday off
    assert closed_days(monday, "eu") == {4, 7}
    assert closed_days(WeekOptions(days=7, holidays=(4,)), "eu") == frozenset()  # without dates


@pytest.mark.parametrize("country", ["us", "eu", "uk"])
def test_a_can_of_a_recipe_is_one_of_the_country_that_is_shopped_in(country):
    shelves, near = shelves_of(country), read_settings("meals/measures.toml")["near"]["measures"]
    for bought in read_embedded_foods():
        for one in in_packs_of(bought, shelves).measures:
            if one.name in IN_CANS and bought.food_id in shelves:
                sizes = [size.size_g for size in shelves[bought.food_id] if size.pack == one.name]
                assert any(abs(one.mass_g - size) <= near["can"] * one.mass_g for size in sizes), (
                    bought
                )


FOUR_WEEKS = 28
MEALS = {
    "milk_lowfat": range(1, FOUR_WEEKS + 1),
    "mandarin": range(2, FOUR_WEEKS + 1, 3),
    "bacon_raw": (6, 26),
    "tofu_firm": (3, 24),
    "bread_whole_wheat": (2, 5, 9, 20),
    "rolled_oats": (1, 9, 17, 25),
    "spinach_raw": (3, 7, 14, 21),
}
MASSES_G = {"milk_lowfat": 260.0, "bacon_raw": 30.0, "spinach_raw": 120.0, "dill_fresh": 4.0}


def plan_of_lunches(meals, days=FOUR_WEEKS, first=None):
    """A plan of lunches of some foods on their days."""
    own = [
        day(
            n,
            CATALOGUE,
            lunch={name: MASSES_G.get(name, 80.0) for name in meals if n in meals[name]},
        )
        for n in range(1, days + 1)
    ]
    if first is not None:
        own = [replace(own_day, date=first + timedelta(days=own_day.day - 1)) for own_day in own]
    return Plan(tuple(own), {}, {}, None, 0.0, 0)


def listed(plan, **said):
    return list_shopping(plan, CATALOGUE, Errand(pantry=Pantry(), **said))


def bought(shopping):
    """What is bought before which day, and for which days a bag of it is frozen then."""
    return [
        (shopping.trips[one.trip - 1], one.food_id, one.buy, one.price_usd, one.freeze, one.late)
        for one in shopping.lines
        if not one.is_pantry
    ]


@pytest.mark.parametrize("boxes", [None, 0, 4])
def test_four_weeks_buy_and_freeze_what_each_of_them_does(boxes):
    plan = plan_of_lunches(MEALS)
    whole = listed(plan, boxes=boxes)
    weeks = [listed(plan, boxes=boxes, days=range(n, n + 7)) for n in range(1, FOUR_WEEKS, 7)]
    assert bought(whole) == [purchase for week in weeks for purchase in bought(week)]
    assert whole.total_usd == pytest.approx(sum(week.total_usd for week in weeks))
    assert not any(line.late for line in whole.lines)
    milk = [line.packages for line in whole.lines if line.food_id == "milk_lowfat"]
    assert len(milk) == FOUR_WEEKS / 7
    assert not any(line.is_pantry for line in whole.lines)  # what an earlier week bought
