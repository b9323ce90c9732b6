"""What the shipped food table promises."""

import csv
import tomllib

import pytest

from foods.blanks import fill_blanks
from foods.catalogue import parse_catalogue
from foods.embedded import (
    data_settings,
    fodmap_lists,
    read_data_text,
    read_embedded_foods,
    read_lookup_foods,
    read_overlaid,
)
from foods.nutrient import known_nutrients

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


def test_the_catalogue_has_at_least_400_foods():
    assert len(read_embedded_foods()) >= 400


@pytest.mark.parametrize("base", ARTICLE_FOODS)
def test_foods_that_the_articles_name_are_in_the_table(base):
    assert any(food.base == base for food in foods())


@pytest.mark.parametrize("food_id", ["cornmeal_wholegrain", "flour_whole_wheat", "tap_water"])
def test_single_foods_that_are_needed_are_in_the_table(food_id):
    assert food_id in read_embedded_foods()


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
    assert [one.food_id for one in foods() if one.serving.slots and one.state != "eaten"] == []


def test_a_dozen_mineral_waters_have_minerals_no_energy_and_nothing_else():
    waters = [food for food in foods() if food.release == "ciqual_2017" and food.group == "water"]
    assert len(waters) >= 12
    for water in waters:
        known = {key for key, amount in water.per_100g.items() if amount is not None}
        assert known == {"energy_kcal", "magnesium_mg", "calcium_mg"}
        assert water.per_100g["energy_kcal"] == 0


@pytest.mark.parametrize(
    ("food_id", "allergens"),
    [
        ("soy_sauce", {"soy", "gluten", "wheat"}),
        ("worcestershire_sauce", {"fish"}),
        ("mayonnaise", {"egg"}),
        ("pesto", {"milk", "tree_nut"}),
        ("bulgur_dry", {"gluten", "wheat"}),
        ("barley_cooked", {"gluten"}),
        ("oatmeal_cooked", {"gluten"}),
        ("tahini", {"sesame"}),
        ("hummus", {"sesame"}),
        ("shrimp_cooked", {"crustaceans"}),
        ("mussels_cooked", {"molluscs"}),
        ("almond_drink_unsweetened", {"tree_nut"}),
    ],
)
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
    lacking = [one for one in foods() if origin in one.origin and allergen not in one.allergens]
    assert [one.food_id for one in lacking] == []


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


def test_a_mineral_is_never_overlaid_alone():
    for food in foods():
        overlaid = [key for key, source in food.overlay.items() if source.startswith("found")]
        assert not overlaid or {"magnesium_mg", "calcium_mg"} <= set(overlaid), food.food_id


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


def test_figures_are_carried_for_every_known_nutrient():
    assert all(set(food.per_100g) == set(known_nutrients()) for food in foods())
