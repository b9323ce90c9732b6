"""Errors as sentences: English as ``str`` has them, and said anew in another language."""

import pytest

from foods.errors import FoodsError, raise_collected
from foods.importers.recipes import read_recipes
from foods.own_answers import settle_questions
from foods.own_csv import read_food_csv
from foods.own_file import read_own_text
from foods.supplement import find_supplement
from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.language.spoken import said, speaking, spoken


def collected(*faults):
    try:
        raise_collected(ConfigError, faults, "week.toml")
    except ConfigError as error:
        return error


def in_german(error):
    with speaking("de"):
        return spoken(error_said(error))


def test_an_error_is_said_in_the_language_that_is_spoken():
    error = ConfigError(said("{text!r} is no day", text="fry"), "--day", "keep one")
    assert error_said(error) == str(error) == "--day: 'fry' is no day — keep one"
    assert in_german(error) == "--day: 'fry' ist kein Tag — eines behalten"


def test_several_faults_are_said_each():
    error = collected(said("{text!r} is no day", text="fry"), "is empty")
    assert error_said(error) == str(error)
    assert in_german(error) == "week.toml: \n  'fry' ist kein Tag\n  ist leer"


def test_an_error_keeps_its_faults_at_another_place():
    assert in_german(collected("is empty").at("Ben")) == "Ben: ist leer"


def test_what_somebody_wrote_is_not_translated():
    assert in_german(ConfigError(said("{text!r} is no day", text="day {x}"))).startswith(
        "'day {x}'"
    )


def german_of(read, *given):
    """Give what is wrong, as German says it and without the place of the test's files."""
    with pytest.raises(FoodsError) as caught:
        read(*given)
    assert error_said(caught.value) == str(caught.value)
    return in_german(caught.value).replace(str(given[0]), "FILE")


def test_faults_of_a_table_of_foods_are_german(tmp_path):
    path = tmp_path / "mine.csv"
    head = "food_id,name,group,fdc_id,ndb_no,release,overlay,magnesium_mg"
    path.write_text(f"{head}\nkale,Kale,greens,,,mine,,viel\n,Oats,grain,,,mine,,-1.5\n", "utf-8")
    assert german_of(read_food_csv, path) == (
        "FILE: \n"
        "  Zeile 2, magnesium_mg: 'viel' ist keine Zahl ab 0 — schreiben Sie es wie 1.5\n"
        "  Zeile 3, food_id: leer — geben Sie ihm einen Namen\n"
        "  Zeile 3, magnesium_mg: '-1.5' ist keine Zahl ab 0 — schreiben Sie es wie 1.5"
    )
    path.write_text("food_id;name\n", "utf-8")
    told = german_of(read_food_csv, path)
    assert told.startswith(
        "FILE, Zeile 1: die Spalten sind durch Semikolons getrennt — trennen Sie"
    )


def test_a_file_that_cannot_be_read_is_told_in_german(tmp_path):
    told = german_of(read_own_text, tmp_path / "none.csv", "foods")
    assert told == "FILE: diese Datei gibt es nicht — `magplan foods export` schreibt eine"
    assert german_of(read_own_text, tmp_path, "pantry") == (
        "FILE: ist ein Ordner — nennen Sie einen Vorrat darin"
    )


def test_a_compound_that_nobody_knows_is_told_in_german():
    assert german_of(find_supplement, "magnesium lactate").startswith(
        "'FILE' kann mehrere Verbindungen meinen — sagen Sie, welches: "
    )
    assert german_of(find_supplement, "xqxq") == (
        "kein Präparat 'FILE' — `magplan supplements list` zeigt alle"
    )


def test_a_recipe_that_cannot_be_read_is_told_in_german(tmp_path):
    path = tmp_path / "soup.doc"
    path.write_text("Soup", "utf-8")
    assert german_of(read_recipes, path).startswith(
        "FILE: kein Rezeptformat endet auf '.doc' — bekannt sind .html, "
    )
    path = tmp_path / "soup.json"
    path.write_text('{"name": "Soup", "recipeIngredient": []', "utf-8")
    assert german_of(read_recipes, path).startswith("FILE: kein JSON: ")


def test_a_question_of_a_dish_is_told_in_german(tmp_path):
    question = 'dish = "soup"\nkey = "servings"\nwhy = "for how many?"\nanswer = ""'
    text = f'[[dish]]\nid = "soup"\n[[question]]\n{question}\n'
    told = german_of(settle_questions, text, "soup.toml", {})
    assert told == "soup.toml: offen: servings (for how many?) — geben Sie `answer` an"
    told = german_of(settle_questions, '[[dish]]\ntaste = "good"\n', "soup.toml", {})
    assert told.startswith("soup.toml: dish 1: taste passt nicht: verlangt ist eine Zahl, die ")
