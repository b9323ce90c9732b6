"""Annotations and figures become one table, and faults are named with row and column."""

import tomllib

import pytest

from foods.catalogue import COLUMNS, content_digest, parse_catalogue
from foods.embedded import read_data_text
from foods.errors import FoodDataError

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


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("group", "grainz", "row 2, group: unknown word 'grainz'"),
        ("allergens", "gluten;glue", "row 2, allergens: unknown word 'glue'"),
        ("measures", "cup=80;vat=5", "row 2, measures: unknown measure 'vat'"),
        ("measures", "cup=heavy", "'cup=heavy' is not measure=grams"),
        ("serving", "slice", "row 2, serving: 'slice' is not among the measures"),
        ("least", "2", "row 2, least: 2 is above most, 1"),
        ("price_usd_per_100g", "", "row 2, price_usd_per_100g"),
        ("bought_as", "oat_tree", "row 2, bought_as: no food 'oat_tree'"),
        ("food_id", "Oats", "is not made of a-z, 0-9 and _"),
        ("release", "sr28", "row 2, release: foods.csv says 'own'"),
        ("origin", "", "row 2, origin: blank"),
        ("popularity", "21", "row 2, popularity: unknown word '21'"),
        ("popularity", "", "row 2, popularity: blank"),
    ],
)
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
