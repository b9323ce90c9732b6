"""Names of every language: none missing, none twice, none half English."""

import csv
import re

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.supplement import find_supplement, read_supplements
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import read_exchanges, with_exchanges
from planner.candidates.servings import plural
from planner.kitchen.as_bought import recipe_lines
from planner.kitchen.measures import FEW
from planner.language.names import called, measured, named
from planner.language.shops import shopping_in
from planner.language.spoken import ENGLISH, _, known_languages, speaking
from planner.request.diets import read_diets
from planner.settings import read_settings
from tests.exchanged import AVOIDED, renamed, those_without
from tests.sentences import ROOT, rows

OTHERS = [name for name in known_languages() if name != ENGLISH]
ENGLISH_WORDS = {
    "and", "with", "the", "of", "on", "canned", "cooked", "raw", "dry", "dried", "fresh", "frozen",
    "drained", "boiled", "baked", "roasted", "unsalted", "low-fat", "whole", "bread", "beans",
    "cheese", "milk", "chicken", "beef", "rice", "potatoes", "soup", "salad", "sliced", "chopped",
    "without",
}  # fmt: skip
BORROWED = re.compile(r"Butter Chicken|Chicken Tikka|Jerk Chicken|Fish and Chips")


def table(name, file):
    return rows(f"configs/languages/{name}/{file}.csv")


def spoken_names(name, file):
    return {row["english"]: row["name"] for row in table(name, file)}


@pytest.fixture(scope="module")
def foods():
    return read_embedded_foods()


@pytest.fixture(scope="module")
def dishes():
    every = read_embedded_dishes()
    exchanged = {one for name in AVOIDED for one in those_without(name)}
    return [*every, *with_exchanges(every, [frozenset()]), *exchanged.difference(every)]


@pytest.fixture(scope="module")
def names():
    """Every name of a dish but for what stands behind it: ``", with soy drink"``."""
    return {name for _, name in renamed()}


@pytest.fixture(scope="module")
def lines(foods, dishes):
    """Everything that a list of a recipe says, in both kinds of units."""
    return [
        line
        for dish in dishes
        for units in ("us", "metric")
        for line in recipe_lines(
            [(one.food_id, one.mass_g) for one in dish.ingredients], dish, foods, units
        )
    ]


def sold_as():
    """Give the names by which shops sell foods."""
    return {
        row["name"]
        for country in ("us", "eu", "uk")
        for row in rows(f"configs/shop/{country}.csv")
        if row["name"]
    }


@pytest.mark.parametrize("name", OTHERS)
def test_every_food_has_a_name_as_it_is_eaten_cooked_with_and_sold(name, foods, lines):
    english = {one.name for one in foods} | sold_as() | {line.name for line in lines}
    assert english - set(spoken_names(name, "foods")) == set()


@pytest.mark.parametrize("name", OTHERS)
def test_every_dish_has_a_name_with_other_food_in_it_too(name, dishes, names):
    assert names - set(spoken_names(name, "dishes")) == set()
    called = {row.called for row in read_exchanges() if row.called}
    assert called == set(spoken_names(name, "exchanges"))
    with speaking(name):
        assert not [
            one.name for one in dishes if ", with " in one.name and named(one.name) == one.name
        ]


def test_what_stands_in_a_dish_is_said_behind_its_name():
    with speaking("de"):
        said = named("Spaghetti bolognese, with gluten-free pasta, soy drink and yeast flakes")
        assert said == "Spaghetti Bolognese, mit glutenfreien Nudeln, Sojadrink und Hefeflocken"
        assert named("Spaghetti bolognese, with soy drink, mild").endswith("Sojadrink, mild")
        assert named("Chana masala with kale, mild") == f"{named('Chana masala with kale')}, mild"
        assert named("Somebody's own, with soy drink") == "Somebody's own, with soy drink"


@pytest.mark.parametrize("name", OTHERS)
def test_what_a_diet_or_a_condition_leaves_out_has_a_word(name):
    effects = read_settings("safety/effects.toml")["effect"]
    left_out = {word for one in read_diets().values() for word in one.without}
    left_out |= {word for one in effects for word in one.get("without", ())}
    assert {"spring onion", "vanilla extract", "smoked salmon"} < left_out
    assert left_out - {row["english"] for row in table(name, "words")} == set()
    with speaking(name):
        assert {word for word in left_out if named(word) == word} == set()


@pytest.mark.parametrize("name", OTHERS)
def test_every_supplement_has_a_name(name):
    labels = {find_supplement(one).label for one in read_supplements()}
    assert labels == set(spoken_names(name, "supplements"))


@pytest.mark.parametrize("name", OTHERS)
def test_every_way_of_cutting_is_said(name, lines):
    left_over = read_settings("meals/cooking.toml")["cooked_already"]["note"]
    every = {line.note for line in lines if line.note} | {left_over}
    every |= {row["label"] for row in rows("configs/shop/us.csv") if row["pack"] == "each"} - {""}
    assert every == set(spoken_names(name, "cuts"))


@pytest.mark.parametrize("name", OTHERS)
def test_no_name_is_left_of_a_food_or_dish_that_is_gone(name, foods, dishes, names):
    assert {row["food_id"] for row in table(name, "foods")} == set(read_lookup_foods().foods)
    assert {row["dish_id"] for row in table(name, "dishes")} == {one.dish_id for one in dishes}
    assert set(spoken_names(name, "dishes")) == names


@pytest.mark.parametrize("name", OTHERS)
def test_every_measure_and_package_has_a_name_for_one_and_for_many(name, foods):
    measures = {one.name for food in foods for one in food.measures} - {"oz"}
    assert measures <= {row["english"] for row in table(name, "measures")}
    packs = {
        row["pack"] for country in ("us", "eu", "uk") for row in rows(f"configs/shop/{country}.csv")
    }
    assert packs - {"weight", "each"} <= {row["english"] for row in table(name, "packs")}
    for row in [*table(name, "measures"), *table(name, "packs")]:
        own = row["english"].split()[-1] in ("potato", "bun", "roll", "tortilla")
        assert own or row["english_many"] == plural(row["english"])
        assert row["one"]
        assert row["many"]


@pytest.mark.parametrize("name", OTHERS)
def test_no_amount_of_a_recipe_keeps_an_english_word(name, lines):
    every = table(name, "measures")
    known = {word for row in every for word in f"{row['one']} {row['many']}".split()}
    with speaking(name):
        known |= {_("scant"), _("generous"), _("about"), *_("of {label}").split(), *_(FEW).split()}
        said = {measured(line.words, line.food_id) for line in lines}
        said |= {measured(line.cooked, line.food_id) for line in lines}
    words = {word.strip("()") for one in said for word in one.split() if word.strip("()").isalpha()}
    assert words - known == {"g", "lb", "ml", "oz"}


@pytest.mark.parametrize("name", OTHERS)
def test_no_two_foods_and_no_two_dishes_have_the_same_name(name, foods, names):
    own = spoken_names(name, "foods")
    given = [own[one.name] for one in foods]
    assert len(given) == len(set(given))
    own = spoken_names(name, "dishes")
    given = [own[one] for one in names]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("file", ["foods", "dishes", "supplements", "cuts", "exchanges"])
def test_names_are_clean_and_sorted(name, file):
    every = table(name, file)
    key = next(iter(every[0]))
    assert [row[key] for row in every] == sorted(row[key] for row in every)
    for row in every:
        assert row["name"] == row["name"].strip()
        assert "  " not in row["name"]
        assert row["name"]
        assert row["name"].count("(") == row["name"].count(")")


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("file", ["foods", "dishes", "exchanges"])
def test_no_english_is_left_in_a_name(name, file):
    for given in spoken_names(name, file).values():
        words = re.findall(r"[\w-]+", BORROWED.sub("", given).casefold())
        assert ENGLISH_WORDS.isdisjoint(words), given


@pytest.mark.parametrize("name", known_languages())
def test_a_folder_says_how_its_language_is_written(name):
    from planner.language.spoken import speaking, tongue

    with speaking(name):
        about = tongue()
    assert about["locale"].startswith(name)
    assert about["names"]["pauses"]
    if name != ENGLISH:
        assert about["units"] in ("us", "metric")
        assert about["paper"] in ("a4", "letter")
        assert set(about["dates"]) == {"day", "long_day", "month", "date"}


def test_a_file_of_names_is_plain_csv():
    for path in sorted((ROOT / "configs/languages").glob("*/*.csv")):
        with path.open(newline="", encoding="utf-8") as held:
            assert len({len(row) for row in csv.reader(held)}) == 1, path


def test_the_english_of_the_shops_names_food_in_menus_recipes_and_lists_alike():
    with shopping_in("uk"):
        assert named("Whole-wheat pasta with shrimp and snow peas") == (
            "Wholemeal pasta with prawns and mangetout"
        )
        assert called("Sweat the zucchini, add the lean ground beef and the cilantro.") == (
            "Sweat the courgette, add the lean beef mince and the coriander."
        )
        assert called("Beets, beet greens; a beetle and cornstarch-free") == (
            "Beetroot, beetroot leaves; a beetle and cornstarch-free"
        )
    assert named("Fresh cilantro") == "Fresh cilantro"


def test_no_british_word_is_american_and_shelves_agree_with_the_words():
    for english, country in (("british", "eu"), ("american", "us")):
        words = [row["written"] for row in rows(f"configs/languages/en/{english}.csv")]
        assert words == [one.casefold() for one in words]
        assert len(words) == len(set(words))
        with shopping_in(country):
            for row in rows(f"configs/languages/en/{english}.csv"):
                assert called(row["called"]) == row["called"]
    with shopping_in("eu"):
        shelf = (row["name"] for row in rows("configs/shop/eu.csv"))
        assert [name for name in shelf if called(name) != name] == []
