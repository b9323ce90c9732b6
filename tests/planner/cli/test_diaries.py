"""``magplan analyse`` and ``magplan improve`` of a diary and of a plan."""

import json

import pytest

from foods.embedded import read_embedded_foods
from tests.commands import ended
from tests.diaries import DASH
from tests.plates import day, document, request

HEAD = "day,meal,food,amount,unit\n"
TEXT = f"""{HEAD}Mon,breakfast,rolled oats,1/2,cup
Mon,breakfast,low-fat milk,1 1/2,cups
Mon,snack,zabaglione,1,cup
Tue,dinner,salmon_cooked,5,oz
"""
WOMAN = ("--sex", "f", "--age", "40", "--height", "165", "--weight", "60")
MAN = ("--sex", "m", "--age", "45", "--height", "175", "--weight", "75")
SERVED = {"rolled_oats": 40.0, "milk_lowfat": 366.0}
ONE = ("--changes", "1", "--ways", "1")


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def plan(tmp_path):
    foods = read_embedded_foods()
    days = [day(number, foods, breakfast=SERVED, dinner={"salmon_cooked": 142.0})
            for number in (1, 2)]  # fmt: skip
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document(days, request(2))), encoding="utf-8")
    return path


@pytest.fixture
def day_8(tmp_path):
    """A day that one change is enough for."""
    path = tmp_path / "day.csv"
    lines = [line for line in DASH.read_text().splitlines(True) if line.startswith("8,")]
    path.write_text(HEAD + "".join(lines))
    return path


def analysed(*words):
    code, out, err = ended("analyse", *words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_json_is_complete_and_alone_and_flags_win_over_a_request_file(written, tmp_path):
    me = tmp_path / "me.toml"
    me.write_text('[profile]\nsex = "m"\nage = 40\n', encoding="utf-8")
    values = analysed(written, me, "--age", "70")
    assert (values["profile"]["sex"], values["profile"]["age"]) == ("m", 70)
    assert [day["day"] for day in values["days"]] == ["Mon", "Tue"]
    assert values["entries"][2]["kind"] == "unmatched"
    assert "next" not in values


def test_the_next_food_is_for_the_day_named_or_the_one_with_the_largest_gap(written):
    assert analysed(written, *WOMAN, "--next", "--day", "mon")["next"]["day"] == "Mon"
    usual = analysed(written, *WOMAN, "--next")
    least = min(usual["days"], key=lambda day: day["totals"]["magnesium_mg"])
    assert usual["next"]["day"] == least["day"]


def test_a_dinner_that_is_still_to_be_cooked_brings_the_day_to_its_goal(tmp_path):
    path = tmp_path / "today.txt"
    path.write_text("breakfast: porridge with milk\nlunch: cheese sandwich\n", encoding="utf-8")
    words = (path, "--sex", "f", "--age", "52", "--without", "nuts", "--meal", "dinner")
    found = analysed(*words)["next_meal"]
    assert (found["day"], found["meal"]) == ("1", "dinner")
    assert found["before"]["magnesium_mg"] < 320
    assert found["options"]
    for option in found["options"]:
        assert option["after"]["magnesium_mg"] >= 320
        more = option["after"]["energy_kcal"] - found["before"]["energy_kcal"]
        assert 400 < more < 1100  # a meal, and no day
        assert option["after"]["ca_mg_ratio"] < found["before"]["ca_mg_ratio"]
    path.write_text(path.read_text(encoding="utf-8") + "dinner: pizza\n", encoding="utf-8")
    assert analysed(*words)["next_meal"]["before"] == found["before"]  # that one is not counted
    _, text, _ = ended("analyse", *words)
    assert not any(word in text.split("What to cook now")[1] for word in ("lmond", "ashew"))


def test_a_file_of_matches_is_begun_and_then_counts_and_a_foreign_one_stays(written, tmp_path):
    own = tmp_path / "own.csv"
    assert "wrote" in ended("analyse", written, *WOMAN, "--matches-out", own)[2]
    own.write_text("name,food_id\nzabaglione,yogurt_lowfat\n", encoding="utf-8")
    again = analysed(written, *WOMAN, "--matches", own)
    assert again["entries"][2]["matched_by"] == "matches_file"
    assert ended("analyse", written, *WOMAN, "--matches-out", own)[0] == 1
    assert own.read_text(encoding="utf-8").startswith("name,food_id\nzabaglione")


@pytest.mark.parametrize("word", ["tue", "Tuesday", "day 2", "2"])
def test_a_plan_is_analysed_like_a_diary_and_its_days_are_called_as_everywhere(plan, word):
    values = analysed(plan, "--next", "--day", word)
    per_100g = {food: read_embedded_foods()[food].per_100g["magnesium_mg"]
                for food in (*SERVED, "salmon_cooked")}  # fmt: skip
    grams = SERVED | {"salmon_cooked": 142.0}
    sum_mg = sum(grams[food] / 100 * per_100g[food] for food in grams)
    assert values["days"][1]["totals"]["magnesium_mg"] == pytest.approx(sum_mg)
    assert values["next"]["day"] == "2"
    assert values["next"]["options"]
    assert json.loads(ended("improve", plan, "--json", "--day", word)[1])["days"] == ["2"]
    assert "no day of the plan" in ended("analyse", plan, "--next", "--day", "fri")[2]


def test_one_change_is_found_told_and_drawn(day_8, tmp_path):
    chart = tmp_path / "chart.svg"
    code, out, err = ended("improve", day_8, *MAN, *ONE, "--chart", chart)
    assert code == 0, err
    text = " ".join(out.split())
    assert "1 change: enough" in text
    assert "Quinoa, cooked instead of 1 1/4 cups White basmati rice" in text
    assert chart.read_text().startswith("<!-- magplan -->")
    values = json.loads(ended("improve", DASH, *MAN, "--day", "8", *ONE, "--json")[1])
    assert [option["is_enough"] for option in values["options"]] == [True]
    assert values["options"][0]["after"]["ca_mg_ratio"] <= 2.0


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--target", "magnesium_mg>=900", *ONE), 3, "1 change: not yet enough"),
        (("--ratio-max", "2.6"), 0, "Nothing has to be changed"),
        (("--egfr", "25"), 3, "Kidney function"),
    ],
)
def test_a_diary_that_no_change_mends_or_needs_none_or_may_have_none(day_8, more, code, said):
    ended_with, out, err = ended("improve", day_8, *MAN, *more)
    assert ended_with == code
    assert said in " ".join((out + err).split())
    assert out or "Kidney" in said  # no offer to who has weak kidneys
