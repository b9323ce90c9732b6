"""``magplan plan``: what it prints and writes, how far it tells of itself, and how it ends."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.cli.ends import with_plain_quotes
from planner.errors import ExportError
from planner.request.read import read_request
from tests.one_eater import of_one
from tests.reports import make_refusal, make_report
from tests.rows import rows


@pytest.fixture
def answer(monkeypatch):
    """Answer every request with a report made by hand."""
    answers = {"report": make_report()}
    monkeypatch.setattr("planner.pipeline.plan_meals", lambda request: of_one(answers["report"]))
    return answers


def run(*args):
    """Run ``magplan plan …``; errors a person can mend come out as raised."""
    result = CliRunner().invoke(cli, ["plan", *map(str, args)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_plan_is_printed_in_short_or_in_full_and_ends_with_0(answer):
    short, whole = run(), run("--full")
    assert (short.exit_code, short.stderr) == (0, "")
    assert short.stdout.startswith("Planned for a sample person")
    assert ["\nNotes\n" in result.stdout for result in (short, whole)] == [False, True]


def test_no_plan_ends_with_3_and_writes_nothing(answer, tmp_path):
    answer["report"] = make_refusal()
    result = run("--out", tmp_path / "week")
    assert result.exit_code == 3
    assert result.stdout.startswith("No plan")
    assert not (tmp_path / "week").exists()


def test_a_folder_gets_plan_request_and_shopping_list(answer, tmp_path):
    result = run("--out", tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"plan.json", "request.toml", "shopping.csv"}
    assert read_request(tmp_path / "request.toml") == answer["report"].request
    assert "wrote plan.json" in result.stderr
    assert "wrote" not in result.stdout


def test_a_foreign_file_stops_before_planning(tmp_path, monkeypatch):
    monkeypatch.setattr("planner.pipeline.plan_meals", lambda request: pytest.fail("planned"))
    (tmp_path / "plan.json").write_text("{}")
    with pytest.raises(ExportError, match=r"plan\.json there was not written by magplan"):
        run("--out", tmp_path)


def test_the_plan_of_somebody_else_is_asked_about(answer, tmp_path, monkeypatch):
    report = answer["report"]
    asked = replace(report.request, assumed=())
    answer["report"] = replace(report, request=asked)
    run("--out", tmp_path)
    run("--sex", asked.profile.sex, "--age", asked.profile.age_y, "--out", tmp_path)
    monkeypatch.setattr("planner.pipeline.plan_meals", lambda request: pytest.fail("planned"))
    with pytest.raises(ExportError, match=r"the plan there is for .*--force to write over it"):
        run("--sex", "m", "--age", 71, "--out", tmp_path)


@pytest.mark.parametrize("args", [[], ["--json"]])
def test_a_plan_stopped_too_early_ends_with_130_and_says_so(monkeypatch, args):
    def stopped(request):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.pipeline.plan_meals", stopped)
    result = CliRunner().invoke(cli, ["plan", *args])
    assert result.exit_code == 130
    assert "stopped before a first week was found" in result.stderr
    if args:
        assert json.loads(result.stdout)["status"] == "no_plan_in_time"


# A run in the background may ignore Ctrl-C, and what it starts would too.
HEARING = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
HEARING += "runpy.run_module('planner', run_name='__main__', alter_sys=True)"
LONG = ["plan", "--sex", "m", "--age", "40", "--effort", "thorough", "--days", "28"]


def test_ctrl_c_at_any_moment_ends_with_130():
    running = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-c", HEARING, *LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(3.0)
    started = time.perf_counter()
    running.send_signal(signal.SIGINT)
    said, told = running.communicate(timeout=60)
    assert time.perf_counter() - started < 30
    assert "Traceback" not in told
    assert (running.returncode, said) == (130, ""), told
    assert told.strip().startswith("magplan: stopped")


def test_ctrl_c_once_all_is_done_changes_no_exit_code():
    code = "import atexit, os, signal, sys; "
    code += "signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "atexit.register(os.kill, os.getpid(), signal.SIGINT); "
    code += "from planner.cli import main; sys.argv[1:] = ['--version']; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("after_s", [0.0, 0.4])
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


@pytest.mark.parametrize(
    ("where", "told"), [("/dev/full", "No space left on device"), ("&-", "it is closed")]
)
def test_a_standard_output_that_takes_nothing_is_one_line(where, told):
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m planner foods search kale >{where}"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, f"magplan: standard output: {told}\n")


@rows(__file__, "typographic_quotes_are_read_as")
def test_typographic_quotes_are_read_as_plain_ones(typed, meant):
    assert [*with_plain_quotes(typed)] == meant
