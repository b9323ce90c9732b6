"""``magplan foods add``: by flags, asked for at a terminal, appended to a file of one's own."""

import json

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from foods.own_csv import read_food_csv
from planner.cli import cli, foods_add


def run(out, *words, told=None):
    return CliRunner().invoke(cli, ["foods", "add", *words, "--out", str(out)], input=told)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "mine.csv"


def test_a_food_is_added_to_a_file_that_has_others(out):
    for name in ("Oat bar", "Nut bar"):
        result = run(out, name, "--per", "40", "--figure", "magnesium=15%")
        assert result.exit_code == 0, result.output
    assert {*read_food_csv(out)} == {"own_oat_bar", "own_nut_bar"}
    assert read_food_csv(out)["own_oat_bar"].per_100g["magnesium_mg"] == 157.5


def test_without_a_file_it_is_kept_and_a_diary_knows_it(tmp_path):
    added = CliRunner().invoke(cli, ["foods", "add", "Oat zing bar", "--figure", "magnesium=63mg"])
    assert added.exit_code == 0, added.output
    diary = tmp_path / "diary.csv"
    diary.write_text("day,food\n1,oat zing bar\n")
    told = CliRunner().invoke(cli, ["analyse", str(diary), "--json"])
    assert '"own_oat_zing_bar"' in told.stdout


@pytest.mark.parametrize("said", ["1 zing bar", "a zing bar", "zing bar", "1 serving zing bar"])
def test_one_of_an_own_food_is_a_serving_of_its_label(said, tmp_path):
    words = "foods", "add", "Zing bar", "--per", "55", "--figure", "magnesium=55mg", "--force"
    assert CliRunner().invoke(cli, words).exit_code == 0
    diary = tmp_path / "diary.csv"
    diary.write_text(f"day,food\n1,{said}\n")
    told = json.loads(CliRunner().invoke(cli, ["analyse", str(diary), "--json"]).stdout)
    assert told["overall"]["totals"]["magnesium_mg"] == pytest.approx(55)


@pytest.mark.parametrize("again", [("Oat bar",), ("Something", "--id", "banana")])
def test_a_food_that_there_is_stays_unless_told(out, again):
    assert run(out, "Oat bar", "--figure", "magnesium=15%").exit_code == 0
    result = run(out, *again, "--figure", "magnesium=1")
    assert "already" in str(result.exception)
    assert read_food_csv(out)["own_oat_bar"].per_100g["magnesium_mg"] == 63
    assert run(out, *again, "--figure", "magnesium=1", "--force").exit_code == 0
    assert {food.per_100g["magnesium_mg"] for food in read_food_csv(out).values()} >= {1}


def test_what_somebody_corrects_of_ours_keeps_our_other_figures(tmp_path):
    words = "foods", "add", "Own yogurt", "--id", "yogurt_lowfat", "--figure", "calcium=180mg"
    added = CliRunner().invoke(cli, [*words, "--force"])
    assert "the others stay ours" in added.stderr
    diary = tmp_path / "diary.csv"
    diary.write_text("day,food,amount,unit\n1,yogurt_lowfat,100,g\n")
    told = json.loads(CliRunner().invoke(cli, ["analyse", str(diary), "--json"]).stdout)
    totals, ours = told["overall"]["totals"], read_embedded_foods()["yogurt_lowfat"].per_100g
    assert totals["calcium_mg"] == pytest.approx(180)
    assert totals["magnesium_mg"] == pytest.approx(ours["magnesium_mg"])


def test_an_own_food_called_as_one_of_ours_is_by_its_id_is_the_own_one(tmp_path):
    words = "foods", "add", "Banana", "--figure", "magnesium=50mg"
    assert CliRunner().invoke(cli, words).exit_code == 0
    diary = tmp_path / "diary.csv"
    diary.write_text("day,food,amount,unit\n1,banana,100,g\n1,orange,100,g\n")
    told = json.loads(CliRunner().invoke(cli, ["analyse", str(diary), "--json"]).stdout)
    assert [one["id"] for one in told["entries"]] == ["own_banana", "orange"]


def test_with_one_own_food_alone_a_name_that_shares_a_word_is_read(tmp_path):
    words = "foods", "add", "Lowfat zing yogurt", "--figure", "magnesium=20mg"
    assert CliRunner().invoke(cli, words).exit_code == 0
    diary = tmp_path / "diary.csv"
    diary.write_text("day,food\n1,1 cup lowfat yogurt\n")
    told = CliRunner().invoke(cli, ["analyse", str(diary), "--json"], catch_exceptions=False)
    assert [one["id"] for one in json.loads(told.stdout)["entries"]] == ["yogurt_lowfat"]


def test_what_is_missing_is_asked_for_at_a_terminal(out, monkeypatch):
    monkeypatch.setattr(foods_add, "is_terminal", lambda stream: True)
    told = "Oat bar\n40\n120\n" + "\n" * 7 + "15%\n\n\n\n"
    assert run(out, told=told).exit_code == 0
    food = read_food_csv(out)["own_oat_bar"].per_100g
    assert (food["energy_kcal"], food["magnesium_mg"], food["calcium_mg"]) == (300, 157.5, None)


@pytest.mark.parametrize("words", [(), ("Oat bar",), ("Oat bar", "--per", "0")])
def test_without_a_terminal_what_is_missing_is_said(out, words):
    assert run(out, *words).exit_code == 2
    assert not out.exists()


def test_an_id_that_is_none_is_refused(out):
    assert run(out, "Oat bar", "--figure", "iron=1", "--id", "Oat Bar").exit_code == 2
