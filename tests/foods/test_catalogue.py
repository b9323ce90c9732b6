"""What the shipped table of foods promises, and how its files are read."""

import csv
import tomllib
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from foods.catalogue import (
    COLUMNS,
    OXALATE,
    content_digest,
    fill_blanks,
    parse_catalogue,
    with_oxalate_of_kind,
)
from foods.embedded import (
    data_settings,
    fodmap_lists,
    read_data_text,
    read_embedded_foods,
    read_lookup_foods,
    read_overlaid,
)
from foods.errors import FoodDataError, FoodNotFoundError, FoodsError
from foods.food import Measure
from foods.importers.download import ReleaseFigures
from foods.maintain import CarriedFood, CarryInputs
from foods.nutrient import convert
from foods.openings import (
    PARTS,
    advice_once_opened,
    days_once_opened,
    in_parts,
    parse_opened,
    read_opened,
    use_packages,
)
from foods.seasons import foods_out_of_season, parse_seasons
from foods.sheet import parse_sheet
from foods.water import find_drink, find_water
from tests.plates import food as plain_food
from tests.rows import rows

VOCABULARY = tomllib.loads(read_data_text("vocabulary.toml"))
OATS = {
    "food_id": "oats_dry", "name": "Oats", "base": "oats", "group": "whole_grains",
    "aisle": "breakfast", "roles": "starch", "state": "dry", "release": "own", "source_id": "1",
    "bought_as": "", "bought_g_per_100g": "100", "measures": "cup=80;tbsp=5", "serving": "cup",
    "least": "0.5", "step": "0.25", "most": "1", "most_per_week": "7", "slots": "",
    "price_usd_per_100g": "0.3", "allergens": "gluten", "contains": "", "origin": "plant",
    "flags": "whole_grain", "popularity": "1",
}  # fmt: skip
FIGURES = (
    "food_id,name,group,fdc_id,ndb_no,release,overlay,magnesium_mg\noats_dry,Oats,,,1,own,,126\n"
)


def parse(*rows, figures=FIGURES):
    lines = [",".join(COLUMNS), *(",".join(row[column] for column in COLUMNS) for row in rows)]
    return parse_catalogue("\n".join(lines), figures, VOCABULARY, "1")


def test_a_row_becomes_a_food_with_measures_serving_and_figures():
    oats = parse(OATS)["oats_dry"]
    assert [(one.name, one.mass_g) for one in oats.measures] == [("cup", 80.0), ("tbsp", 5.0)]
    assert oats.serving.amounts() == (0.5, 0.75, 1.0)
    assert oats.per_100g == {"magnesium_mg": 126.0}


@rows(__file__, "a_fault_is_named_with_row")
def test_a_fault_is_named_with_row_and_column(column, cell, fault):
    with pytest.raises(FoodDataError, match=fault):
        parse({**OATS, column: cell})


def test_ids_and_names_stand_once():
    with pytest.raises(FoodDataError, match="row 3, food_id: 'oats_dry' stands twice"):
        parse(OATS, OATS)
    with pytest.raises(FoodDataError, match="row 3, name: 'oats' stands twice"):
        parse(OATS, {**OATS, "food_id": "oats"})


def test_figures_without_a_catalogue_row_are_a_fault():
    more = FIGURES + "rice,Rice,,,2,own,,25\n"
    with pytest.raises(FoodDataError, match="holds 'rice', the catalogue does not"):
        parse(OATS, figures=more)


def test_the_digest_changes_with_a_figure_and_not_with_the_order():
    assert content_digest("h\na\nb\n") == content_digest("h\nb\na\n")
    assert content_digest("h\na,1\n") != content_digest("h\na,2\n")


ARTICLE_FOODS = (
    *("spinach", "chard", "barley", "buckwheat", "bulgur", "cornmeal", "halibut", "lima_beans"),
    *("lentils", "black_eyed_peas", "brazil_nut", "peanut", "cashew", "almond", "pumpkin_seed"),
    *("soybeans", "wheat_germ"),
)


def foods():
    return list(read_embedded_foods())


def reversed_rows(text):
    header, *rows = text.splitlines()
    return "\n".join([header, *reversed(rows)])


@pytest.mark.parametrize("base", ARTICLE_FOODS)
def test_foods_that_the_articles_name_are_in_the_table(base):
    assert any(food.base == base for food in foods())


def test_every_food_has_magnesium_and_calcium():
    missing = [
        food.food_id
        for food in foods()
        if food.per_100g["magnesium_mg"] is None or food.per_100g["calcium_mg"] is None
    ]
    assert missing == []


def test_every_food_has_measures_a_price_and_serving_steps_that_end_at_the_most():
    for food in foods():
        amounts = food.serving.amounts()
        assert food.serving.measure in food.measures, food.food_id
        assert amounts[-1] == pytest.approx(food.serving.most), food.food_id
        assert all(measure.mass_g > 0 for measure in food.measures), food.food_id
        assert food.price_usd_per_100g is not None, food.food_id


def test_foods_served_alone_are_edible_as_listed():
    assert [food.food_id for food in foods() if food.serving.slots and food.state != "eaten"] == []


def test_a_dozen_mineral_waters_have_minerals_no_energy_and_nothing_else():
    waters = [food for food in foods() if food.release == "ciqual_2017" and food.group == "water"]
    assert len(waters) >= 12
    for water in waters:
        known = {key for key, amount in water.per_100g.items() if amount is not None}
        assert known == {"energy_kcal", "magnesium_mg", "calcium_mg"}
        assert water.per_100g["energy_kcal"] == 0


@rows(__file__, "derived_allergens_are_named")
def test_derived_allergens_are_named(food_id, allergens):
    assert allergens <= read_embedded_foods()[food_id].allergens


def test_dairy_origin_and_milk_allergen_go_together():
    wrong = [one.food_id for one in foods() if ("dairy" in one.origin) != ("milk" in one.allergens)]
    # made without milk on machines of milk chocolate: in a vegan's diet, not in that of an allergy
    assert wrong == ["dark_chocolate_70_85"]
    assert "milk" in read_embedded_foods()["dark_chocolate_70_85"].allergens


def test_a_food_in_which_a_release_measures_lactose_names_milk():
    # Below 0.25 g, analyses of broccoli and hemp report traces too.
    measured = [
        food
        for food in foods()
        if not food.is_estimated("lactose_g") and (food.per_100g["lactose_g"] or 0) > 0.25
    ]
    assert [food.food_id for food in measured if "milk" not in food.allergens] == []


@pytest.mark.parametrize(
    ("origin", "allergen"), [("egg", "egg"), ("fish", "fish"), ("dairy", "milk")]
)
def test_animal_origins_bring_their_allergens(origin, allergen):
    lacking = [food for food in foods() if origin in food.origin and allergen not in food.allergens]
    assert [food.food_id for food in lacking] == []


def test_gluten_free_labels_stand_on_foods_without_gluten():
    for food in foods():
        if "gluten_free_label" in food.flags:
            assert "gluten" not in food.allergens


def test_minerals_of_newer_analyses_are_overlaid_and_the_older_figures_kept():
    # Figures: Standard Reference 28 row 12166, Foundation Foods row 2262073.
    tahini, kept = read_embedded_foods()["tahini"], read_overlaid()
    assert tahini.per_100g["magnesium_mg"] == 356.8
    assert tahini.overlay["calcium_mg"] == "foundation_2024-10:2262073"
    assert kept["tahini", "magnesium_mg"]["value"] == "95"


def test_the_version_is_that_of_these_figures():
    catalogue = tomllib.loads(read_data_text("SOURCES.toml"))["catalogue"]
    told = "the data changed: raise `version` in SOURCES.toml and write this `sha256`"
    assert read_embedded_foods().sha256 == catalogue["sha256"], told


def test_every_figure_of_a_newer_analysis_keeps_the_one_that_it_covers():
    overlaid = {
        (food.food_id, key)
        for food in read_lookup_foods()
        for key, source in food.overlay.items()
        if not source.startswith("own:")
    }
    assert overlaid == set(read_overlaid())


def test_every_estimate_names_a_rule_of_the_rules_file():
    rules = tomllib.loads(read_data_text("estimates.toml"))
    known = {f"own:{rule}" for table in rules.values() for rule in table["rules"]}
    used = {source for food in foods() for source in food.overlay.values() if source[:4] == "own:"}
    assert used <= known


def test_every_typical_content_names_a_known_paper():
    papers = tomllib.loads(read_data_text("SOURCES.toml"))["papers"]
    rows = csv.DictReader(read_data_text("phytate_oxalate.csv").splitlines())
    assert {paper for row in rows for paper in row["source"].split(";")} <= set(papers)


def test_table_and_digest_do_not_depend_on_the_order_of_rows():
    vocabulary = tomllib.loads(read_data_text("vocabulary.toml"))
    catalogue = reversed_rows(read_data_text("catalogue.csv"))
    figures = reversed_rows(read_data_text("foods.csv"))
    source = data_settings("SOURCES.toml")["catalogue"]
    of = (source["version"], source["prices"])
    table = parse_catalogue(catalogue, figures, vocabulary, *of)
    table = fodmap_lists().marked(fill_blanks(table, data_settings("estimates.toml")))
    assert table == read_embedded_foods()
    assert [food.food_id for food in table] == [food.food_id for food in foods()]


RULE = tomllib.loads(read_data_text("estimates.toml"))["oxalate_of_kind"]
KNOWN = (
    plain_food("almonds", base="almond", group="nuts", oxalate_mg=450.0),
    plain_food("pecans", base="pecan", group="nuts", oxalate_mg=64.0),
    plain_food("cocoa", base="cocoa", group="sweet", oxalate_mg=680.0),
    plain_food("beet", base="beet", group="vegetables", oxalate_mg=75.0),
)


def filled(base, group, words=("flag:oxalate_rich",), **content):
    one = plain_food("x", base=base, group=group, words=words, **content)
    return list(with_oxalate_of_kind([*KNOWN, one], RULE))[-1].per_100g.get(OXALATE)


@rows(__file__, "what_is_rich_without_a_figure")
def test_what_is_rich_without_a_figure_has_that_of_its_kind(base, group, mg):
    assert filled(base, group) == mg


def test_a_figure_of_its_own_stays_and_without_a_flag_unknown_stays_unknown():
    assert filled("almond", "nuts", oxalate_mg=20.0) == 20
    assert filled("almond", "nuts", words=()) is None


def test_no_flagged_food_of_the_shipped_table_is_without_a_figure():
    bare = [
        food.food_id
        for food in read_embedded_foods()
        if food.flags & set(RULE["flags"]) and food.per_100g[OXALATE] is None
    ]
    assert bare == []


@rows(__file__, "units_are_converted")
def test_units_are_converted(amount, unit, to, expected):
    assert convert(amount, unit, to) == pytest.approx(expected)


@pytest.mark.parametrize(("unit", "to"), [("mg", "kcal"), ("grain", "mg"), ("IU", "IU")])
def test_what_cannot_be_converted_is_refused(unit, to):
    with pytest.raises(FoodsError, match=f"cannot convert '{unit}' to '{to}'"):
        convert(1, unit, to)


FOODS = read_embedded_foods()


def test_strawberries_are_out_of_season_in_a_northern_winter_and_not_in_june():
    assert "strawberries" in foods_out_of_season(FOODS, {1}, "north")
    assert "strawberries" not in foods_out_of_season(FOODS, {6}, "north")


def test_southern_seasons_are_half_a_year_later():
    # strawberries: May to July in the north, so November to January in the south
    assert "strawberries" not in foods_out_of_season(FOODS, {12}, "south")
    assert "strawberries" in foods_out_of_season(FOODS, {6}, "south")


def test_what_is_frozen_or_canned_has_no_season():
    out = foods_out_of_season(FOODS, {1}, "north")
    assert out
    assert {FOODS[food_id].aisle for food_id in out}.isdisjoint({"frozen", "canned_dry_beans"})


@pytest.mark.parametrize("row", ["plum,13", "plum,", ",7", "plum,7;x", "plum,7\nplum,8"])
def test_a_damaged_row_is_named(row):
    with pytest.raises(FoodDataError, match="row"):
        parse_seasons(f"base,months_north\n{row}\n")


SHIPPED = read_lookup_foods()
RULES = tomllib.loads(read_data_text("estimates.toml"))
SWEET = {"honey", "molasses", "sugar"}
ROUNDED_G = 0.01  # figures of a release and of ours are rounded apart
TOLD_FROM_G = 1.0


def test_added_sugars_and_lactose_are_never_more_than_the_sugars():
    for food in SHIPPED:
        parts = [food.per_100g[key] or 0.0 for key in ("added_sugars_g", "lactose_g")]
        sugars = food.per_100g["sugars_g"]
        if sugars is not None and food.is_estimated("added_sugars_g") and parts[0] > 0:
            assert sum(parts) <= sugars + ROUNDED_G, food.food_id


def test_where_sugar_is_an_ingredient_added_sugars_are_not_none():
    wrong = [
        food.food_id
        for food in SHIPPED
        if food.contains & SWEET
        and (food.per_100g["sugars_g"] or 0) >= TOLD_FROM_G
        and food.per_100g["added_sugars_g"] == 0
    ]
    assert wrong == []


@pytest.mark.parametrize("food_id", ["gouda", "edam", "fontina", "goat_cheese_hard", "cheddar"])
def test_aged_cheese_has_next_to_no_lactose(food_id):
    food = next(known_food for known_food in SHIPPED if known_food.food_id == food_id)
    assert food.per_100g["lactose_g"] <= 0.15


@pytest.mark.parametrize("key", ["added_sugars_g", "lactose_g", "calcium_added_mg"])
def test_shipped_estimates_are_those_that_the_rules_give(key):
    for food in SHIPPED:
        if food.is_estimated(key):
            row = {"food_id": food.food_id, "group": food.group, "release": food.release,
                   "source_id": "1", "origin": ";".join(food.origin),
                   "flags": ";".join(food.flags)}  # fmt: skip
            bare = ReleaseFigures(food.release, {"1": {}}, {}, frozenset())
            told = CarriedFood(row, CarryInputs((), {}, {}, RULES, {food.release: bare}, {}))
            known = food.per_100g.items()
            told.amounts = {name: str(g) for name, g in known if name != key and g is not None}
            told.add_estimates()
            amount = float(told.amounts[key])
            assert food.per_100g[key] == pytest.approx(amount, abs=ROUNDED_G), food.food_id


WATERS = {"tap_water": "Tap water", "water_hepar": "Hepar mineral water"}


@pytest.mark.parametrize("name", ["hepar", "water_hepar", "Hepar mineral water", " HEPAR "])
def test_a_mineral_water_is_found_by_its_id_its_brand_or_its_name(name):
    assert find_water(name, WATERS) == "water_hepar"


DRINKS = {
    "coffee": "Coffee",
    "coffee_decaf": "Decaf coffee",
    "black_tea": "Black tea",
    "green_tea": "Green tea",
}


@rows(__file__, "a_drink_is_found_by_its")
def test_a_drink_is_found_by_its_id_its_name_or_words_of_its_own(name, drink):
    assert find_drink(name, DRINKS) == drink


def test_a_name_of_several_drinks_is_a_question():
    with pytest.raises(FoodNotFoundError, match=r"'tea' may be one.*one of black tea, green tea$"):
        find_drink("tea", DRINKS)


SWELLING = ("whole_grains", "refined_grains", "legumes")
OWN_WATER_COUNTED = {"oats", "oat_bran", "cornmeal"}  # soaked or baked with a counted liquid


def dishes():
    for file in files("foods").joinpath("data", "dishes").iterdir():
        yield from tomllib.loads(file.read_text(encoding="utf-8"))["dish"]


@pytest.mark.parametrize(("state", "least_g", "most_g"), [("eaten", 50, 90), ("dry", 5, 16)])
def test_grains_and_pulses_hold_the_water_of_their_state(state, least_g, most_g):
    # boiled rice, pasta and pulses hold 56 to 84 g of water in 100 g, dry ones 6 to 14 g
    wrong = [
        food.food_id
        for food in read_embedded_foods()
        if food.group in SWELLING
        and food.state == state
        and not least_g < food.per_100g["water_g"] < most_g
    ]
    assert wrong == []


def test_no_dish_counts_dry_grains_or_pulses_by_their_cooked_mass():
    foods = read_embedded_foods()
    wrong = [
        (dish["id"], line["food"])
        for dish in dishes()
        for line in dish["ingredients"]
        if foods[line["food"]].group in SWELLING
        and foods[line["food"]].state == "dry"
        and foods[line["food"]].base not in OWN_WATER_COUNTED
    ]
    assert wrong == []


CAN, BUNCH = Measure("can", 400.0), Measure("bunch", 200.0)
HEADER = "package,group,base,days_least,days_most,source,confidence\n"


def test_an_open_can_keeps_three_days_and_one_of_tomatoes_five():
    # US Department of Agriculture: 3 to 4 days, high-acid food 5 to 7; the shorter end counts
    beans = plain_food("beans")
    assert days_once_opened(beans, CAN) == 3
    assert days_once_opened(replace(beans, base="tomato"), CAN) == 5
    # what is made for tomorrow's lunch opens it this evening: four days are over on the third
    assert advice_once_opened(beans, CAN).days_most == 3


def test_cans_and_pots_of_the_catalogue_have_days_and_tomatoes_in_any_package():
    foods = read_embedded_foods()
    opened = [(one, pack) for one in foods for pack in one.measures if pack.name in ("can", "pot")]
    eaten = [(one, pack) for one, pack in opened if one.aisle != "drinks"]  # a pot of tea is brewed
    assert all(days_once_opened(food, pack) is not None for food, pack in eaten)
    tomatoes = [Measure(name, 500.0) for name in ("can", "jar", "carton")]
    assert [days_once_opened(foods["passata"], tomato) for tomato in tomatoes] == [5, 5, 5]
    assert days_once_opened(foods["chickpeas_canned"], CAN) == 3


def test_every_row_names_where_it_is_from():
    lines = read_data_text("opened.csv").splitlines()
    assert lines[0] + "\n" == HEADER
    assert len(read_opened()) == len(lines) - 1
    assert all(line.split(",")[5] and line.split(",")[6] for line in lines[1:])


@pytest.mark.parametrize(
    "row", [",,,3,4", "can,,,4,3", "can,,,x,4", "can,,,,4", "can,,,3,4\ncan,,,5,7"]
)
def test_a_damaged_row_is_named_opened(row):
    with pytest.raises(FoodDataError, match="row"):
        parse_opened(f"{HEADER}{row}\n")


def days_of(shares, keeps, home=0.0):
    """What each day does to one food that keeps so long, used in these shares of a package."""
    used = np.array([[in_parts(share) for share in shares]])
    return list(use_packages(used, np.array([keeps]), np.array([in_parts(home)])))


def test_what_is_open_is_used_before_another_package_is_opened():
    # half a can, a quarter a day later: one can is open from the first day on, a quarter stays
    days = days_of([0.5, 0.25], 3)
    assert [int(day.rest[0]) / PARTS for day in days] == [0.5, 0.25]
    assert [int(day.since[0]) for day in days] == [0, 0]
    assert int(days[1].good[0]) / PARTS == 0.5


def test_what_is_past_its_days_is_told_once_and_not_used():
    # opened on day 0, good until day 1: on day 2 its half is past, and day 3 opens another can
    days = days_of([0.5, 0, 0, 0.5], 1)
    assert [int(day.past[0]) / PARTS for day in days] == [0, 0, 0.5, 0]
    assert [int(day.good[0]) / PARTS for day in days] == [0, 0.5, 0, 0]
    assert int(days[3].since[0]) == 3


def sheet(*lines):
    return parse_sheet("\n".join(lines), "mine.csv")


def test_rows_have_their_number_in_the_file_and_cells_without_spaces():
    read = sheet("a, b", "1 , 2", "", ",", '"x', 'y",3')
    assert read.columns == ("a", "b")
    assert read.rows == ((2, {"a": "1", "b": "2"}), (6, {"a": "x\ny", "b": "3"}))
    assert read.faults == []


@rows(__file__, "a_text_that_is_no_table")
def test_a_text_that_is_no_table_is_refused_at_once(text, said):
    with pytest.raises(FoodDataError, match=said):
        parse_sheet(text, "mine.csv")


def test_faults_of_shape_columns_and_cells_come_together_in_the_order_of_rows():
    read = sheet("name,,mg,mg", "oats,,x,", "rye,1", "oats,,-1,", ",,inf,1_0")
    read.check_columns(("name", "unit"), ("name", "unit", "mg"))
    read.check_once("name")
    for number, row in read.rows:
        read.amount(number, row, "mg", least=0.0)
    with pytest.raises(FoodDataError) as caught:
        read.raise_faults()
    assert str(caught.value).splitlines() == [
        "mine.csv: ",
        "  row 1: column 2 has no name — name it or delete it",
        "  row 1: two columns are named 'mg' — rename or delete one",
        "  row 1: no column 'unit' — the first row must name 'unit'",
        "  row 3: 2 cells under 4 columns — write one per column, blank where there is nothing, "
        "and 1.5 with a point",
        "  row 4, name: 'oats' stands in row 2 already — delete or rename one",
        "  row 5, name: blank — give it a name",
        "  row 5, mg: '1_0' is not a figure of 0 or more — write it like 1.5",
    ]
