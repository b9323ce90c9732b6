"""What is handed over, read back as those read it who take it."""

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from cooklang_py import Recipe
from recipe_scrapers import scrape_html

from planner.candidates.equipment import appliance_of
from planner.export.files import write_files
from planner.export.recipe_text import recipe_steps
from planner.handover.archives import file_names
from planner.handover.cooked import count_and_kind, handed_over, ingredient_text
from planner.handover.formats import TAKERS
from tests.documents import golden_week, make_week, renamed
from tests.reports import make_plan
from tests.rows import rows

MONDAY = date(2026, 3, 2)
HOSTILE = [
    "=cmd()", "@salt{1%kg}", "# a ~ b {c}", "-- gone", "[- gone -]", "> note", "x done", "(A) no",
    "due:2026-01-01", "</script><b>&amp;", "two\nlines", "a/../../b", "con", "🥦 שלום",
    '"quoted" \\', "a" * 300, "bell\x07 \u202eleft",
]  # fmt: skip


@cache
def handed():
    return handed_over(golden_week(MONDAY))


@cache
def files(taker):
    return TAKERS[taker](handed())


def members(content):
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_dish_is_handed_over_once_as_it_is_cooked():
    week, book = golden_week(MONDAY), golden_week(MONDAY).table.book
    cooked = {
        (item.name, book.pot(day, meal, item).servings)
        for day in week.plan.days
        for meal in day.meals
        for item in meal.items
        if item.kind == "dish" and item.leftover_of is None
    }
    found = [(one.name.partition(" (")[0], one.servings) for one in handed().recipes]
    assert set(found) == cooked
    assert len({one.name for one in handed().recipes}) == len(found)
    for one in handed().recipes:  # for as much as is cooked, second meals among it
        steps = recipe_steps(book.dishes[one.dish_id], one.servings, "us")
        plain = [step for step in steps if not re.search("salt|eftovers", step)]
        plain = [step for step in plain if not appliance_of(step)]
        assert [step for step in one.steps if step in plain] == plain
        # for as much as is cooked, second meals among it


@rows(__file__, "what_is_bought_is_a_number")
def test_what_is_bought_is_a_number_of_something(buy, parts):
    assert count_and_kind(buy) == parts


def test_mealie_gets_a_recipe_of_schema_org_in_each_folder():
    found = members(files("mealie")["mealie.zip"])
    assert len(found) == len(handed().recipes)
    for (name, content), one in zip(found.items(), handed().recipes, strict=True):
        assert name.endswith("/recipe.json")
        page = f'<script type="application/ld+json">{content.decode()}</script>'
        read = scrape_html(page, org_url="https://a.example", supported_only=False)
        assert read.title() == one.name
        assert read.ingredients() == [ingredient_text(line) for line in one.lines]
        assert read.instructions_list() == list(one.steps)
        assert read.yields() == f"{one.servings:g} serving{'s' * (one.servings != 1)}"
        assert read.total_time() == one.minutes


def test_tandoor_gets_grams_that_sum_to_what_is_taken():
    found = members(files("tandoor")["tandoor.zip"])
    for content, one in zip(found.values(), handed().recipes, strict=True):
        recipe = json.loads(members(content)["recipe.json"])
        assert recipe["name"] == one.name
        first, *rest = recipe["steps"]
        assert sum(row["amount"] for row in first["ingredients"]) == pytest.approx(
            sum(line.mass_g for line in one.lines)
        )
        assert {row["unit"]["name"] for row in first["ingredients"]} == {"g"}
        assert not [row for step in rest for row in step["ingredients"]]
        assert isinstance(recipe["servings"], int)
        assert len(recipe["description"]) <= 512
        assert len(recipe["servings_text"]) <= 32


def test_kitchenowl_gets_recipes_with_items_and_writes_over_none():
    found = json.loads(files("kitchenowl")["kitchenowl.json"])
    assert found["recipe_overwrite"] is False
    for recipe, one in zip(found["recipes"], handed().recipes, strict=True):
        assert recipe["name"] == one.name
        assert [item["name"] for item in recipe["items"]] == [line.name for line in one.lines]
        assert all(f"{n}. {step}" in recipe["description"] for n, step in enumerate(one.steps, 1))
    bought = {line.name for _, _, line in handed().bought()}
    assert {item["name"] for item in found["items"]} == bought


def test_cooklang_reads_foods_with_their_grams_and_the_steps():
    found = {name: text for name, text in files("cooklang").items() if name.endswith(".cook")}
    for text, one in zip(found.values(), handed().recipes, strict=True):
        recipe = Recipe(text)
        assert str(recipe.metadata["title"]) == one.name
        taken = recipe.steps[0].ingredients
        assert [float(str(one.quantity.amount)) for one in taken] == pytest.approx(
            [line.mass_g for line in one.lines]
        )
        assert len(recipe.steps) == 1 + len(one.steps)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("taker", TAKERS)
def test_hostile_names_are_whole_or_have_a_visible_substitute(taker, name, tmp_path):
    out = tmp_path / "out"
    found = TAKERS[taker](handed_over(make_week(renamed(make_plan(2), name))))
    write_files(out, found)
    assert {path.resolve().parent for path in tmp_path.rglob("*.*")} <= {
        tmp_path, out, out / "cooklang",
    }  # fmt: skip
    if taker == "mealie":
        recipes = [json.loads(one) for one in members(found["mealie.zip"]).values()]
        assert {one["name"].partition(" (1 serv")[0] for one in recipes} >= {name}
    if taker == "cooklang":
        text = next(text for path, text in found.items() if path.endswith(".cook"))
        recipe = Recipe(text)
        assert [one.name for one in recipe.steps[0].ingredients] == ["Oats", "Milk"]
        assert json.loads(text.split("title: ")[1].splitlines()[0]).startswith(name)
    if taker in ("grocy", "kitchenowl"):
        assert json.loads(found[f"{taker}.json"])["recipes"][0]["name"].startswith(name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_thing_to_buy_stays_one_line_and_no_order(name):
    first, shopping = handed().shopping.lines[0], handed().shopping
    bad = replace(handed(), shopping=replace(shopping, lines=(replace(first, name=name),)))
    (line,) = TAKERS["todo.txt"](bad)["todo.txt"].splitlines()
    assert line.startswith("Buy ")
    words = line.split()
    assert [word for word in words if word[0] in "@+"] == ["+shopping", "@fruit_and_vegetables"]
    tags = [word for word in words if re.fullmatch(r"[^\s:]+:[^\s:]+", word)]
    assert tags == ["trip:1", "from:magplan/handover"]
    page = TAKERS["bring"](bad)["bring.html"]
    assert page.count("</script>") == 1
    listed = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert listed["recipeIngredient"] == [f"{first.buy} {name}"]
    _, row = TAKERS["cooklang"](bad)["cooklang/.shopping-list"].splitlines()
    assert re.fullmatch(r"[^{}]+\{[^{}]+\}", row)
    assert "--" not in row


def test_lists_have_each_thing_that_is_bought_and_nothing_that_is_at_home():
    bought = [line for _, _, line in handed().bought()]
    home = {line.name for line in handed().shopping.lines if line.is_pantry}
    assert home
    assert not home & {line.name for line in bought}
    page = files("bring")["bring.html"]
    read = scrape_html(page, org_url="https://a.example", supported_only=False)
    assert read.title() == "Shopping for Mon 2 Mar"
    assert read.ingredients() == [f"{line.buy} {line.name}" for line in bought]
    lines = files("todo.txt")["todo.txt"].splitlines()
    assert len(lines) == len(bought)
    assert lines[0] == (
        f"Buy {bought[0].name}, {bought[0].buy} +shopping @fruit_and_vegetables trip:1 "
        "from:magplan/handover"
    )


def test_names_of_files_are_taken_by_every_system_and_differ():
    assert file_names(["a/b:c", "A B C", "", "con", "aux.txt", ".hidden.", "é" * 200]) == [
        "a b c", "A B C 2", "recipe", "con dish", "aux.txt dish", "hidden", "é" * 60,
    ]  # fmt: skip
