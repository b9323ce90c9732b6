"""A diary held against targets, in print and as JSON."""

import json
from dataclasses import replace

import pytest

from planner.diary.analysis import analyse_diary
from planner.diary.diary import DiaryEntry
from planner.diary.gap import GapFigures, NextFood, NextFoods
from planner.document.terminal import as_plain
from planner.export.diary import analysis_told
from planner.request.profile import Profile
from planner.targets.derive import targets_of
from planner.wire.diary import AnalysisAnswer
from tests.planner.diary.eaten import FOODS, SEEDS, WOMAN, diary, eaten, pill

LOST = DiaryEntry(
    9, "=stew", "1 pot", "unmatched", "", "=stew", why="several could be meant", near=("seeds",)
)
DIARY = diary(
    [eaten("seeds", 40)], [eaten("cheese", 100), pill("zinc gluconate", "zinc_mg", 10), LOST]
)
FIGURES = GapFigures(230.0, 100.0, 300.0, 0.43, 1.0)
OFFERS = NextFoods(2, FIGURES, (NextFood(SEEDS, "2 cups", 200.0, 9.0, FIGURES),), 3)


def analysed(written=DIARY, request=WOMAN):
    return analyse_diary(written, request, targets_of(request, for_plan=False), FOODS)


def printed(*parts, **more):
    return as_plain(analysis_told(analysed(), *parts, **more))




def test_a_value_that_is_short_is_never_printed_as_whole():
    almost = analysed(diary([eaten("seeds", 63.99)]))  # 319.95 of 320 mg
    text = as_plain(analysis_told(almost))
    (row,) = [line for line in text.splitlines() if line.startswith("Magnesium, mg")]
    assert "99 %" in row
    assert "short" in row


def test_a_banner_stands_above_everything_for_who_needs_one():
    sick = replace(
        WOMAN, profile=Profile(sex="f", age_y=60, egfr=20, conditions=("kidney disease",))
    )
    lines = as_plain(analysis_told(analysed(request=sick))).splitlines()
    assert "kidney" in " ".join(lines[:4]).casefold()
    assert not any("Ca:Mg" in line for line in lines if "Mg mg" in line)  # it is no goal then
    assert "SHOW THIS PLAN" not in " ".join(lines)  # there is none


def test_the_json_has_the_shape_of_the_contract():
    values = json.loads(
        json.dumps(AnalysisAnswer.of_analysis(analysed(), OFFERS).json_values(), allow_nan=False)
    )
    day = values["days"][1]
    assert {"day", "totals", "ca_mg_ratio", "coverage", "supplement_totals"} <= day.keys()
    assert {"days", "totals", "means", "ca_mg_ratio"} <= values["overall"].keys()
    assert day["day"] == "2"
    assert day["supplement_totals"] == {"zinc_mg": 10}
    assert day["coverage"]["magnesium_mg"] == 0.5
    assert day["without"]["magnesium_mg"] == ["=stew"]
    assert values["overall"]["totals"]["magnesium_mg"] == pytest.approx(230)
    assert values["overall"]["ca_mg_ratio"] == pytest.approx(720 / 230)
    assert day["totals"]["vitamin_k_ug"] is None  # nothing eaten has a figure: not 0
    assert [one["line"] for one in values["entries"]] == [2, 2, 3, 9]
    assert values["next"]["options"][0]["food_id"] == "seeds"


def test_json_findings_say_what_holds_and_what_cannot_be_told():
    values = AnalysisAnswer.of_analysis(analysed()).json_values()
    found = {(one["nutrient"], one["basis"], one["day"]): one for one in values["findings"]}
    assert found["magnesium_mg", "total", "1"]["holds"] is False
    assert found["magnesium_mg", "total", "1"]["percent"] == pytest.approx(100 * 200 / 320)
    assert found["magnesium_mg", "total", "2"]["holds"] is None
    assert "next" not in values


def test_magnesium_of_food_and_of_pills_are_told_apart_on_the_first_screen():
    # 40 g of seeds hold 200 mg, 100 g of cheese 30: neither is 320
    pills = pill("magnesium citrate", "magnesium_mg", 400)
    text = as_plain(
        analysis_told(analysed(diary([eaten("seeds", 40), pills], [eaten("cheese", 100)])))
    )
    row = next(line.split() for line in text.splitlines() if line.startswith("mean"))
    assert [row[1], row[5], row[6]] == ["315", "115", "200"]
    words = " ".join(text.split())
    assert (
        "from food alone: 115 mg a day of the 320 mg wanted, 205 mg short; enough on 0 of 2 days"
        in words
    )
    assert "at most 400 mg on a day; their upper level is 350 mg a day: over it" in words
    assert text.index("from food alone") < text.index("Please mind")


def test_an_amount_that_nobody_said_is_a_guess_with_a_range_and_how_to_correct_it():
    # 60 g and a third about it: 40.2 to 79.8, in steps of 5 g
    guessed = replace(eaten("seeds", 60), written="bowl of seeds", is_usual_amount=True)
    text = " ".join(
        as_plain(analysis_told(analysed(diary([guessed, eaten("cheese", 30)])))).split()
    )
    assert "bowl of seeds: about 60 g, guessed, 40 to 80 g" in text
    assert "Write the amount before the name" in text
    assert "cheese: about" not in text
