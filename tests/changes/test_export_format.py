"""An export format is its writer, its line in the registry, and a test."""

import pytest

from tests.changes.copying import copy_of_project, edit, recipe, run

WRITER = '''"""The week as a plain list of dishes."""

from __future__ import annotations

from planner.export.documents import TableDocument

MARK = "# dishes by magplan"


def as_dishes(week: TableDocument) -> str:
    """Give the name of each dish of the plan on a line of its own."""
    names = [item.name for day in week.plan.days for item in day.items()]
    return "\\n".join([MARK, *dict.fromkeys(names), ""])
'''
LINE = """
        "dishes": Format(
            ".txt",
            lambda week, _: {"dishes.txt": as_dishes(week)},
            lambda head: head.startswith(MARK),
        ),
        "csv": Format("""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("format"), "planner")
    export = folder / "planner" / "export"
    (export / "as_dishes.py").write_text(WRITER, encoding="utf-8")
    line = "from planner.export.as_ics import calendars, check_dates\n"
    edit(
        export / "formats.py", line, "from planner.export.as_dishes import MARK, as_dishes\n" + line
    )
    edit(export / "formats.py", '\n        "csv": Format(', LINE)
    run(folder, "plan", "--days", 1, "--out", folder / "plan")
    return folder


def test_the_recipe_names_a_writer_its_line_and_a_test():
    assert len(recipe("An export format")) == 3


def test_it_is_written_and_written_over_again(copy):
    write = ("export", copy / "plan/plan.json", "--to", "dishes,md", "--out", copy / "out")
    assert "dishes.txt, week.md" in run(copy, *write)
    assert (copy / "out/dishes.txt").read_text(encoding="utf-8").count("\n") > 3
    assert "dishes.txt, week.md" in run(copy, *write)


def test_another_programs_file_of_that_name_stays(copy):
    mine = copy / "mine/dishes.txt"
    mine.parent.mkdir()
    mine.write_text("mine\n", encoding="utf-8")
    write = ("export", copy / "plan/plan.json", "--to", "dishes", "--out", mine.parent)
    assert "was not written by magplan" in run(copy, *write, code=1)
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_it_is_named_where_formats_are_named(copy):
    bad = ("export", copy / "plan/plan.json", "--to", "odt", "--out", copy / "out")
    assert "dishes" in run(copy, *bad, code=2)
