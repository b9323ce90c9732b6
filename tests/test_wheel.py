"""The wheel: built from this tree, it holds what it needs and runs away from it."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
BESIDE = "planner/beside/"
TIMEOUT_S = 300  # the search is compiled anew, on a machine that may be busy
RUN = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import planner, planner.cli
print(planner.__file__, file=sys.stderr)
planner.cli.main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    with zipfile.ZipFile(folder / done.stdout.split()[-1]) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    wheel.extractall(folder)
    return folder


def run_from(site, folder, *args):
    """Run the command line of the unpacked wheel in ``folder``; -I shuts out the working tree."""
    return subprocess.run(
        [sys.executable, "-I", "-B", "-c", RUN, str(site), *args],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )


def test_the_wheel_installs_no_name_but_planner(wheel):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"planner"}
    assert not [name for name in wheel.namelist() if "test" in name or name.endswith(".pyc")]


def test_the_wheel_holds_every_file_of_the_packages_but_what_maintains_the_catalogue(wheel):
    shipped = set(wheel.namelist())
    for package, lies_in in (("planner", ""), ("foods", BESIDE), ("configs", BESIDE)):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = lies_in + path.relative_to(ROOT).as_posix()
                assert (name in shipped) is (path.name != "maintain.py"), name


def test_a_config_and_a_dish_can_be_read_from_the_wheel(wheel):
    shipped = f"{BESIDE}configs/meals/patterns/three_meals_two_snacks.toml"
    pattern = tomllib.loads(wheel.read(shipped).decode())
    toasts = tomllib.loads(wheel.read(f"{BESIDE}foods/data/dishes/breakfast_toast.toml").decode())
    assert "dinner.main" in [place["id"] for place in pattern["place"]]
    assert all(dish["steps"] for dish in toasts["dish"])


def test_the_wheel_installs_the_command_and_names_its_licence(wheel):
    meta = {name.split("/")[-1]: name for name in wheel.namelist() if ".dist-info/" in name}
    assert "magplan = planner.cli:main" in wheel.read(meta["entry_points.txt"]).decode()
    assert "License-Expression: MIT" in wheel.read(meta["METADATA"]).decode()


def test_the_wheel_searches_foods_beside_other_packages_of_the_same_names(site, tmp_path):
    (tmp_path / "configs").mkdir()  # a folder of the user's own that must not get in the way
    for name in ("foods", "configs"):  # and what somebody else installed
        (site / name).mkdir()
        (site / name / "__init__.py").write_text("raise RuntimeError('not ours')\n")
    run = run_from(site, tmp_path, "foods", "search", "oats")
    assert run.returncode == 0, run.stderr
    assert str(site) in run.stderr
    assert "rolled_oats" in run.stdout
    assert [path.name for path in tmp_path.rglob("*")] == ["configs"]


def test_the_wheel_plans_a_day_from_an_empty_folder(site, tmp_path):
    run = run_from(site, tmp_path, "plan", "--days", "1")
    assert run.returncode == 0, run.stderr
    assert "All figures were checked a second time by a separate" in run.stdout
    assert list(tmp_path.iterdir()) == []
