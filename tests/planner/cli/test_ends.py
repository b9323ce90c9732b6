"""How the program ends: by Ctrl-C, with a closed or full output, or with a refusal."""

import json
import signal
import subprocess
import sys
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from foods.errors import FoodDataError
from foods.importers.recipes_page import _LIBRARY, read_page
from planner.cli import main
from planner.cli.ends import with_plain_quotes
from planner.document.program import DISTRIBUTION, program_version
from planner.request.request import SolveOptions
from planner.solve.options import table_work
from tests.kitchen import tiny_input
from tests.one_eater import solve_week

PROGRAM = [sys.executable, "-m", "planner"]
# A run in the background may ignore Ctrl-C, and what it starts would too.
HEARING = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
HEARING += "runpy.run_module('planner', run_name='__main__', alter_sys=True)"
LONG = ["plan", "--sex", "m", "--age", "40", "--effort", "thorough", "--time-limit", "60"]


@pytest.mark.parametrize("after_s", [2.5, 6.0, 10.0])
def test_ctrl_c_at_any_moment_ends_with_130_or_the_best_plan(after_s):
    running = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-c", HEARING, *LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(after_s)
    started = time.perf_counter()
    running.send_signal(signal.SIGINT)
    said, told = running.communicate(timeout=60)
    assert time.perf_counter() - started < 30
    assert "Traceback" not in told
    assert running.returncode in (0, 130), told
    if running.returncode == 0:
        assert "Stopped from the keyboard" in said
    else:
        assert told.strip().startswith("magplan: stopped")


def test_ctrl_c_once_all_is_done_changes_no_exit_code():
    code = "import atexit, os, signal, sys; "
    code += "signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "atexit.register(os.kill, os.getpid(), signal.SIGINT); "
    code += "from planner.cli import main; sys.argv[1:] = ['--version']; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("after_s", [0.0, 0.1, 0.2, 0.4, 0.7, 1.0])
def test_ctrl_c_among_the_first_imports_is_one_line_at_once(after_s):
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from planner.cli import main, stop; stop.hear_ctrl_c(); print(flush=True); "
    code += f"sys.argv[1:] = {LONG!r}; main()"
    running = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    running.stdout.readline()
    time.sleep(after_s)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told.startswith("magplan: stopped")
    assert told.count("\n") == 1


def test_ctrl_c_while_a_bound_is_proven_keeps_the_week_that_was_found(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.solve.compose.bound_of_meals", interrupted)
    asked = SolveOptions(gap=0.0, time_limit_s=30.0)
    outcome = solve_week(tiny_input(), replace(table_work(asked, 1), searches=2))
    assert outcome.stopped
    assert outcome.has_plan


def test_a_full_disk_behind_standard_output_is_one_line():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "foods", "search", "kale"],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "magplan: standard output: No space left on device\n"


KEPT = str(Path(__file__).parents[2] / "golden" / "weeks" / "woman_55" / "plan.json")


@pytest.mark.parametrize("words", ["foods search kale", "targets --json", f"show {KEPT}"])
def test_a_closed_standard_output_is_one_line(words):
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m planner {words} >&-"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "magplan: standard output: it is closed\n"


def test_a_plan_is_printed_though_nothing_else_is_open():
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m planner plan --days 1 <&- 2>&-"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "All figures were checked a second time by a separate" in done.stdout


def test_a_refusal_with_json_is_json_and_ends_with_3(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["plan", "--age", "40", "--sex", "m", "--condition", "kidney disease", "--json"])
    assert ended.value.code == 3
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert answer["status"] == "refused"
    assert answer["refused"]["what"]
    assert said.err.startswith("magplan: ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--skip blorp", "Fehler: Ungültiger Wert für '--skip'"),
        ("--blorp", "Fehler: Die Option '--blorp' gibt es nicht. Ist"),
        ("--age", "Fehler: Die Option '--age' braucht einen Wert."),
        ("--age 900", "Fehler: Ungültiger Wert für '--age': 900 liegt nicht im Bereich"),
        ("a b", "Fehler: Ein Wort zu viel (b)"),
    ],
)
def test_a_wrong_use_is_told_in_the_language_asked_for(words, told, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["plan", "--lang", "de", *words.split()])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert told in said
    assert not [one for one in ("Usage", "Error", "Try", "No such") if one in said]


def test_a_wish_without_something_is_not_said_twice():
    done = subprocess.run(
        [*PROGRAM, "plan", "--diet", "vegan", "--days", "1"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "With without" not in done.stdout
    assert "Asked for: vegan" in done.stdout


def test_recipe_import_names_the_line_for_this_environment(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "recipe_scrapers", None)  # an import of it fails now
    with pytest.raises(FoodDataError) as fault:
        read_page("<html></html>", "page.html")
    assert f'"{sys.executable}" -m pip install "recipe-scrapers' in fault.value.remedy
    assert "magplan[" not in fault.value.remedy


def test_the_extra_and_the_message_ask_for_the_same_library():
    path = Path(__file__).parents[3] / "pyproject.toml"
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    assert project["name"] == DISTRIBUTION
    assert project["optional-dependencies"]["recipes"] == [_LIBRARY]
    assert project["scripts"] == {"magplan": "planner.cli:main"}


def test_the_version_is_told_under_the_command_s_name(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"magplan, version {program_version()}\n"


def test_dishes_nested_too_deeply_are_one_line(tmp_path, capsys):
    (tmp_path / "deep.toml").write_text(f"a = {'[' * 5000}{']' * 5000}\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["plan", "--days", "1", "--dishes", str(tmp_path)])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "deep.toml" in said
    assert "is nested too deeply" in said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["add", "„Olivenöl“", "„500", "ml“"], ["add", "Olivenöl", "500 ml"]),
        (
            ["--without", "“peanut", "butter”", "--days", "3"],
            ["--without", "peanut butter", "--days", "3"],
        ),
        (["--put", "fri:dinner=„Pizza“"], ["--put", "fri:dinner=Pizza"]),
        (["--use", "«Reis»:300g"], ["--use", "Reis:300g"]),
        (["note", "„Oma“ war da"], ["note", "„Oma“ war da"]),  # quotes of a text
        (["--like", "“tofu", "--days", "3”"], ["--like", "“tofu", "--days", "3”"]),
    ],
)
def test_typographic_quotes_are_read_as_plain_ones(typed, meant):
    assert [*with_plain_quotes(typed)] == meant
