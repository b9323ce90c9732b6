"""Documents of a kept plan, and its recipes and list for other programs."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import ExportError, RefusedError
from planner.export.formats import FORMATS
from tests.documents import GOLDEN

ALL = "md,csv,json,xlsx,mealie,tandoor,kitchenowl,grocy,cooklang,bring,todo.txt,list.txt"
FILES = {
    "week.md", "week.csv", "meals.csv", "plan.json", "week.xlsx", "mealie.zip", "tandoor.zip",
    "kitchenowl.json", "grocy.json", "cooklang", "bring.html", "todo.txt",
    "list.txt",
}  # fmt: skip


def run(*args, code=0):
    result = CliRunner().invoke(cli, ["export", *map(str, args)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stderr


def test_every_format_is_written_at_once_and_over_its_own_files(tmp_path):
    told = run(GOLDEN, "--to", ALL, "--out", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert "cooklang, bring.html" in told
    run(GOLDEN, "--to", ALL, "--out", tmp_path / "out")


def test_a_recipe_that_somebody_edited_stops_all_writing(tmp_path):
    run(GOLDEN, "--to", "cooklang", "--out", tmp_path)
    recipe = next((tmp_path / "cooklang").glob("*.cook"))
    recipe.write_text(recipe.read_text(encoding="utf-8") + "\nMy own step.\n", encoding="utf-8")
    with pytest.raises(ExportError, match="was changed since magplan wrote it"):
        run(GOLDEN, "--to", "cooklang,md", "--out", tmp_path)
    assert not (tmp_path / "week.md").exists()


def test_a_plan_that_does_not_hold_is_handed_to_nobody(tmp_path):
    raw = json.loads(GOLDEN.read_text(encoding="utf-8"))
    raw["days"][0]["meals"][0]["items"][0]["ingredients"][0]["mass_g"] += 500
    (tmp_path / "plan.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(RefusedError, match="does not pass its check"):
        run(tmp_path / "plan.json", "--to", "mealie", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_calendar_without_dates_is_refused_before_anything_is_made(tmp_path, monkeypatch):
    made = []
    slow = {name: replace(one, write=lambda *_: made.append(1)) for name, one in FORMATS.items()}
    monkeypatch.setattr("planner.cli.export.FORMATS", slow)
    with pytest.raises(ExportError, match=r"no dates.*--start"):
        run(GOLDEN, "--to", "pdf,png,ics", "--out", tmp_path / "out")
    assert made == []
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_names_those_that_there_are(tmp_path):
    assert "todo.txt" in run(GOLDEN, "--to", "docx", "--out", tmp_path, code=2)
