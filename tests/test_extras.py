"""What belongs to an extra is named with its command where it is missing."""

import sys
from pathlib import Path

import pytest

from planner.cli import main
from planner.extras import extra_of

WEEKS = Path(__file__).parent / "golden" / "weeks"


@pytest.mark.parametrize(
    ("module", "extra"),
    [("typst", "pdf"), ("matplotlib.ticker", "pdf"), ("starlette.routing", "web"),
     ("distributed", "batch"), ("recipe_scrapers", "recipes"), ("numpy", ""), ("hypothesis", "")],
)  # fmt: skip
def test_a_library_is_known_by_the_extra_it_comes_with(module, extra):
    assert extra_of(module) == extra


def test_a_missing_extra_is_named_with_its_command_and_nothing_is_written(
    monkeypatch, capsys, tmp_path
):
    monkeypatch.setitem(sys.modules, "typst", None)
    plan = next(iter(sorted(WEEKS.glob("*/plan.json"))))
    with pytest.raises(SystemExit) as ended:
        main(["export", str(plan), "--to", "pdf,md", "--out", str(tmp_path / "out")])
    assert ended.value.code == 1
    assert "pip install 'magplan-meals[pdf]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
