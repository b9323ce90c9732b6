"""A part of a week is told in one place and named where it is shown."""

import pytest

from tests.changes.copying import copy_of_project, edit, recipe, run

pytestmark = pytest.mark.harden

PART = '''    def iron(self) -> Told:
        """Return the main sources of iron."""
        sources = main_sources(self.week.plan, self.week.foods, "iron_mg")[:3]
        told = (f"{named(one.name)} {100 * one.share:.0f} %" for one in sources)
        return section("Main sources of iron", bullets(told), "iron")

    def please(self)'''
IMPORTS = "from planner.explain.reasons import main_sources\nfrom planner.shops import named\n"


@pytest.fixture(scope="module")
def plan(planned_once):
    return planned_once("--days", 1) / "plan.json"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("part"), "planner", "configs")
    week = folder / "planner/export/week.py"
    edit(week, "    def please(self)", PART)
    edit(week, "from planner.export.trust", IMPORTS + "from planner.export.trust")
    shown = folder / "configs/documents/documents.toml"
    text = shown.read_text(encoding="utf-8").replace('"please"', '"iron", "please"')
    shown.write_text(text, encoding="utf-8")
    return folder


def test_the_recipe_names_three_files():
    assert len(recipe("A part of a week")) == 3


def test_it_stands_in_every_document_that_names_it(copy, plan):
    assert "Main sources of iron" in run(copy, "show", plan)
    run(copy, "export", plan, "--to", "md,html,pdf", "--pdf", "handout", "--out", copy / "out")
    for name, title in (("week.md", "## Main sources of iron"), ("week.html", 'id="iron"')):
        assert title in (copy / "out" / name).read_text(encoding="utf-8")
    assert (copy / "out/handout.pdf").stat().st_size
