import csv
import json

from planner.document.blocks import Table
from planner.document.markdown import as_markdown
from planner.document.page import as_page, as_paper
from planner.document.terminal import as_plain, document_blocks
from planner.pictures.saved import as_svg
from planner.sweep.picture import sweep_picture
from planner.sweep.told import sweep_answer, sweep_csv, sweep_sheet
from tests.papers import Paper
from tests.planner.sweep.sweeps import made_grid, made_sweep

POINTS = [None, "refused", 9.0, 5.0, 2.0, 1.5, 1.0, 0.5]
HOSTILE = "=cmd()|<script>alert(1)</script>"


def text(sweep):
    return as_plain(document_blocks(sweep_sheet(sweep)))


def test_the_table_has_a_row_for_each_value_and_says_what_is_missing():
    shown = as_plain(document_blocks(sweep_sheet(made_sweep(POINTS))), 120).splitlines()
    rows = [line.split() for line in shown if line[:1].isdigit()]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert rows[0][-3:] == ["no", "plan", "exists"]
    assert rows[4][1:3] == ["2.0", "1.5"]  # points, and the bound
    assert rows[4][-1] == "knee"
    assert "- ratio_max 1: no plan exists" in shown
    assert "- ratio_max 2: refused (too little energy)" in shown
    assert any(line.startswith("- Knee (turning point) at ratio_max 5: ") for line in shown)


def test_a_weight_is_said_to_change_what_points_mean():
    assert "A weight is varied" in text(made_sweep(POINTS, weighted=True))
    assert "A weight is varied" not in text(made_sweep(POINTS))


def test_what_was_stopped_is_told():
    assert "Stopped: 2 plans are missing." in text(made_sweep([5.0, "stopped", "stopped"]))


def test_two_wishes_have_a_row_and_a_panel_for_each_pair():
    sweep = made_grid([[9.0, 8.0], [7.0, None], [5.0, None]])
    shown = text(sweep)
    assert "- fish>= 11, ratio_max 2 … 3: no plan exists" in shown
    panels = sweep_picture(sweep).panels
    assert [one.title.partition(", fish")[2] for one in panels] == [">= 10", ">= 11"]


def test_csv_is_read_again_and_holds_no_formula():
    rows = list(csv.DictReader(sweep_csv(made_sweep(POINTS)).splitlines()))
    assert [row["points"] for row in rows[:4]] == ["", "", "9.0", "5.0"]
    assert [row["knee"] for row in rows].count("True") == 1
    head = sweep_csv(made_sweep(POINTS, name=HOSTILE)).splitlines()[0]
    assert head.startswith("'=cmd()")


def test_json_has_every_point_and_stretch():
    answer = json.loads(json.dumps(sweep_answer(made_sweep(POINTS)).json_values(), allow_nan=False))
    assert [one["passed"] for one in answer["points"]] == [False, False, *[True] * 6]
    assert answer["points"][1]["told"] == "too little energy"
    assert answer["stretches"][0] == {"from": [1.0], "to": [1.0], "status": "infeasible"}
    assert not answer["stopped"]


def test_the_picture_tells_the_bound_the_knee_and_where_there_is_no_plan():
    picture = sweep_picture(made_sweep(POINTS))
    first = picture.panels[0]
    assert first.bands[0].word == "possible"
    assert first.bands[0].lower == (None, None, 6.75, 3.75, 1.5, 1.125, 0.75, 0.375)
    assert [(one.name, one.first, one.last) for one in first.marks] == [
        ("knee", 5.0, 5.0), ("no plan", 0.5, 2.5),
    ]  # fmt: skip
    assert "1 no plan exists; 2 refused; 3 9.0" in picture.text
    assert "5 2.0 (knee)" in picture.text
    assert "no plan" in as_svg(picture)


def test_nothing_is_drawn_where_nothing_was_planned():
    assert sweep_picture(made_sweep([None, None])) is None


def test_a_page_asks_for_nothing_and_escapes_what_it_is_given():
    page = as_page(sweep_sheet(made_sweep(POINTS, name=HOSTILE)))
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "default-src 'none'" in page
    assert page.count("<svg") == 1
    assert 'lang="en"' in page


def test_markdown_has_the_table_and_names_the_picture_with_its_words():
    shown = as_markdown(sweep_sheet(made_sweep(POINTS, name=HOSTILE)))
    assert "<script>" not in shown
    assert "| 5 | 2.0 | 1.5 |" in shown
    assert "](sweep.svg)" in shown


def test_a_sheet_on_paper_has_its_figures_its_curve_and_its_tags():
    sheet = sweep_sheet(made_sweep(POINTS, name=HOSTILE))
    paper = Paper(as_paper(sheet, "sheet.typ"))
    cells = [one for one in sheet.lead if isinstance(one, Table)]
    assert cells
    for one in cells:
        assert all(paper.has(cell) for row in (one.head, *one.rows) for cell in row)
    assert paper.has(HOSTILE)
    assert paper.tags.count("/Figure") == 1
    assert "/Table" in paper.tags
    assert paper.is_within
    assert len(paper.pages) <= 3
