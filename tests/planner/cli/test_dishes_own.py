import json
import os
import stat
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from foods.embedded import read_data_text
from foods.errors import FoodDataError
from planner.cli import cli, dishes_own
from planner.cli.dishes_own import recipes_at_hand, with_dishes
from planner.errors import CandidatesError, ExportError
from planner.meals.served import served_ways
from planner.request.eater import Eater
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.wire.document import PlanDocument

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


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "bowl.html"
    text = f'<html><script type="application/ld+json">{json.dumps(PAGE)}</script></html>'
    path.write_text(text, encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(cli, ["dishes", *map(str, args)], catch_exceptions=False)


def test_a_page_becomes_a_file_with_its_questions_listed(page, tmp_path):
    result = run("import", page, "--out", tmp_path / "mine")
    found = tomllib.loads((tmp_path / "mine" / "own_bean_bowl.toml").read_text(encoding="utf-8"))
    assert len(found["dish"][0]["ingredients"]) == 2
    assert [question["line"] for question in found["question"]] == ["1 cup milk"]
    assert "2 lines matched, 1 questions" in result.stdout
    assert "? 1 cup milk: several foods could be meant" in result.stdout


def test_how_a_main_dish_is_served_is_told_and_stands_in_its_file(page, tmp_path):
    result = run("import", page, "--out", tmp_path / "mine")
    assert "served as `one_dish`: protein and starch are in it" in result.stdout
    assert 'served = "one_dish"' in (tmp_path / "mine" / "own_bean_bowl.toml").read_text("utf-8")


def test_the_kitchen_that_a_name_tells_is_said_and_stands_in_its_file(page, tmp_path):
    assert "cuisine" not in run("import", page, "--out", tmp_path / "mine").stdout
    text = page.read_text(encoding="utf-8").replace("Bean bowl", "Bean masala")
    page.write_text(text, encoding="utf-8")
    result = run("import", page, "--out", tmp_path / "mine")
    assert "cuisine `indian`; change `cuisine` in the file" in result.stdout
    assert 'cuisine = "indian"' in (tmp_path / "mine" / "own_bean_masala.toml").read_text("utf-8")


@pytest.mark.parametrize(("typed", "way"), [("", "one_dish"), ("alone", "alone")])
def test_at_a_terminal_it_is_asked_how_a_main_dish_is_served(
    page, tmp_path, monkeypatch, typed, way
):
    monkeypatch.setattr(dishes_own, "_is_asked", lambda: True)
    args = ["dishes", "import", str(page), "--out", str(tmp_path / "mine")]
    result = CliRunner().invoke(cli, args, input=f"{typed}\n", catch_exceptions=False)
    assert "How is Bean bowl served?" in result.stderr
    assert f'served = "{way}"' in (tmp_path / "mine" / "own_bean_bowl.toml").read_text("utf-8")


def test_the_template_tells_every_way_of_serving_and_is_shown_as_it_says(folder):
    text = read_data_text("own_dish_template.toml")
    told = text[text.index("# served:") :]
    assert [way for way in served_ways() if way not in told] == []
    assert (
        "Served as `stew`: a pot or a braise" in run("show", "own_dish", "--dishes", folder).stdout
    )
    shown = run("show", "own_dish", "--dishes", folder, "--json").stdout
    assert json.loads(shown)["served"] == "stew"


def test_an_open_question_keeps_the_dish_out_and_an_answer_lets_it_in(page, tmp_path):
    mine = tmp_path / "mine"
    run("import", page, "--out", mine)
    with pytest.raises(FoodDataError, match="open: '1 cup milk'"):
        run("list", "--dishes", mine)
    path = mine / "own_bean_bowl.toml"
    text = path.read_text(encoding="utf-8").replace('food = ""', 'food = "milk_whole"')
    path.write_text(text.replace("mass_g = 0.0", "mass_g = 244"), encoding="utf-8")
    shown = json.loads(run("show", "Bean bowl", "--dishes", mine, "--json").stdout)
    assert shown["allergens"] == ["milk"]
    assert [line["food_id"] for line in shown["ingredients"]][-1] == "milk_whole"


def test_a_dish_with_open_questions_waits_and_the_others_are_used(page, folder):
    run("import", page, "--out", folder)
    result = run("list", "--dishes", folder)
    assert "own_dish " in result.stdout
    assert "own_bean_bowl" not in result.stdout
    assert "not used until their questions are answered: own_bean_bowl.toml" in result.stderr


def test_recipes_without_lines_are_left_out_by_name_and_foreign_words_are_said(tmp_path):
    path = tmp_path / "all.json"
    german = {**PAGE, "name": "Linsen", "recipeIngredient": ["2 EL Olivenöl"]}
    path.write_text(json.dumps([german, {"@type": "Recipe", "name": "Note"}]), encoding="utf-8")
    result = run("import", path, "--out", tmp_path / "mine")
    assert "left out: Note" in result.stderr
    assert "read in English only" in result.stderr
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["own_linsen.toml"]


def test_recipes_of_one_name_get_files_of_their_own(page, tmp_path):
    run("import", page, page, "--out", tmp_path / "mine")
    names = sorted(path.name for path in (tmp_path / "mine").iterdir())
    assert names == ["own_bean_bowl.toml", "own_bean_bowl_2.toml"]


def test_no_file_is_written_over(page, tmp_path):
    run("import", page, "--out", tmp_path / "mine")
    with pytest.raises(ExportError, match=r"own_bean_bowl\.toml is there"):
        run("import", page, "--out", tmp_path / "mine")


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


def test_add_opens_a_template_that_is_a_dish_already(editor, tmp_path):
    seen, texts = editor
    texts.append(read_data_text("own_dish_template.toml"))
    run("add", "--out", tmp_path)
    assert seen[0] == (tmp_path / "own_dish.toml").read_text(encoding="utf-8")
    assert "My dish" in run("show", "own_dish", "--dishes", tmp_path).stdout


def test_add_says_what_was_derived_where_the_text_does_not(editor, tmp_path):
    text = read_data_text("own_dish_template.toml")
    given = [line for line in text.splitlines() if line.startswith(("served", "cuisine"))]
    assert len(given) == 2
    for line in given:
        text = text.replace(f"{line}\n", "")
    editor[1].append(text.replace("My dish", "Aunt Rose's lentil masala"))
    told = run("add", "--out", tmp_path).stdout
    assert "served as `curry`" in told
    assert "cuisine `indian`; change `cuisine` in the file" in told
    shown = json.loads(run("show", "own_dish", "--dishes", tmp_path, "--json").stdout)
    assert shown["cuisine"] == "indian"


def test_add_says_nothing_of_what_the_text_gives(editor, tmp_path):
    editor[1].append(read_data_text("own_dish_template.toml").replace("My dish", "Masala"))
    told = run("add", "--out", tmp_path).stdout
    assert "served as" not in told
    assert "cuisine" not in told


def test_add_checks_what_was_saved_and_keeps_a_faulty_text(editor, tmp_path):
    editor[1].append(read_data_text("own_dish_template.toml").replace("salt", "saltt"))
    with pytest.raises(FoodDataError, match="no food 'saltt'"):
        run("add", "--out", tmp_path)
    assert "saltt" in (tmp_path / "own_dish_unfinished.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "own_dish.toml").exists()


def test_a_faulty_text_is_mended_at_the_next_add(editor, tmp_path):
    seen, texts = editor
    template = read_data_text("own_dish_template.toml")
    texts += [template.replace("salt", "saltt").replace("My dish", "Stew"), None]
    with pytest.raises(FoodDataError, match="no food 'saltt'"):
        run("add", "--out", tmp_path)
    texts[0] = template.replace("My dish", "Stew")
    result = run("add", "--out", tmp_path)
    assert "going on with" in result.stderr
    assert "saltt" in seen[1]
    assert [path.name for path in tmp_path.iterdir()] == ["own_dish.toml"]


def script(folder, text):
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="the editor of the test is a shell script")
def test_an_editor_that_fails_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "# my words" >> "$1"; exit 1'))
    with pytest.raises(CandidatesError, match=r"Editing failed.*own_dish_unfinished\.txt"):
        run("add", "--out", tmp_path / "mine")
    kept = (tmp_path / "mine" / "own_dish_unfinished.txt").read_text(encoding="utf-8")
    assert kept.endswith("# my words\n")


@pytest.mark.skipif(os.name == "nt", reason="the editor of the test is a shell script")
def test_a_real_editor_writes_a_dish(tmp_path, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", script(tmp_path, 'sed -i.bak "s/My dish/Stew/" "$1"; rm "$1.bak"'))
    run("add", "--out", tmp_path / "mine")
    text = (tmp_path / "mine" / "own_dish.toml").read_text(encoding="utf-8")
    assert 'name = "Stew"' in text


def test_an_id_that_leads_out_of_the_folder_is_refused(editor, tmp_path):
    template = read_data_text("own_dish_template.toml")
    editor[1].append(template.replace('"own_dish"', '"../own_dish"'))
    with pytest.raises(CandidatesError, match="a-z, 0-9 and _ alone"):
        run("add", "--out", tmp_path / "mine")
    assert not (tmp_path / "own_dish.toml").exists()


def test_add_without_saving_writes_nothing(editor, tmp_path):
    editor[1].append(None)
    with pytest.raises(CandidatesError, match="nothing was saved"):
        run("add", "--out", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_dish_id_that_is_taken_is_refused(editor, tmp_path):
    template = read_data_text("own_dish_template.toml")
    editor[1].append(template.replace("own_dish", "chana_masala_kale"))
    with pytest.raises(CandidatesError, match="there is a dish 'chana_masala_kale'"):
        run("add", "--out", tmp_path)


@pytest.fixture
def folder(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    text = read_data_text("own_dish_template.toml")
    (mine / "own_dish.toml").write_text(text, encoding="utf-8")
    return mine


def test_the_flag_puts_the_folder_into_the_request(folder, monkeypatch):
    seen = []

    def plan_meals(request):
        seen.append(request)
        raise CandidatesError("enough seen")

    monkeypatch.setattr("planner.pipeline.plan_meals", plan_meals)
    monkeypatch.chdir(folder.parent)
    with pytest.raises(CandidatesError, match="enough seen"):
        CliRunner().invoke(cli, ["plan", "--dishes", "mine"], catch_exceptions=False)
    assert seen[0].preferences.dishes == (str(folder),)


def test_a_plan_file_takes_another_folder_in_the_place_of_one_that_moved(folder):
    request = PlanRequest(preferences=Preferences(dishes=("gone",)))
    document = PlanDocument(request, None, None)
    assert with_dishes(document, ()) is document
    assert with_dishes(document, (folder,)).request.preferences.dishes == (str(folder),)


def test_the_folders_of_every_eater_count(folder):
    anna = Eater("Anna", Profile(), Preferences(dishes=(str(folder),)))
    request = PlanRequest(eaters=(anna,))
    assert "own_dish" in {dish.dish_id for dish in recipes_at_hand(request)}
    document = PlanDocument(request, None, None)
    assert with_dishes(document, (folder,)).request.eaters[0].preferences.dishes == ()


def test_recipes_that_are_gone_are_said_and_the_shipped_ones_left(folder, capsys):
    here = PlanRequest(preferences=Preferences(dishes=(str(folder),)))
    assert "own_dish" in {dish.dish_id for dish in recipes_at_hand(here)}
    gone = PlanRequest(preferences=Preferences(dishes=(str(folder / "gone"),)))
    assert len(recipes_at_hand(gone)) == len(recipes_at_hand(here)) - 1
    assert "recipes of your own are left out" in capsys.readouterr().err
