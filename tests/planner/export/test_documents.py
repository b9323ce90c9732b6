import csv
import io
import json
from dataclasses import replace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.errors import ExportError
from planner.export.as_csv import HEADER, as_csv
from planner.export.documents import WeekDocument
from planner.export.files import write_files
from planner.export.shopping import (
    CSV_HEADER,
    shopping_answer,
)
from planner.export.week import week_document
from planner.handover.cooked import handed_over
from planner.plan.plan import Meal
from tests.one_eater import as_json, as_markdown, as_text
from tests.papers import document_of
from tests.plates import table
from tests.reports import FOODS, make_item, make_plan, make_report

SHIPPED = "skillet_cornbread_peaches"


def test_the_csv_has_a_row_per_ingredient_with_its_content():
    rows = list(csv.DictReader(io.StringIO(as_csv(make_plan(2), FOODS))))
    assert len(rows) == 2 * 7  # two, two, two and one ingredients a day
    first = rows[0]
    assert list(first) == list(HEADER)
    assert (first["food_id"], first["mass_g"], first["magnesium_mg"]) == ("oats", "100", "120")




def test_an_unknown_amount_is_blank_in_the_csv():
    unknown = replace(FOODS["apple"], per_100g={"magnesium_mg": None, "calcium_mg": 0.0})
    foods = table(FOODS["oats"], FOODS["milk"], FOODS["beans"], unknown)
    row = as_csv(make_plan(1), foods).splitlines()[-1]
    assert row.endswith(",apple,Apple,180,,,0")




@pytest.mark.parametrize(
    ("servings", "told"),
    [(0.5, "cut into 1 wedge "), (1.0, "cut into 2 wedges "), (3.0, "cut into 6 wedges ")],
)
def test_the_steps_of_the_markdown_week_are_for_what_is_cooked(servings, told):
    # the recipe has six wedges for 6 servings; from one serving on as much again is frozen
    cornbread = next(one for one in read_embedded_dishes() if one.dish_id == SHIPPED)
    report = make_report(days=1)
    item = make_item("Cornbread", "dish", {"oats": 100.0})
    item = replace(item, item_id=SHIPPED, servings=servings)
    day = replace(report.plan.days[0], meals=(Meal("breakfast", (item,)),))
    plan = replace(report.plan, days=(day,))
    text = as_markdown(WeekDocument(plan, report.request, report.check, FOODS, (cornbread,)))
    assert told in text


def test_a_plan_says_in_print_and_json_what_the_till_says_for_its_list():
    report = make_report(days=2, budget_per_week=700.0)
    till = json.loads(as_json(report))["till"]
    assert till == shopping_answer(report.shopping).json_values()["total"]
    assert till["price"] > till["eaten"]
    assert till["budget"] == pytest.approx(200.0)  # two of seven days
    text = " ".join(as_text(report).split())
    assert f"At checkout: ${till['price']:.2f} in usual packages" in text
    assert "The budget of $200.00 counts what is eaten or frozen" in text


def test_a_table_with_other_letters_opens_in_a_spreadsheet_and_is_known_again(tmp_path):
    text = f"{','.join(CSV_HEADER)}\nbakery,Crème brûlée\n"
    for one in (text, text.replace("è", "e").replace("û", "u").replace("é", "e")):
        write_files(tmp_path, {"shopping.csv": one})
        raw = (tmp_path / "shopping.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf") is not one.isascii()
        assert raw.decode("utf-8-sig") == one
    (tmp_path / "shopping.csv").write_text(f"{text}mine\n", encoding="utf-8-sig")
    with pytest.raises(ExportError, match="was changed since magplan wrote it"):
        write_files(tmp_path, {"shopping.csv": text})


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "week").write_text("")
    with pytest.raises(ExportError, match="is a file, not a folder"):
        write_files(tmp_path / "week", {"plan.json": "{}"})


def test_a_format_without_a_mark_is_refused_before_its_first_file(tmp_path):
    with pytest.raises(ExportError, match=r"able to tell later that it wrote week\.odt"):
        write_files(tmp_path, {"week.odt": "<p>"})
    assert not list(tmp_path.iterdir())


def test_a_week_has_the_name_that_a_person_gives_it():
    week = document_of(make_plan(2), name="Ann, spring")
    assert week_document(week, "html").title.startswith("Ann, spring: Meals for ")
    assert week_document(week, "list").title == "Ann, spring: Shopping list"
    assert handed_over(week).title.startswith("Ann, spring: Shopping for ")
    assert week_document(document_of(make_plan(2)), "list").title == "Shopping list"
