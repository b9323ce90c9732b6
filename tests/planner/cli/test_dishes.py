"""``magplan dishes``: listed, shown, improved, and people's own ones, imported or written."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from foods.embedded import read_data_text
from foods.errors import FoodDataError
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.small_children import hazards_of
from planner.cli import cli, dishes_own
from planner.cli.dishes import find_dish
from planner.cli.dishes_own import recipes_at_hand, with_dishes
from planner.errors import CandidatesError, ExportError
from planner.meals.served import served_ways
from planner.request.eater import Eater
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest
from planner.wire.document import PlanDocument
from tests import rows as tables
from tests import stored
from tests.one_eater import prepare_week

DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
FOODS = stored.foods()
TEMPLATE = read_data_text("own_dish_template.toml")
PAGE = {
    "@context": "https://schema.org",
    "@type": "Recipe",
    "name": "Bean bowl",
    "recipeYield": "2 servings",
    "totalTime": "PT10M",
    "recipeCategory": "dinner",
    "recipeIngredient": ["1 (15 oz) can black beans", "300 g cooked brown rice", "1 cup milk"],
    "recipeInstructions": "Warm everything.",
}


def run(*args, told=None):
    words = ["dishes", *map(str, args)]
    return CliRunner().invoke(cli, words, input=told, catch_exceptions=False)


def rows(*args):
    return json.loads(run("list", *args, "--json").stdout)


def listed(*args):
    return [DISHES[row["id"]] for row in rows(*args)]


def shown(*args):
    return json.loads(run("show", *args, "--json").stdout)


@pytest.fixture
def page(tmp_path):
    def write(**changes):
        path = tmp_path / "bowl.html"
        text = json.dumps(PAGE | changes)
        path.write_text(f'<html><script type="application/ld+json">{text}</script></html>')
        return path

    return write


@pytest.fixture
def mine(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "own_dish.toml").write_text(TEMPLATE, encoding="utf-8")
    return folder


@pytest.fixture
def editor(monkeypatch):
    """An editor that hands back the given texts, one each time it is opened."""
    seen, texts = [], []

    def edit(filename):
        seen.append(Path(filename).read_text(encoding="utf-8"))
        text = texts.pop(0)
        if text is not None:
            Path(filename).write_text(text, encoding="utf-8")

    monkeypatch.setattr(click, "edit", edit)
    return seen, texts


def test_every_dish_is_listed_and_filters_hold_together():
    assert run("list").stdout.splitlines()[-1] == f"{len(DISHES)} dishes"
    found = rows("--kind", "main", "--diet", "vegan", "--max-minutes", "40")
    assert found
    for dish in found:
        assert (dish["kind"], dish["minutes"] <= 40) == ("main", True)
        held = (FOODS[line["food_id"]].origin for line in dish["ingredients"])
        assert frozenset().union(*held) == {"plant"}
    found = rows("--without", "milk", "--without", "tree nuts")
    assert found
    for dish in found:
        held = (FOODS[line["food_id"]].allergens for line in dish["ingredients"])
        assert not {"milk", "tree_nut"} & frozenset().union(*held, dish["allergens"])


def test_dishes_are_listed_by_what_they_hold_are_and_bring():
    held = listed("--with", "chickpeas", "--kind", "main")
    assert len(held) > 10
    assert all(any("chickpea" in line.food_id for line in dish.ingredients) for dish in held)
    assert "ezogelin_lentil_soup" in [dish.dish_id for dish in listed("--with", "red lentils")]
    assert listed("--tag", "one_pan") == listed("--tag", "one pan") == listed("--tag", "one_pot")
    mild, spicy = ({dish.dish_id for dish in listed("--tag", tag)} for tag in ("mild", "spicy"))
    assert mild
    assert mild.isdisjoint(spicy)
    small = listed("--tag", "kids", "--tag", "under_5", "--kind", "main")
    assert len(small) >= 20
    assert all("kids" in dish.tags and not hazards_of(dish, FOODS) for dish in small)
    dense = [row["per_serving"] for row in rows("--sort", "magnesium/100kcal")]
    shares = [brings["magnesium_mg"] / brings["energy_kcal"] for brings in dense]
    assert shares == sorted(shares, reverse=True)
    head = run("list", "--sort", "magnesium/100kcal").stdout.splitlines()[:3]
    assert [line.split()[-1] for line in head] == ["per", "100", "kcal"]


def test_a_dish_is_shown_as_it_is_cooked_without_something():
    said = run("show", "corn flakes with milk, banana and strawberries", "--diet", "vegan").stdout
    assert said.startswith("Corn flakes with soy milk, banana and strawberries")
    assert "Pour on the cold soy milk" in said
    assert "Allergens: gluten, soy" in said
    assert "milk" not in said.replace("oy milk", "")


@tables.rows(__file__, "a_dish_is_found_by")
def test_a_dish_is_found_by_its_id_or_words_of_its_name_in_any_order(said, dish):
    if " " not in dish:
        assert find_dish(said, DISHES.values()).dish_id == dish
    else:
        with pytest.raises(CandidatesError, match=dish):
            find_dish(said, DISHES.values())


def test_a_recipe_in_a_file_is_improved_without_what_may_not_come(tmp_path):
    path = tmp_path / "lasagne.txt"
    path.write_text(
        "Beef lasagne\nServes 6\n\nIngredients\n500 g lean ground beef\n800 g canned tomatoes\n"
        "250 g lasagne sheets\n600 ml whole milk\n150 g part-skim mozzarella\n1 jar Zorbly\n\n"
        "Instructions\n1. Layer and bake.\n",
        encoding="utf-8",
    )
    found = json.loads(run("improve", path, "--json").stdout)
    assert (found["servings"], found["not_counted"]) == (6, ["1 jar Zorbly"])
    assert "whole-wheat pasta" in found["changes"][0]["change"]
    assert found["after"]["magnesium_mg"] > found["before"]["magnesium_mg"] + 30
    assert "entil" not in run("improve", path, "--without", "legumes").stdout


def test_a_page_becomes_a_file_that_waits_until_its_questions_are_answered(page, mine):
    told = run("import", page(), "--out", mine).stdout
    assert "2 lines matched, 1 questions" in told
    assert "? 1 cup milk: several foods could be meant" in told
    assert "served as `one_dish`: protein and starch are in it" in told
    assert "cuisine" not in told
    path = mine / "own_bean_bowl.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (len(found["dish"][0]["ingredients"]), found["dish"][0]["served"]) == (2, "one_dish")
    result = run("list", "--dishes", mine)
    assert "own_dish " in result.stdout
    assert "own_bean_bowl" not in result.stdout
    assert "not used until their questions are answered: own_bean_bowl.toml" in result.stderr
    with pytest.raises(ExportError, match=r"own_bean_bowl\.toml is there"):
        run("import", page(), "--out", mine)
    text = path.read_text(encoding="utf-8").replace('food = ""', 'food = "milk_whole"')
    path.write_text(text.replace("mass_g = 0.0", "mass_g = 244"), encoding="utf-8")
    answered = shown("Bean bowl", "--dishes", mine)
    assert answered["allergens"] == ["milk"]
    assert [line["food_id"] for line in answered["ingredients"]][-1] == "milk_whole"


@tables.rows(__file__, "what_an_imported_dish_may_hold")
def test_an_imported_dish_is_kept_from_who_must_avoid_what_it_may_hold(
    tmp_path, file, text, condition, word
):
    (tmp_path / file).write_text(text.replace("|", "\n"), encoding="utf-8")
    run("import", tmp_path / file, "--out", tmp_path / "mine")
    (path,) = (tmp_path / "mine").iterdir()
    answers = {"kind": "main", "minutes": "20", "servings": "2"}
    asked = path.read_text(encoding="utf-8").replace('food = ""', 'food = "none"')
    for key, answer in answers.items():
        asked = re.sub(rf'(key = "{key}"\nwhy = .*\nanswer = )""', rf'\1"{answer}"', asked)
    path.write_text(asked, encoding="utf-8")
    name = tomllib.loads(asked)["dish"][0]["name"]
    told = run("show", name, "--dishes", tmp_path / "mine").stdout
    wanted = {"preferences": {"dishes": [str(tmp_path / "mine")]}, "week": {"days": 1}}
    profile = {"sex": "f", "age": 31, "conditions": [condition]}
    found = prepare_week(request_from_dict({"profile": profile} | wanted)).candidates.left_out
    reasons = [omission.reason for omission in found if "answers" in omission.reason]
    assert [word in reason for reason in reasons] == [True] * bool(word)
    assert not word or word in " ".join(told.split("No ingredient answers for")[1].split())


def test_a_failing_editor_loses_nothing_that_was_written(tmp_path, monkeypatch):
    path = tmp_path / "editor.sh"
    path.write_text('#!/bin/sh\necho "# my words" >> "$1"; exit 1\n', encoding="utf-8")
    path.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(path))
    with pytest.raises(CandidatesError, match=r"Editing failed.*own_dish_unfinished\.txt"):
        run("add", "--out", tmp_path / "mine")
    kept = (tmp_path / "mine" / "own_dish_unfinished.txt").read_text(encoding="utf-8")
    assert kept.endswith("# my words\n")


def test_recipes_without_lines_are_left_out_by_name_and_foreign_words_are_said(tmp_path):
    path = tmp_path / "all.json"
    german = {**PAGE, "name": "Linsen", "recipeIngredient": ["2 EL Olivenöl"]}
    path.write_text(json.dumps([german, {"@type": "Recipe", "name": "Note"}]), encoding="utf-8")
    result = run("import", path, "--out", tmp_path / "mine")
    assert "left out: Note" in result.stderr
    assert "read in English only" in result.stderr
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["own_linsen.toml"]


def test_the_kitchen_that_a_name_tells_is_said_and_same_names_get_own_files(page, tmp_path):
    masala = page(name="Bean masala")
    told = run("import", masala, masala, "--out", tmp_path / "mine").stdout
    assert "cuisine `indian`; change `cuisine` in the file" in told
    names = sorted(path.name for path in (tmp_path / "mine").iterdir())
    assert names == ["own_bean_masala.toml", "own_bean_masala_2.toml"]
    assert 'cuisine = "indian"' in (tmp_path / "mine" / names[0]).read_text("utf-8")


@pytest.mark.parametrize(("typed", "way"), [("", "one_dish"), ("alone", "alone")])
def test_at_a_terminal_it_is_asked_how_a_main_dish_is_served(
    page, tmp_path, monkeypatch, typed, way
):
    monkeypatch.setattr(dishes_own, "_is_asked", lambda: True)
    result = run("import", page(), "--out", tmp_path / "mine", told=f"{typed}\n")
    assert "How is Bean bowl served?" in result.stderr
    assert f'served = "{way}"' in (tmp_path / "mine" / "own_bean_bowl.toml").read_text("utf-8")


def test_add_opens_a_template_that_is_a_dish_already_and_tells_every_way_of_serving(
    editor, tmp_path
):
    seen, texts = editor
    texts.append(TEMPLATE)
    told = run("add", "--out", tmp_path).stdout
    assert "served as" not in told
    assert seen[0] == (tmp_path / "own_dish.toml").read_text(encoding="utf-8")
    assert [way for way in served_ways() if way not in TEMPLATE.partition("# served:")[2]] == []
    text = run("show", "own_dish", "--dishes", tmp_path).stdout
    assert "My dish" in text
    assert "Served as `stew`: a pot or a braise" in text


def test_a_faulty_text_is_kept_and_mended_at_the_next_add_with_what_was_derived(editor, tmp_path):
    seen, texts = editor
    lines = [line for line in TEMPLATE.splitlines() if not line.startswith(("served", "cuisine"))]
    masala = "\n".join(lines).replace("My dish", "Aunt Rose's lentil masala")
    texts += [masala.replace("salt", "saltt"), masala]
    with pytest.raises(FoodDataError, match="no food 'saltt'"):
        run("add", "--out", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["own_dish_unfinished.txt"]
    added = run("add", "--out", tmp_path)
    assert "going on with" in added.stderr
    assert "saltt" in seen[1]
    assert [path.name for path in tmp_path.iterdir()] == ["own_dish.toml"]
    assert "served as `curry`" in added.stdout
    assert "cuisine `indian`; change `cuisine` in the file" in added.stdout
    assert shown("own_dish", "--dishes", tmp_path)["cuisine"] == "indian"


def test_what_cannot_be_added_is_no_dish(editor, tmp_path):
    for text, said in (
        (TEMPLATE.replace('"own_dish"', '"../own_dish"'), "a-z, 0-9 and _ alone"),
        (TEMPLATE.replace("own_dish", "chana_masala_kale"), "there is a dish 'chana_masala_kale'"),
        (None, "nothing was saved"),
    ):
        editor[1].append(text)
        with pytest.raises(CandidatesError, match=said):
            run("add", "--out", tmp_path / "mine")
        shutil.rmtree(tmp_path / "mine", ignore_errors=True)
    assert not [*tmp_path.rglob("*.toml")]


def test_a_plan_has_the_recipes_of_all_its_eaters_and_takes_another_folder(mine, capsys):
    gone = PlanRequest(preferences=Preferences(dishes=("gone",)))
    document = PlanDocument(gone, None, None)
    assert with_dishes(document, ()) is document
    assert with_dishes(document, (mine,)).request.preferences.dishes == (str(mine),)
    anna = PlanRequest(eaters=(Eater("Anna", Profile(), Preferences(dishes=(str(mine),))),))
    assert "own_dish" in {dish.dish_id for dish in recipes_at_hand(anna)}
    moved = with_dishes(PlanDocument(anna, None, None), (mine,)).request
    assert moved.eaters[0].preferences.dishes == ()
    assert len(recipes_at_hand(gone)) == len(recipes_at_hand(anna)) - 1
    assert "recipes of your own are left out" in capsys.readouterr().err
