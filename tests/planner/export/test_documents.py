import csv
import io
import json
from dataclasses import replace

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.document.terminal import as_plain
from planner.errors import ExportError
from planner.export.as_csv import HEADER, as_csv
from planner.export.documents import WeekDocument
from planner.export.files import write_files
from planner.export.formats import FORMATS
from planner.export.meals import NO_RECIPE
from planner.export.shopping import (
    CSV_HEADER,
    list_told,
    shopping_answer,
    shopping_as_csv,
)
from planner.export.week import week_document
from planner.handover.cooked import handed_over
from planner.kitchen.shopping import list_shopping
from planner.language.spoken import speaking
from planner.plan.plan import Item, Meal
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


def test_in_german_the_csv_is_as_a_german_spreadsheet_has_it():
    plain = list(csv.DictReader(io.StringIO(as_csv(make_plan(2), FOODS))))
    with speaking("de"):
        text = as_csv(make_plan(2), FOODS)
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert FORMATS["csv"].is_own(text)
    assert [float(one["Magnesium mg"].replace(",", ".")) for one in rows] == [
        float(one["magnesium_mg"]) for one in plain
    ]
    assert "." not in "".join(one["Magnesium mg"] for one in rows)
    assert {one["Mahlzeit"] for one in rows} <= {
        "Frühstück",
        "Mittagessen",
        "Abendessen",
        "Zwischenmahlzeit",
    }


def test_a_dose_of_a_supplement_has_its_row_in_the_csv():
    pill = Item("supplement", "magnesium_oxide", "Magnesium oxide, added", 1.0, "1 dose of 100 mg",
                0.0, (), {"magnesium_mg": 100.0}, 0.02, 0)  # fmt: skip
    plan = make_plan(1)
    (*meals, snack) = plan.days[0].meals
    with_pill = replace(plan.days[0], meals=(*meals, Meal("snack", (*snack.items, pill))))
    row = as_csv(replace(plan, days=(with_pill,)), FOODS).splitlines()[-1]
    assert row.endswith('magnesium_oxide,"Magnesium oxide, added",,,100,')


def test_an_unknown_amount_is_blank_in_the_csv():
    unknown = replace(FOODS["apple"], per_100g={"magnesium_mg": None, "calcium_mg": 0.0})
    foods = table(FOODS["oats"], FOODS["milk"], FOODS["beans"], unknown)
    row = as_csv(make_plan(1), foods).splitlines()[-1]
    assert row.endswith(",apple,Apple,180,,,0")


def test_the_markdown_week_holds_meals_targets_and_shopping_list():
    report = make_report(days=2)
    text = as_markdown(
        WeekDocument(report.plan, report.request, report.check, FOODS, report.dishes)
    )
    assert text.startswith("<!-- magplan -->\n# Meals for 2 days\n")
    assert "## Day 2" in text
    assert "- Oats: 1 cup (100 g)" in text
    assert "| Calcium, mg | 1,210 | at least 1,200 | 100 % | met |" in text
    assert "- [ ] Apple: 2 (410 g), $4.04 (days 1-2)" in text  # 2 of 202 g at $1 for 100 g
    assert text.count("potassium-sparing") == 1


def test_a_dish_whose_recipe_is_not_at_hand_says_so():
    report = make_report(days=1)
    week = WeekDocument(report.plan, report.request, report.check, FOODS, report.dishes)
    assert as_markdown(week).count(NO_RECIPE) == 3  # none of its three dishes is a recipe


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


def test_the_shopping_list_says_the_days_that_a_food_is_for():
    text = as_plain(list_told(list_shopping(make_plan(7), FOODS)))
    apple = next(line for line in text.splitlines() if "Apple" in line)
    assert apple.split() == ["[", "]", "Apple", "7", "(1,420", "g)", "$14.14", "1-7"]
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_shopping_list_as_json_counts_packages():
    answer = json.loads(
        json.dumps(shopping_answer(list_shopping(make_plan(1), FOODS)).json_values())
    )
    line = next(one for one in answer["lines"] if one["food_id"] == "apple")
    assert line["packages"] == 1
    assert line["for"] == [{"day": 1, "slot": "snack", "item": "Apple"}]
    assert answer["total"]["currency"] == "USD"


def test_a_plan_says_in_print_and_json_what_the_till_says_for_its_list():
    report = make_report(days=2, budget_per_week=700.0)
    till = json.loads(as_json(report))["till"]
    assert till == shopping_answer(report.shopping).json_values()["total"]
    assert till["price"] > till["eaten"]
    assert till["budget"] == pytest.approx(200.0)  # two of seven days
    text = " ".join(as_text(report).split())
    assert f"At checkout: ${till['price']:.2f} in usual packages" in text
    assert "The budget of $200.00 counts what is eaten or frozen" in text


def test_files_are_for_their_owner_only(tmp_path):
    write_files(tmp_path / "week", {"plan.json": '{"schema": "magplan/plan/1"}'})
    assert (tmp_path / "week" / "plan.json").stat().st_mode & 0o077 == 0
    assert (tmp_path / "week").stat().st_mode & 0o077 == 0


def test_own_files_are_written_over_and_nothing_stays_beside_them(tmp_path):
    old = shopping_as_csv(list_shopping(make_plan(1), FOODS))
    assert old.startswith(",".join(CSV_HEADER))
    write_files(tmp_path, {"shopping.csv": old})
    write_files(tmp_path, {"shopping.csv": old + "\n"})
    assert [path.name for path in tmp_path.iterdir()] == ["shopping.csv"]


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


def test_a_file_of_somebody_else_stops_all_writing(tmp_path):
    (tmp_path / "shopping.csv").write_text("my,own,list\n")
    with pytest.raises(ExportError, match=r"shopping\.csv there was not written by magplan"):
        write_files(tmp_path, {"plan.json": "{}", "shopping.csv": ""})
    assert [path.name for path in tmp_path.iterdir()] == ["shopping.csv"]


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
