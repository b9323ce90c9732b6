"""An export format is a writer of blocks, its line in the registry, what it shows, and a test."""

import pytest

from tests.changes.copying import copy_of_project, edit, recipe, run

pytestmark = pytest.mark.harden

WRITER = '''"""Blocks as text for a phone: what there is to eat, a line for each meal."""

from __future__ import annotations

from planner.document.blocks import Document, Menu

MARK = "magplan: "


def as_sms(document: Document) -> str:
    """Return the menus of a document in short lines."""
    menus = [block for block in document.lead if isinstance(block, Menu)]
    lines = [
        f"{day.label}, {meal}: {dish.text}"
        for menu in menus
        for day in menu.days
        for meal, dishes in zip(menu.meals, day.meals, strict=True)
        for dish in dishes
    ]
    return "\\n".join([f"{MARK}{document.title}", *lines, ""])
'''
LINE = """
        "sms": Format(
            ".txt",
            lambda week, _: {"week.txt": as_sms(week_document(week, "sms"))},
            lambda head: head.startswith(SMS_MARK),
        ),
        "csv": Format("""
IMPORT = "from planner.document.workbook import MARK as WORKBOOK_MARK\n"


@pytest.fixture(scope="module")
def plan(planned_once):
    return planned_once("--days", 1) / "plan.json"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("format"), "planner", "configs")
    (folder / "planner/document/sms.py").write_text(WRITER, encoding="utf-8")
    formats = folder / "planner/export/formats.py"
    line = (
        "from planner.document.sms import MARK as SMS_MARK\n"
        "from planner.document.sms import as_sms\n"
    )
    edit(formats, IMPORT, line + IMPORT)
    edit(formats, '\n        "csv": Format(', LINE)
    shown = folder / "configs/documents/documents.toml"
    edit(shown, "[shown.list]", '[shown.sms]\nlead = ["menus"]\n\n[shown.list]')
    return folder


def test_the_recipe_names_a_writer_its_line_what_it_shows_and_a_test():
    assert len(recipe("An export format")) == 4


def test_it_is_written_and_written_over_again(copy, plan):
    write = ("export", plan, "--to", "sms,md", "--out", copy / "out")
    assert "week.txt, week.md" in run(copy, *write)
    text = (copy / "out/week.txt").read_text(encoding="utf-8")
    assert text.count("\nDay 1, ") >= 3
    assert "week.txt, week.md" in run(copy, *write)


def test_another_programs_file_of_that_name_stays(copy, plan):
    mine = copy / "mine/week.txt"
    mine.parent.mkdir()
    mine.write_text("mine\n", encoding="utf-8")
    write = ("export", plan, "--to", "sms", "--out", mine.parent)
    assert "was not written by magplan" in run(copy, *write, code=1)
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_it_is_named_where_formats_are_named(copy, plan):
    bad = ("export", plan, "--to", "odt", "--out", copy / "out")
    assert "sms" in run(copy, *bad, code=2)
