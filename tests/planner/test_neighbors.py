"""Packages of others that are called like ours are told of, not read."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["foods", "configs"])
def test_another_package_of_the_same_name_is_told_of(tmp_path, name):
    other = tmp_path / "others" / name
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("CALLED = 'something else'\n")
    words = f"import sys; sys.path[:0] = [{str(other.parent)!r}, {str(ROOT)!r}]; import planner"
    done = subprocess.run(
        [sys.executable, "-I", "-c", words], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"ImportError: magplan needs its own package {name!r}")
    assert str(other) in last
    assert "environment of its own" in last


def test_a_folder_of_food_files_where_one_works_is_no_package(tmp_path):
    (tmp_path / "foods").mkdir()
    (tmp_path / "configs").mkdir()
    words = (
        f"import sys; sys.path += ['', {str(ROOT)!r}]; import planner; print(planner.plan_meals)"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "plan_meals" in done.stdout
