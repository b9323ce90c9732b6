"""What few changes of a diary do, as text, JSON, German and a picture."""

import json
import xml.etree.ElementTree as Xml

import pytest

from planner.document.terminal import as_plain
from planner.export.improve import improvement_picture, improvement_told
from planner.export.plan_pictures import chart_content
from planner.wire.diary import ImproveAnswer
from tests.diaries import CALCIUM, MAGNESIUM, improved

FOUND = 2  # the day that is shown: two changes are enough


def text(number=FOUND):
    return as_plain(improvement_told(improved(number)))


def one_line(text):
    return " ".join(text.split())


def test_less_calcium_is_never_silent():
    found = improved(FOUND)
    fall = [one for one in found.options
            if found.before.mean.totals[CALCIUM] - one.after.mean.totals[CALCIUM] >= 1]  # fmt: skip
    assert fall
    assert text().count("Calcium falls by") == len(fall)




def test_json_has_the_shape_of_the_contract():
    values = json.loads(
        json.dumps(ImproveAnswer.of_improvement(improved(FOUND)).json_values(), allow_nan=False)
    )
    assert values["options"]
    for option in values["options"]:
        assert {"changes", "after", "findings"} <= option.keys()
        assert {"totals", "ca_mg_ratio"} <= option["after"].keys()
        for change in option["changes"]:
            assert {"action", "day", "meal", "from", "to", "amount"} <= change.keys()
            assert change["action"] in ("swap", "add", "remove", "amount")
            assert (change["from"] is None) == (change["action"] == "add")
            assert (change["to"] is None) == (change["action"] == "remove")


def test_json_can_be_made_again_from_its_own_grams():
    """What each change takes and brings explains the difference of the sums."""
    from foods.embedded import read_embedded_foods

    foods = read_embedded_foods()
    values = ImproveAnswer.of_improvement(improved(FOUND)).json_values()

    def held(entry):
        lines = entry["ingredients"] if entry else ()
        return sum(line["mass_g"] / 100 * foods[line["food_id"]].per_100g[MAGNESIUM]
                   for line in lines)  # fmt: skip

    for option in values["options"]:
        gain = sum(held(one["to"]) - held(one["from"]) for one in option["changes"])
        after, before = option["after"]["totals"], values["before"]["totals"]
        assert after[MAGNESIUM] - before[MAGNESIUM] == pytest.approx(gain)


def test_the_picture_shows_before_and_each_number_of_changes():
    picture = improvement_picture(improved(FOUND))
    assert [panel.title for panel in picture.panels] == [
        "Magnesium, mg",
        "Calcium, mg",
        "Calcium to magnesium",
    ]
    for panel in picture.panels:
        assert panel.places[0] == "as\neaten"
        assert len(panel.places) == 1 + len({one.most for one in improved(FOUND).options})
        assert len(panel.bands) == 1
    assert picture.panels[2].labels[0] == "3.02"


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
