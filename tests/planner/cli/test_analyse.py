"""``magplan analyse``, as it is typed."""

import json

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from foods.errors import UserFacingError
from planner.cli import cli
from tests.plates import day, document, request

TEXT = (
    "day,meal,food,amount,unit\n"
    "Mon,breakfast,rolled oats,1/2,cup\n"
    "Mon,breakfast,low-fat milk,1 1/2,cups\n"
    "Mon,snack,zabaglione,1,cup\n"
    "Tue,dinner,salmon_cooked,5,oz\n"
)
WOMAN = ("--sex", "f", "--age", "40", "--height", "165", "--weight", "60")


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(cli, ["analyse", *map(str, words)])


def test_a_diary_is_analysed_whatever_it_holds(written):
    result = run(written, *WOMAN)
    assert result.exit_code == 0, result.output
    assert "Row 4, zabaglione (1 cup)" in result.stdout
    assert "woman, 40, 165 cm, 60 kg" in result.stdout


def test_in_full_each_food_has_what_it_brings(tmp_path):
    foods = ["oat bran", "almonds", "kale", "banana", "milk", "egg", "salmon", "white rice"]
    path = tmp_path / "diary.txt"
    path.write_text("\n".join(f"50 g {one}" for one in foods), encoding="utf-8")
    few, full = (run(path, *WOMAN, *more).stdout for more in ((), ("--full",)))
    told = [
        " ".join(text.split()).partition("Magnesium, a day: ")[2].partition(".")[0].count(" mg (")
        for text in (few, full)
    ]
    assert told == [6, len(foods)]


def test_json_is_complete_and_alone_on_stdout(written):
    values = json.loads(run(written, *WOMAN, "--json").stdout)
    assert [one["day"] for one in values["days"]] == ["Mon", "Tue"]
    assert values["entries"][2]["kind"] == "unmatched"
    assert "next" not in values


def test_a_day_may_be_named_for_the_next_food_else_it_is_the_one_with_the_largest_gap(written):
    named = json.loads(run(written, *WOMAN, "--json", "--next", "--day", "mon").stdout)
    assert named["next"]["day"] == "Mon"
    usual = json.loads(run(written, *WOMAN, "--json", "--next").stdout)
    least = min(usual["days"], key=lambda one: one["totals"]["magnesium_mg"])
    assert usual["next"]["day"] == least["day"]


def test_a_dinner_that_is_still_to_be_cooked_brings_the_day_to_its_goal(tmp_path):
    path = tmp_path / "today.txt"
    path.write_text("breakfast: porridge with milk\nlunch: cheese sandwich\n", encoding="utf-8")
    words = (path, "--sex", "f", "--age", "52", "--without", "nuts", "--meal", "dinner")
    found = json.loads(run(*words, "--json").stdout)["next_meal"]
    assert (found["day"], found["meal"]) == ("1", "dinner")
    assert found["before"]["magnesium_mg"] < 320
    for one in found["options"]:
        assert one["after"]["magnesium_mg"] >= 320
        more = one["after"]["energy_kcal"] - found["before"]["energy_kcal"]
        assert 400 < more < 1100  # a meal, and no day
        assert one["after"]["ca_mg_ratio"] < found["before"]["ca_mg_ratio"]
    assert found["options"]
    path.write_text(path.read_text(encoding="utf-8") + "dinner: pizza\n", encoding="utf-8")
    again = json.loads(run(*words, "--json").stdout)["next_meal"]
    assert again["before"] == found["before"]  # a dinner that stands there is not counted
    text = run(*words).stdout
    assert "mg are missing of 320 mg." in text
    assert not any(word in text.split("What to cook now")[1] for word in ("lmond", "ashew"))


def test_flags_and_a_request_file_say_whose_diary_it_is(written, tmp_path):
    path = tmp_path / "me.toml"
    path.write_text(
        'schema = "magplan/request/1"\n[profile]\nsex = "m"\nage = 40\n', encoding="utf-8"
    )
    values = json.loads(run(written, path, "--age", "70", "--json").stdout)
    assert (values["profile"]["sex"], values["profile"]["age"]) == ("m", 70)


def test_a_file_of_matches_is_begun_and_then_counts(written, tmp_path):
    own = tmp_path / "own.csv"
    first = run(written, *WOMAN, "--matches-out", own)
    assert "wrote" in first.stderr
    own.write_text("name,food_id\nzabaglione,yogurt_lowfat\n", encoding="utf-8")
    again = json.loads(run(written, *WOMAN, "--matches", own, "--json").stdout)
    assert again["entries"][2]["matched_by"] == "matches_file"


def test_a_file_of_ones_own_is_not_written_over(written, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("mine", encoding="utf-8")
    result = run(written, *WOMAN, "--matches-out", own)
    assert isinstance(result.exception, UserFacingError)
    assert own.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--next", "--day", "Fri"), "no day of it"),
        (("--matches", "nowhere.csv"), "no such file"),
        (("--eater", "Ann"), "days of one eater"),
        (("--without", "unobtainium", "--next"), "unobtainium"),
    ],
)
def test_what_is_to_be_mended_ends_with_one(written, words, what):
    result = run(written, *WOMAN, *words)
    assert isinstance(result.exception, UserFacingError)
    assert result.exception.exit_code == 1
    assert what in str(result.exception)


def test_a_day_without_next_is_a_wrong_use(written):
    assert run(written, "--day", "Mon").exit_code == 2


def test_files_that_a_plan_does_not_need_are_a_wrong_use(plan, written):
    for words in (
        (plan, written),
        (plan, "--matches", written),
        (plan, "--matches-out", "own.csv"),
    ):
        assert run(plan, *words).exit_code == 2


def test_it_is_told_in_german(written):
    text = run(written, *WOMAN, "--lang", "de", "--next").stdout
    assert "Nicht gezählt" in text
    assert "Frau, 40" in text


@pytest.fixture
def plan(tmp_path):
    foods = read_embedded_foods()
    served = {"rolled_oats": 40.0, "milk_lowfat": 366.0}
    days = [
        day(number, foods, breakfast=served, dinner={"salmon_cooked": 142.0}) for number in (1, 2)
    ]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document(days, request(2))), encoding="utf-8")
    return path


def test_a_plan_is_analysed_like_a_diary(plan):
    values = json.loads(run(plan, "--json", "--next", "--day", "2").stdout)
    per_100g = {one: read_embedded_foods()[one].per_100g["magnesium_mg"] for one in
                ("rolled_oats", "milk_lowfat", "salmon_cooked")}  # fmt: skip
    sum_mg = (
        0.4 * per_100g["rolled_oats"]
        + 3.66 * per_100g["milk_lowfat"]
        + 1.42 * per_100g["salmon_cooked"]
    )
    assert values["days"][1]["totals"]["magnesium_mg"] == pytest.approx(sum_mg)
    assert values["next"]["day"] == "2"
    assert values["next"]["options"]


def test_flags_change_what_a_plan_is_held_to(plan):
    values = json.loads(run(plan, "--sex", "m", "--age", "40", "--json").stdout)
    assert values["profile"]["sex"] == "m"


@pytest.mark.parametrize("word", ["tue", "Tuesday", "day 2", "2"])
def test_a_day_of_a_plan_is_called_as_everywhere(plan, word):
    assert json.loads(run(plan, "--json", "--next", "--day", word).stdout)["next"]["day"] == "2"
    result = CliRunner().invoke(cli, ["improve", str(plan), "--json", "--day", word])
    assert json.loads(result.stdout)["days"] == ["2"]


def test_what_is_no_day_of_a_plan_is_said(plan, written):
    assert "no day of the plan" in str(run(plan, "--next", "--day", "fri").exception)
    assert "no day of it" in str(run(plan, "--next", "--day", "9").exception)
    assert "no day of it" in str(run(written, "--next", "--day", "fri").exception)
