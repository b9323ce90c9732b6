import csv
from dataclasses import replace
from datetime import date

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.errors import ConfigError
from planner.kitchen.as_bought import recipe_lines
from planner.kitchen.bought import amount_in_words, need_in_words
from planner.kitchen.measures import kitchen_amount
from planner.kitchen.pantry import usual_pantry
from planner.kitchen.sold import (
    CUPBOARD,
    FREEZER,
    FRIDGE,
    IN_CANS,
    Package,
    in_packs_of,
    keeping_of,
    known_aisles,
    packages_as_csv,
    parse_aisles,
    parse_packages,
    read_own_packages,
    shelves_of,
    sold_as,
)
from planner.kitchen.till import price_of
from planner.kitchen.trips import trips_of
from planner.plan.own_shop import sold_once
from planner.request.days import closed_days
from planner.request.request import WeekOptions
from planner.settings import read_settings, read_text

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
BOUGHT = [food for food in FOODS if food.bought_as is None and food.food_id != "tap_water"]
ELSEWHERE = {"lemon_juice", "lime_juice", "egg_white_raw"}  # lemons, limes and eggs are bought
COUNTRIES = tuple(read_settings("shop/shop.toml")["countries"])
SOURCES = read_settings("shop/shop.toml")["sources"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_food_that_is_bought_has_a_package_with_a_price(country):
    shelves = shelves_of(country)
    assert {food.food_id for food in BOUGHT} - set(shelves) == ELSEWHERE
    assert set(shelves) <= {food.food_id for food in FOODS}
    for food_id, sizes in shelves.items():
        assert all(price_of(one, FOODS[food_id]) > 0 for one in sizes), food_id


@pytest.mark.parametrize("name", ["us", "eu", "uk", "sold_as", "keeps", "staples"])
def test_every_row_names_its_source(name):
    rows = list(csv.DictReader(read_text(f"shop/{name}.csv").splitlines()))
    assert {row["source"] for row in rows} <= set(SOURCES)
    assert all(row["confidence"] for row in rows)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_dozen_eggs_and_a_can_are_what_shops_have(country):
    shelves = shelves_of(country)
    assert round(shelves["egg_raw"][0].size_g / (50 * 1.14), 6) in (
        6,
        12,
    )  # eggs of 50 g and their shells
    assert 230 <= shelves["chickpeas_canned"][0].size_g <= 260  # drained


def dish_with(dish_id, *steps):
    """Give a dish with other steps, whose measures say nothing of how a thing is sold."""
    plain = (replace(one, measure="2 cups") for one in DISHES[dish_id].ingredients)
    return replace(DISHES[dish_id], steps=steps, ingredients=tuple(plain))


def test_the_list_buys_what_the_recipe_takes_from_the_shelf():
    for dish in DISHES.values():
        for line in dish.ingredients:
            if line.food_id in ELSEWHERE or line.food_id == "tap_water":
                continue
            (taken,) = recipe_lines([(line.food_id, 100.0)], dish, FOODS, "us") or (None,)
            if taken is not None and "canned" in taken.name.lower():
                got = sold_as(FOODS, shelves_of("us"), line.food_id, 100.0, dish)[0]
                assert shelves_of("us")[got.food_id][0].pack in ("can", "jar"), dish.dish_id


@pytest.mark.parametrize(
    ("step", "bought"),
    [
        ("Stir in the beans (canned, drained and rinsed, or home-cooked).", "kidney_beans_canned"),
        ("Take kidney beans from cans.", "kidney_beans_canned"),
        ("Toss in the beans (large ones; canned, or home-cooked).", "kidney_beans_canned"),
        ("Soak the beans overnight. Add canned tomatoes.", "kidney_beans_dry"),
    ],
)
def test_beans_are_bought_in_cans_where_the_recipe_says_so(step, bought):
    dish = dish_with("rajma_masala_brown_rice", step)
    assert sold_as(FOODS, shelves_of("us"), "kidney_beans_cooked", 100, dish)[0].food_id == bought


def test_a_recipe_decides_between_red_lentils_brown_ones_and_cans():
    def bought(*steps):
        dish = dish_with("bulgur_mujaddara", *steps)
        return sold_as(FOODS, shelves_of("us"), "lentils_cooked", 100.0, dish)

    food, grams = bought("Add 190 g dry split red lentils.")
    assert (food.food_id, grams) == ("red_lentils_dry", pytest.approx(33.0))
    assert bought("Boil 245 g dry brown lentils.")[0].food_id == "lentils_dry"
    assert bought("Add the lentils (canned, drained).")[0].food_id == "lentils_cooked"


def test_juice_is_bought_as_lemons():
    food, grams = sold_as(FOODS, shelves_of("eu"), "lemon_juice", 100.0, None)
    # 225 g of whole lemons for 100 g of juice, as the catalogue has it
    assert food.food_id == "lemon"
    assert grams * food.bought_g_per_100g / 100 == pytest.approx(225, abs=0.5)


@pytest.mark.parametrize(
    ("food_id", "fresh_days", "rest"),
    [
        ("salmon_raw", 2, FREEZER), ("ground_beef_lean_raw", 2, FREEZER),
        ("beef_sirloin_raw", 4, FREEZER),
        ("feta", 21, FRIDGE), ("white_rice_dry", None, CUPBOARD),
            ("spinach_raw", 4, FRIDGE), ("kale_raw", 5, FRIDGE),
        ("spinach_frozen", None, FREEZER), ("onion_raw", 60, CUPBOARD),
    ],
)  # fmt: skip
def test_foods_keep_as_their_kind_does(food_id, fresh_days, rest):
    keeping = keeping_of(FOODS[food_id])
    assert (keeping.fresh_days, keeping.rest) == (fresh_days, rest)


def test_what_is_left_of_a_soft_cheese_keeps_a_week_and_of_a_hard_one_two():
    soft = ("brie", "feta", "goat_cheese_soft", "paneer", "queso_fresco", "mozzarella_part_skim")
    assert {keeping_of(FOODS[one]).rest_days for one in soft} == {7}
    assert keeping_of(FOODS["cheddar"]).rest_days == 14


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
        read_own_packages(text, "my.csv", FOODS)
    assert [one.partition(":")[0] for one in error.value.faults] == [
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
    rows = read_own_packages(text, "my.csv", FOODS)
    assert [one["food_id"] for one in rows] == ["rolled_oats", "chickpeas_canned"]
    assert read_own_packages(packages_as_csv(rows), "my.csv", FOODS) == rows


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_country_sells_a_size_twice_or_what_a_file_of_ones_own_could_not_name(country):
    sold = sold_once(FOODS)
    for food_id, sizes in shelves_of(country).items():
        assert all(sold(food_id, one.pack, one.size_g) == food_id for one in sizes)


def test_aisles_of_ones_own_come_first_and_the_others_behind_them():
    own = parse_aisles("aisle,heading\nfrozen,Ice\ndrinks,\n", "my.csv", known_aisles())
    assert list(own)[:3] == ["frozen", "drinks", "produce"]
    assert (own["frozen"], own["drinks"]) == ("Ice", "Drinks")
    assert set(own) == set(known_aisles())
    assert next(iter(parse_aisles("aisle\nFrozen\n", "my.csv", known_aisles()))) == "frozen"
    with pytest.raises(ConfigError, match=r"row 2: 'froze' is no heading of the list: .*Frozen"):
        parse_aisles("aisle\nfroze\n", "my.csv", known_aisles())


@pytest.mark.parametrize(
    ("package", "count", "units", "words"),
    [
        (Package("x", "can", "15 oz", 255, None, ""), 2, "us", "2 cans of 15 oz"),
        (Package("x", "bag", "of 6", 360, None, ""), 1, "us", "1 bag of 6"),
        (Package("x", "bunch", "", 80, None, ""), 2, "us", "2 bunches of 80 g"),
        (Package("x", "each", "", 202, None, ""), 3, "metric", "3 (610 g)"),
        (Package("x", "weight", "50 g", 50, None, ""), 7, "metric", "350 g"),
        (Package("x", "weight", "2 oz", 56.7, None, ""), 10, "us", "1 lb 4 oz"),
    ],
)
def test_packages_are_said_as_one_asks_for_them(package, count, units, words):
    assert amount_in_words(package, count, units) == words


def test_trips_share_the_days_and_the_first_has_the_longer_stretch():
    assert trips_of(range(1, 8), 1) == (1,)
    assert trips_of(range(1, 8), 2) == (1, 5)
    assert trips_of(range(1, 8), 3) == (1, 4, 6)
    assert trips_of(range(8, 10), 5) == (8, 9)


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


def test_most_kitchens_have_salt_oil_and_flour_and_no_saffron():
    usual = usual_pantry(FOODS)
    assert [usual.get(name).mass_g > 0 for name in ("salt", "olive_oil", "flour_white")] == [
        True
    ] * 3
    assert usual.get("saffron").mass_g == 0


def test_what_is_weighed_is_told_as_it_is_sold_and_pieces_are_whole():
    # 147 g of chicken on the bone for 100 g of meat: 304 g are 10.7 oz
    foods = {food.food_id: food for food in read_embedded_foods()}
    assert need_in_words(foods["chicken_whole_raw"], 304.0, "us") == "11 oz (304 g)"
    assert need_in_words(foods["chicken_whole_raw"], 609.0, "us") == "1 lb 5 oz (609 g)"
    onion = foods["onion_raw"]
    assert need_in_words(onion, 110 * onion.sold_g_per_100g / 100, "us").startswith("1 medium")


@pytest.mark.parametrize("country", ["us", "eu", "uk"])
def test_a_can_of_a_recipe_is_one_of_the_country_that_is_shopped_in(country):
    shelves, near = shelves_of(country), read_settings("meals/measures.toml")["near"]["measures"]
    for food in read_embedded_foods():
        for one in in_packs_of(food, shelves).measures:
            if one.name in IN_CANS and food.food_id in shelves:
                sizes = [size.size_g for size in shelves[food.food_id] if size.pack == one.name]
                assert any(abs(one.mass_g - size) <= near["can"] * one.mass_g for size in sizes), (
                    food
                )


def test_half_a_can_of_tomatoes_is_half_of_what_the_shop_sells():
    crushed = read_embedded_foods()["tomatoes_crushed"]
    assert kitchen_amount(in_packs_of(crushed, shelves_of("eu")), 390.0, "metric") == "1 can"
    assert kitchen_amount(in_packs_of(crushed, shelves_of("eu")), 200.0, "metric") == "1/2 can"
