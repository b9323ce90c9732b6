"""What few changes of a diary do, as text, JSON, German and a picture."""

import json
import xml.etree.ElementTree as Xml
from dataclasses import replace

import pytest

from planner.document.terminal import as_plain
from planner.errors import ConfigError
from planner.export.improve import change_text, improvement_picture, improvement_told
from planner.export.plan_pictures import chart_content, check_chart
from planner.language.spoken import speaking
from planner.wire.diary import ImproveAnswer
from tests.diaries import CALCIUM, MAGNESIUM, improved
from tests.told import WIDTH

FOUND = 2  # the day that is shown: two changes are enough


def text(number=FOUND):
    return as_plain(improvement_told(improved(number)))


def one_line(text):
    return " ".join(text.split())


def test_the_text_says_how_far_each_number_gets():
    said = one_line(text())
    assert "As it is eaten: calcium to magnesium 3.02, wanted at most 2.00." in said
    assert "1 change: not yet enough" in said
    assert "2 changes: enough" in said
    assert "Dinner: 1 cup Quinoa, cooked instead of 1 cup White long-grain rice, cooked" in said
    seeds = "Breakfast: add 3 tbsp Roasted pumpkin seeds unsalted, over the cereal or porridge"
    assert f"{seeds} (+132 mg of magnesium)" in said
    assert f"{improved(FOUND).left_out} changes that take calcium away, such as less milk" in said
    assert max(map(len, text().splitlines())) <= WIDTH


def test_the_foods_that_bring_the_calcium_are_named_where_it_is_too_much():
    found = improved(FOUND)
    first = found.before.sources[CALCIUM][0]
    said = one_line(text())
    assert f"Calcium, a day: {first.name} {first.amount:.0f} mg" in said
    answer = ImproveAnswer.of_improvement(found).json_values()
    assert answer["sources"][CALCIUM][0]["name"] == first.name


def test_that_more_changes_get_no_nearer_is_said():
    found = improved(FOUND)
    first = [replace(one, is_enough=False) for one in found.options if one.most == 1]
    no_nearer = as_plain(improvement_told(replace(found, options=tuple(first), most=3)))
    assert "More changes a day were tried and get no nearer" in one_line(no_nearer)
    assert "get no nearer" not in text()
    fewer = as_plain(improvement_told(replace(found, options=tuple(first), most=1)))
    assert "More changes a day may get nearer: --changes says how many." in one_line(fewer)


def test_a_last_resort_is_named_with_words_of_care():
    found = improved(FOUND)
    option = found.options[0]
    change = replace(option.way.changes[0], is_last_resort=True)
    last = replace(option, is_enough=False, way=replace(option.way, changes=(change,)))
    said = one_line(as_plain(improvement_told(replace(found, options=(last,)))))
    assert "As a last resort: these take calcium away." in said
    assert "As a last resort" not in text()


def test_a_meal_of_another_name_keeps_it():
    change = replace(improved(FOUND).options[0].way.changes[0], slot="", name="tea", says="")
    assert change_text(change, 1) == "tea: add 3 tbsp Roasted pumpkin seeds unsalted"
    assert change_text(change, 2).startswith("Day 1, tea: ")


def test_less_calcium_is_never_silent():
    found = improved(FOUND)
    fall = [one for one in found.options
            if found.before.mean.totals[CALCIUM] - one.after.mean.totals[CALCIUM] >= 1]  # fmt: skip
    assert fall
    assert text().count("Calcium falls by") == len(fall)


def test_the_figures_in_the_table_are_those_of_the_changed_diary():
    rows = [line.split() for line in text().splitlines()]
    for rank, option in enumerate(improved(FOUND).options, start=1):
        row = next(one for one in rows if one[:2] == [str(rank), str(len(option.way.changes))])
        assert row[2] == f"{option.after.mean.totals[MAGNESIUM]:,.0f}"
        assert row[3] == f"{option.after.mean.totals[CALCIUM]:,.0f}"
        assert row[4] == f"{option.after.mean.ca_mg_ratio:.2f}"


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


def test_german_is_german():
    with speaking("de"):
        said = one_line(text())
    assert "2 Änderungen: genug" in said
    assert "Abendessen: 1 Tasse Quinoa, gekocht statt 1 Tasse Langkornreis, gekocht" in said
    assert not any(word in said for word in (" instead ", "changes", "enough", "missed"))


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


def test_another_ending_is_a_fault(tmp_path):
    with pytest.raises(ConfigError, match=r"chart\.gif"):
        check_chart(tmp_path / "chart.gif")
