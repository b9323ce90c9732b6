"""A diary held against targets, and what few changes do, in print, JSON and a picture."""

import json
import xml.etree.ElementTree as Xml
from dataclasses import replace

import pytest

from planner.diary.analysis import analyse_diary
from planner.diary.diary import DiaryEntry
from planner.diary.gap import GapFigures, NextFood, NextFoods
from planner.document.terminal import as_plain
from planner.export.diary import analysis_told
from planner.export.improve import improvement_picture, improvement_told
from planner.export.plan_pictures import chart_content
from planner.request.profile import Profile
from planner.targets.derive import targets_of
from planner.wire.diary import AnalysisAnswer, ImproveAnswer
from tests import stored
from tests.diaries import CALCIUM, MAGNESIUM, improved
from tests.planner.diary.eaten import FOODS, SEEDS, WOMAN, diary, eaten, pill

LOST = DiaryEntry(9, "=stew", "1 pot", "unmatched", "", "=stew", why="several", near=("seeds",))
ZINC = pill("zinc gluconate", "zinc_mg", 10)
DIARY = diary([eaten("seeds", 40)], [eaten("cheese", 100), ZINC, LOST])
FIGURES = GapFigures(230.0, 100.0, 300.0, 0.43, 1.0)
OFFERS = NextFoods(2, FIGURES, (NextFood(SEEDS, "2 cups", 200.0, 9.0, FIGURES),), 3)


def analysed(written=DIARY, request=WOMAN):
    return analyse_diary(written, request, targets_of(request, for_plan=False), FOODS)


def test_a_banner_stands_above_everything_for_who_needs_one():
    kidneys = Profile(sex="f", age_y=60, egfr=20, conditions=("kidney disease",))
    sick = replace(WOMAN, profile=kidneys)
    lines = as_plain(analysis_told(analysed(request=sick))).splitlines()
    assert "kidney" in " ".join(lines[:4]).casefold()
    assert not any("Ca:Mg" in line for line in lines if "Mg mg" in line)  # it is no goal then
    assert "SHOW THIS PLAN" not in " ".join(lines)  # there is none


def test_json_has_what_each_day_holds_and_what_cannot_be_told():
    values = json.loads(
        json.dumps(AnalysisAnswer.of_analysis(analysed(), OFFERS).json_values(), allow_nan=False)
    )
    day = values["days"][1]
    assert (day["day"], day["supplement_totals"]) == ("2", {"zinc_mg": 10})
    assert day["coverage"]["magnesium_mg"] == 0.5
    assert day["without"]["magnesium_mg"] == ["=stew"]
    assert values["overall"]["totals"]["magnesium_mg"] == pytest.approx(230)
    assert values["overall"]["ca_mg_ratio"] == pytest.approx(720 / 230)
    assert day["totals"]["vitamin_k_ug"] is None  # nothing eaten has a figure: not 0
    assert [entry["line"] for entry in values["entries"]] == [2, 2, 3, 9]
    assert values["next"]["options"][0]["food_id"] == "seeds"
    found = {(one["nutrient"], one["basis"], one["day"]): one for one in values["findings"]}
    assert found["magnesium_mg", "total", "1"]["holds"] is False
    assert found["magnesium_mg", "total", "1"]["percent"] == pytest.approx(100 * 200 / 320)
    assert found["magnesium_mg", "total", "2"]["holds"] is None


def test_magnesium_of_food_and_of_pills_are_told_apart_on_the_first_screen():
    # 40 g of seeds hold 200 mg, 100 g of cheese 30: neither is 320
    pills = pill("magnesium citrate", "magnesium_mg", 400)
    written = diary([eaten("seeds", 40), pills], [eaten("cheese", 100)])
    text = as_plain(analysis_told(analysed(written)))
    row = next(line.split() for line in text.splitlines() if line.startswith("mean"))
    assert [row[1], row[5], row[6]] == ["315", "115", "200"]
    words = " ".join(text.split())
    short = "from food alone: 115 mg a day of the 320 mg wanted, 205 mg short; enough on 0 of 2"
    assert short in words
    assert "at most 400 mg on a day; their upper level is 350 mg a day: over it" in words
    assert text.index("from food alone") < text.index("Please mind")


def test_an_amount_that_nobody_said_is_a_guess_with_a_range_and_how_to_correct_it():
    # 60 g and a third about it: 40.2 to 79.8, in steps of 5 g
    guessed = replace(eaten("seeds", 60), written="bowl of seeds", is_usual_amount=True)
    told = as_plain(analysis_told(analysed(diary([guessed, eaten("cheese", 30)]))))
    text = " ".join(told.split())
    assert "bowl of seeds: about 60 g, guessed, 40 to 80 g" in text
    assert "Write the amount before the name" in text
    assert "cheese: about" not in text


FOUND = 2  # the day that is shown: two changes are enough


def test_less_calcium_is_never_silent():
    found = improved(FOUND)
    fall = [one for one in found.options
            if found.before.mean.totals[CALCIUM] - one.after.mean.totals[CALCIUM] >= 1]  # fmt: skip
    assert fall
    told = as_plain(improvement_told(found))
    assert told.count("Calcium falls by") == len(fall)


def test_json_can_be_made_again_from_its_own_grams():
    """What each change takes and brings explains the difference of the sums."""
    foods = stored.foods()
    values = ImproveAnswer.of_improvement(improved(FOUND)).json_values()

    def held(entry):
        lines = entry["ingredients"] if entry else ()
        return sum(line["mass_g"] / 100 * foods[line["food_id"]].per_100g[MAGNESIUM]
                   for line in lines)  # fmt: skip

    for option in values["options"]:
        gain = sum(held(change["to"]) - held(change["from"]) for change in option["changes"])
        after, before = option["after"]["totals"], values["before"]["totals"]
        assert after[MAGNESIUM] - before[MAGNESIUM] == pytest.approx(gain)


def test_the_picture_shows_before_and_each_number_of_changes():
    picture = improvement_picture(improved(FOUND))
    titles = ["Magnesium, mg", "Calcium, mg", "Calcium to magnesium"]
    assert [panel.title for panel in picture.panels] == titles
    for panel in picture.panels:
        assert panel.places[0] == "as\neaten"
        assert len(panel.places) == 1 + len({option.most for option in improved(FOUND).options})
        assert len(panel.bands) == 1


def test_a_chart_is_what_its_name_ends_in(tmp_path):
    found = improved(FOUND)
    lines, picture = improvement_told(found), improvement_picture(found)
    svg, png, page = (
        chart_content(picture, tmp_path / f"a{ending}", lines, "us")
        for ending in (".svg", ".PNG", ".html")
    )
    assert Xml.fromstring(svg.partition("\n")[2]).tag.endswith("svg")
    assert png.startswith(b"\x89PNG")
    assert "<svg" in page
    assert "Quinoa, cooked" in page
    assert "<script" not in page
