"""``magplan export --to pdf``."""

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.document.fonts import DOCUMENTS
from planner.errors import ExportError
from planner.export.doctor import untyped
from planner.settings import names_in, read_settings
from tests.stored import WEEKS

PLAN = str(WEEKS / "woman_55" / "plan.json")


def export(out, *more):
    return CliRunner().invoke(cli, ["export", PLAN, "--to", "pdf", "--out", str(out), *more])


def test_documents_and_paper_are_chosen(tmp_path):
    result = export(tmp_path / "out", "--pdf", "list,week", "--paper", "a4")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"week.pdf", "shopping_list.pdf"}
    (page,) = pypdfium2.PdfDocument(tmp_path / "out" / "week.pdf")
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [297, 210]


@pytest.mark.parametrize(
    ("who", "told"),
    [("woman_55", ["at least 320", "2,000", "of it from food", "Magnesium, a day:"]),
     ("pescatarian_man_72_uk", ["levothyroxine", "4 h from magnesium", "Men over 65"])],
)  # fmt: skip
def test_a_doctor_gets_one_page_with_means_pills_and_what_matters(tmp_path, who, told):
    words = ["export", str(WEEKS / who / "plan.json"), "--to", "pdf", "--pdf", "doctor"]
    assert CliRunner().invoke(cli, [*words, "--out", str(tmp_path)]).exit_code == 0
    (page,) = pypdfium2.PdfDocument(tmp_path / "doctor.pdf")
    text = " ".join(page.get_textpage().get_text_bounded().split())
    heads = ["For the doctor", "Magnesium, mg", "Sodium, mg", "Fiber, g", "Not medical advice"]
    assert [one for one in (*heads, *told) if one not in text] == []
    assert " --" not in text  # nobody types there


def test_a_page_for_a_doctor_has_iron_in_pregnancy_and_says_nothing_of_what_is_typed():
    assert "iron_mg" in read_settings(DOCUMENTS)["doctor"]["in_state"]["pregnant"]
    asked = "Folic acid is advised: ask your midwife, and name what you take with --supplement x."
    assert untyped(asked) == "Folic acid is advised: ask your midwife."
    assert untyped("Many hold magnesium. Say so with --supplement.") == "Many hold magnesium."
    assert untyped("Say it with --full.") == ""
    assert untyped("With dots ... and more.") == "With dots ... and more."


def test_what_magplan_wrote_is_written_over_and_nothing_else(tmp_path):
    assert export(tmp_path, "--pdf", "week").exit_code == 0
    assert export(tmp_path, "--pdf", "week").exit_code == 0
    (tmp_path / "week.pdf").write_bytes(b"mine")
    refused = export(tmp_path, "--pdf", "week")
    assert isinstance(refused.exception, ExportError)
    assert (tmp_path / "week.pdf").read_bytes() == b"mine"
    assert export(tmp_path, "--pdf", "week", "--force").exit_code == 0
    assert (tmp_path / "week.pdf.bak").read_bytes() == b"mine"


@pytest.mark.parametrize("more", [("--pdf", "week,poster"), ("--paper", "a3"), ("--trips", "0")])
def test_what_there_is_not_is_a_wrong_use(tmp_path, more):
    assert export(tmp_path, *more).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_pages_are_made_without_a_home_and_without_a_word_of_what_gives_their_fonts(tmp_path):
    lost = {"MPLBACKEND": "nonsense", "HOME": "/nonexistent", "MPLCONFIGDIR": "/proc/none"}
    where = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-m", "planner", "export", PLAN, "--to", "pdf", "--pdf", "list",
         "--out", "o"],
        cwd=tmp_path, env=os.environ | lost | {"PYTHONPATH": where},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [*done.stderr.split()][:2] == ["wrote", "shopping_list.pdf"]


def test_a_font_that_is_missing_is_named_and_the_document_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("planner.export.menu.span_text", lambda _: "東")
    result = export(tmp_path, "--pdf", "week")
    assert result.exit_code == 0
    assert "No font at hand shows Chinese, Japanese or Korean" in result.stderr
    assert (tmp_path / "week.pdf").exists()


def test_the_settings_of_documents_name_templates_that_exist():
    named = {
        one["template"] for one in read_settings("documents/documents.toml")["documents"].values()
    }
    shared = {"style.typ", "sheet.typ"}  # of all documents; of a sweep on paper
    assert {f"{name}.typ" for name in names_in("documents", ".typ")} == named | shared
