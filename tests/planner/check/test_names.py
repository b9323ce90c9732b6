from types import SimpleNamespace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out, find_meaning
from planner.check.lines import KnownFood
from planner.check.names import find_excluded, find_named, read_dish_notes
from planner.errors import CandidatesError
from planner.targets.left_out import read_readings


def served(item_id, name, kind="dish"):
    return SimpleNamespace(item_id=item_id, name=name, kind=kind, minutes=10)


def test_a_dish_of_ones_own_is_known_once_it_is_served():
    item = served("own_bean_bowl", "Bean bowl")
    assert find_named("bean bowl", ()) is None
    named = find_named("bean bowl", (), [item])
    assert named.dish_ids == {"own_bean_bowl"}
    assert named.is_dish(item)


def test_a_shipped_dish_is_known_served_or_not():
    assert find_named("chana masala with kale", ()).dish_ids == {"chana_masala_kale"}


OWN = """
[[dish]]
id = "own_tartare"
name = "My tartare"
keeps_days = 1
tags = ["raw_fish"]
[[question]]
dish = "own_tartare"
key = "minutes"
answer = 20
"""


def test_the_judge_reads_what_own_files_say_of_a_dish(tmp_path):
    (tmp_path / "a.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "b.toml").write_text("not toml", encoding="utf-8")
    notes = read_dish_notes([str(tmp_path), str(tmp_path / "gone")])
    assert (notes["own_tartare"].minutes, notes["own_tartare"].keeps_days) == (20, 1)
    assert notes["own_tartare"].tags == {"raw_fish"}
    assert "chana_masala_kale" in notes


def test_the_judge_reads_lines_that_were_answered_and_minutes_are_all_of_them_work(tmp_path):
    lines = (
        'servings = 2\ningredients = [{food = "cod_raw", mass_g = 200, measure = "200 g"}]\n'
        '[[question]]\ndish = "own_tartare"\nline = "some oil"\nwhy = ""\nnearest = []\n'
        'food = "olive_oil"\nmass_g = 10\nmeasure = ""\n'
        '[[question]]\ndish = "own_tartare"\nline = "a flower"\nwhy = ""\nnearest = []\n'
        'food = "none"\nmass_g = 5\nmeasure = ""\n'
    )
    text = OWN.replace("[[question]]", lines + "[[question]]", 1)
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    note = read_dish_notes([str(tmp_path)])["own_tartare"]
    assert (note.minutes, note.active_minutes) == (20, 20)
    assert note.per_serving_g == {"cod_raw": 100.0, "olive_oil": 5.0}


def test_an_own_dish_that_is_left_out_is_known_by_its_folder(tmp_path):
    (tmp_path / "a.toml").write_text(OWN, encoding="utf-8")
    assert find_excluded("my tartare", ()) is None
    notes = read_dish_notes([str(tmp_path)])
    assert find_excluded("my tartare", (), notes).dish_ids == {"own_tartare"}


SOUNDS_LIKE = ["unsalted almonds", "brown rice", "pumpkin seeds, roasted", "canned tuna"]


@pytest.mark.parametrize(
    "name",
    [*sorted(read_readings()), "Nuts", "walnuts", "fishes", "lupins", *SOUNDS_LIKE],
)
def test_the_judge_reads_what_is_left_out_as_the_planner_does(name):
    foods = {food.food_id: food for food in read_embedded_foods()}
    known = [
        KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in foods.values()
    ]
    meaning = find_left_out(name, read_embedded_foods(), read_embedded_dishes())
    assert find_excluded(name, known).food_ids == meaning.food_ids


@pytest.mark.parametrize(
    "name", ["tomatoes", "potatoes", "cherries", "anchovies", "lentil", "nut", "beans"]
)
def test_the_judge_reads_one_and_many_as_the_planner_does(name):
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    meant = find_meaning(name, foods, dishes)
    found = find_named(
        name, [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in foods]
    )
    assert (found.food_ids, found.dish_ids) == (meant.food_ids, meant.dish_ids)


@pytest.mark.parametrize(
    "name", ["pizza", "Chili con carne", "Thick chicken…", "oily fish", "prawns"]
)
def test_the_judge_knows_words_of_printed_names_as_the_planner_does(name):
    foods, dishes = list(read_embedded_foods()), read_embedded_dishes()
    known = [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in foods]
    planned, judged = find_meaning(name, read_embedded_foods(), dishes), find_named(name, known)
    assert (planned.food_ids, planned.dish_ids) == (judged.food_ids, judged.dish_ids)
    assert planned.food_ids or planned.dish_ids


def test_who_leaves_out_unsalted_almonds_means_almonds_and_a_slip_is_asked_about():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    assert "almonds" in find_left_out("unsalted almonds", foods, dishes).food_ids
    for name in ("grean beans", "peanutbutter", "Zorblax tahini"):
        with pytest.raises(CandidatesError):
            find_left_out(name, foods, dishes)


def test_the_judge_knows_other_words_for_foods_as_the_planner_does():
    """What the judge misses is never more than what the planner leaves out; none is unknown."""
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    known = [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in foods]
    for name in ("red pepper", "soy milk", "oat milk", "minced beef", "garbanzos", "prawns"):
        planned, judged = find_left_out(name, foods, dishes), find_excluded(name, known)
        assert judged.food_ids
        assert judged.food_ids <= planned.food_ids, name
    assert "red_pepper_raw" in find_left_out("red pepper", foods, dishes).food_ids
