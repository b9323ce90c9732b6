import contextlib
import gzip
import json
import time
import zipfile

import pytest

from foods.errors import FoodDataError
from foods.importers import recipes
from foods.importers.recipe_formats import clean_text, minutes_of
from foods.importers.recipes import read_recipes

LINKED = {
    "@context": "https://schema.org",
    "@type": "Recipe",
    "name": "Bean &amp; rice pot",
    "recipeYield": ["4", "4 servings"],
    "prepTime": "PT20M",
    "totalTime": "PT1H5M",
    "recipeCategory": "Dinner",
    "recipeCuisine": "Mexican",
    "recipeIngredient": ["1 can black beans", "1 cup brown rice"],
    "recipeInstructions": [
        {"@type": "HowToSection", "itemListElement": [
            {"@type": "HowToStep", "text": "Boil the <b>rice</b>."},
            {"@type": "HowToStep", "text": "Stir in the beans."},
        ]},
    ],
}  # fmt: skip
MEALIE = {
    "slug": "bean-pot",
    "name": "Bean pot",
    "recipeYield": "4 servings",
    "prepTime": "20 minutes",
    "performTime": "1 hour",
    "recipeCategory": [{"name": "Dinner", "slug": "dinner"}],
    "recipeIngredient": [
        {"quantity": 2.0, "unit": {"name": "cup"}, "food": {"name": "quinoa"}, "note": "rinsed"},
        {"quantity": 1.0, "unit": None, "food": None, "note": "1 can black beans"},
    ],
    "recipeInstructions": [{"text": "Boil the quinoa.\n"}, {"text": "Stir."}],
}
TANDOOR = {
    "name": "Bean pot",
    "servings": 4,
    "working_time": 20,
    "waiting_time": 40,
    "keywords": [{"name": "Dinner"}],
    "steps": [
        {"instruction": "Boil the quinoa.\n\nStir.", "ingredients": [
            {"food": {"name": "quinoa"}, "unit": {"name": "cup"}, "amount": 2.0, "note": "rinsed"},
            {"food": {"name": "salt"}, "unit": None, "amount": 0.0, "no_amount": True},
            {"food": None, "unit": None, "amount": 0.0, "is_header": True, "note": "For later"},
        ]},
    ],
}  # fmt: skip
PAPRIKA = {
    "name": "Bean pot",
    "ingredients": "For the pot:\n2 cups quinoa, rinsed\n1 can black beans",
    "directions": "Boil the quinoa.\nStir.",
    "servings": "Serves 4",
    "prep_time": "20 min",
    "cook_time": "1 hr 10 min",
    "categories": ["Dinner"],
}
COOKLANG = """---
title: Lentil soup
servings: 4
course: dinner
---
-- nobody reads this
Chop @onion{2} and [- not this -] soften it in @olive oil{2%tbsp} for ~{8%minutes} in a #pan{}.

Add @lentils{300%g}(rinsed) and @salt. Stir in the @&onion{} again.
"""
PLAIN = """Chickpea stew

Serves 3
Prep time: 10 minutes
Cook time: 25 minutes

Ingredients:
- 2 cans chickpeas, drained
* 400 g canned tomatoes

Method
1. Put all in a pot.
2. Simmer for 25 minutes.
"""


def saved(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def only(path):
    (recipe,) = read_recipes(path)
    return recipe


def check_linked(recipe):
    assert (recipe.name, recipe.servings, recipe.minutes) == ("Bean & rice pot", 4, 65)
    assert recipe.lines == ("1 can black beans", "1 cup brown rice")
    assert recipe.steps == ("Boil the rice.", "Stir in the beans.")
    assert {"Dinner", "Mexican"} <= set(recipe.words)


def test_a_saved_page_is_read_with_nothing_fetched(tmp_path):
    page = f'<html><script type="application/ld+json">{json.dumps(LINKED)}</script></html>'
    check_linked(only(saved(tmp_path, "pot.html", page)))


@pytest.mark.parametrize("wrapped", [LINKED, [LINKED], {"@graph": [{"@type": "WebPage"}, LINKED]}])
def test_linked_data_is_read_whatever_it_is_wrapped_in(tmp_path, wrapped):
    recipe = only(saved(tmp_path, "pot.jsonld", json.dumps(wrapped)))
    check_linked(recipe)
    assert recipe.active_minutes == 20


@pytest.mark.parametrize("entry", [MEALIE, TANDOOR, PAPRIKA], ids=["mealie", "tandoor", "paprika"])
def test_exports_of_recipe_programs_say_the_same(tmp_path, entry):
    recipe = only(saved(tmp_path, "recipe.json", json.dumps(entry)))
    assert (recipe.name, recipe.servings, recipe.active_minutes) == ("Bean pot", 4, 20)
    assert recipe.lines[0] in ("2 cup quinoa, rinsed", "2 cups quinoa, rinsed")
    assert recipe.lines[1] in ("1 can black beans", "salt")
    assert len(recipe.lines) == 2
    assert recipe.steps == ("Boil the quinoa.", "Stir.")
    assert recipe.minutes in (60, 80, 90)
    assert recipe.words == ("Dinner",)


def test_a_mealie_export_is_a_zip_of_files(tmp_path):
    path = zipped(
        tmp_path / "mealie.zip",
        {"recipes/bean-pot/bean-pot.json": json.dumps(MEALIE), "recipes/bean-pot/image.webp": "x"},
    )
    assert only(path).name == "Bean pot"


def test_a_tandoor_export_is_a_zip_of_zips(tmp_path):
    inner = zipped(tmp_path / "1.zip", {"recipe.json": json.dumps(TANDOOR), "image.png": "x"})
    path = zipped(tmp_path / "tandoor.zip", {"1.zip": inner.read_bytes()})
    assert only(path).minutes == 60


def test_a_paprika_export_is_a_zip_of_gzip_files(tmp_path):
    packed = gzip.compress(json.dumps(PAPRIKA).encode())
    assert only(saved(tmp_path, "pot.paprikarecipe", packed)).minutes == 90
    path = zipped(tmp_path / "all.paprikarecipes", {"a.paprikarecipe": packed})
    assert only(path).lines[1] == "1 can black beans"


def test_cooklang_marks_become_lines_and_plain_steps(tmp_path):
    recipe = only(saved(tmp_path, "soup.cook", COOKLANG))
    assert recipe.lines == ("2 onion", "2 tbsp olive oil", "300 g lentils, rinsed", "salt")
    assert recipe.steps[0] == "Chop onion and soften it in olive oil for 8 minutes in a pan."
    assert (recipe.name, recipe.servings, recipe.words) == ("Lentil soup", 4, ("dinner",))


def test_plain_text_with_headings_is_read(tmp_path):
    recipe = only(saved(tmp_path, "stew.txt", PLAIN))
    assert recipe.lines == ("2 cans chickpeas, drained", "400 g canned tomatoes")
    assert recipe.steps == ("Put all in a pot.", "Simmer for 25 minutes.")
    facts = (recipe.name, recipe.servings, recipe.minutes, recipe.active_minutes)
    assert facts == ("Chickpea stew", 3, 35, 10)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("PT1H20M", 80), ("P1DT2H", 1560), ("PT0M", None), ("soon", None), (None, None)],
)
def test_durations_become_minutes(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF", r"no recipe format ends in '\.pdf'"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[1, {}]", "holds no recipe"),
        ("a.json", b"\xff", "line 1 is not encoded as UTF-8"),
        ("a.json", json.dumps(TANDOOR | {"steps": [1]}).encode(), "damaged: parts of the recipe"),
        ("a.zip", b"PK", "not a readable zip"),
        ("a.paprikarecipe", b"x", "not a readable gzip"),
        ("a.html", b"<html></html>", "no recipe found in the page"),
        ("a.txt", b"", "has no lines"),
        ("a.cook", b"Only words.", "has no lines"),
    ],
)
def test_a_file_that_holds_no_recipe_is_told(tmp_path, name, content, message):
    with pytest.raises(FoodDataError, match=message):
        read_recipes(saved(tmp_path, name, content))


def test_an_archive_that_unfolds_to_far_more_than_it_is_stops(tmp_path, monkeypatch):
    monkeypatch.setattr(recipes, "MOST_PACKED_BYTES", 5_000)
    path = zipped(tmp_path / "bomb.zip", {f"{n}.json": b"[]" + b" " * 998 for n in range(6)})
    assert path.stat().st_size < 5_000
    with pytest.raises(FoodDataError, match="unpacks to more than 5,000 bytes"):
        read_recipes(path)


def test_one_entry_that_is_too_large_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(recipes, "MOST_BYTES", 100)
    path = tmp_path / "big.paprikarecipe"
    path.write_bytes(gzip.compress(b" " * 1_000))
    with pytest.raises(FoodDataError, match="unpacks to more than 100 bytes"):
        read_recipes(path)
    with pytest.raises(FoodDataError, match=r"1\.json is larger than 100"):
        read_recipes(zipped(tmp_path / "big.zip", {"1.json": " " * 101}))


def test_archives_within_archives_end_somewhere(tmp_path):
    inner = json.dumps(LINKED).encode()
    path, name = tmp_path / "deep.zip", "recipe.json"
    for _ in range(5):
        zipped(path, {name: inner})
        inner, name = path.read_bytes(), "inner.zip"
    with pytest.raises(FoodDataError, match="more than 3 deep"):
        read_recipes(path)


@pytest.mark.parametrize("part", ["<", "<p", "<b>a</b>", "&amp;", "<br ", "a\0", "word "])
def test_ten_times_as_much_of_anything_takes_some_ten_times_as_long_to_clean(part):
    def seconds(size):
        text = part * (size // len(part))
        started = time.process_time()
        clean_text(text)
        return time.process_time() - started

    least = min(seconds(1_000_000) for _ in range(3))
    assert seconds(10_000_000) <= 40 * least  # a hundred times where time grows with the square


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.cook", "a.json"])
@pytest.mark.parametrize("part", ["[-", "@a(", "1", "<a ", ">> a ", "&lt;", "<script>", "{", " "])
def test_no_recipe_takes_longer_than_its_size(tmp_path, name, part):
    path = saved(tmp_path, name, (">> " + part * (2_000_000 // len(part))).encode())
    started = time.process_time()
    with contextlib.suppress(FoodDataError):
        read_recipes(path)
    assert time.process_time() - started <= 10


def test_more_lines_than_a_recipe_has_are_told(tmp_path):
    recipe = {"@type": "Recipe", "name": "All", "recipeIngredient": ["1 cup rice"] * 501}
    with pytest.raises(FoodDataError, match="All: 501 ingredients, most 500"):
        read_recipes(saved(tmp_path, "a.json", json.dumps(recipe).encode()))
