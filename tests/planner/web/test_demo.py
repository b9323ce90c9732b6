"""Invented people whose weeks are open from the start, and a folder that vanishes."""

import contextlib
import signal
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.request.request import PlanRequest
from planner.web.asking import read_answers
from planner.web.server import open_demo
from planner.web.settings import web_settings
from planner.wire.document import read_plan_document
from tests.workbench import Visitor


def answers_soon(address):
    """Wait until it listens to more than the system does for it."""
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}x", timeout=60)


@pytest.mark.parametrize("form", web_settings()["demo"], ids=lambda form: form["name"])
def test_what_is_said_of_an_invented_person_is_understood(form):
    answers = read_answers(form)
    assert answers.faults == ()
    assert isinstance(answers.request, PlanRequest)


def test_their_weeks_are_planned_and_written_for_the_commands(tmp_path, monkeypatch):
    short = [{**web_settings()["demo"][0], "days": "1", "name": "<i>Ruth</i>"}]
    settings = {**web_settings(), "demo": short}
    monkeypatch.setattr("planner.web.server.web_settings", lambda: settings)
    visitor = Visitor()
    open_demo(visitor.bench, tmp_path)
    assert "being planned" in visitor.get("/").text
    assert "&lt;i&gt;Ruth" in visitor.get("/").text
    (week,) = visitor.bench.shelf
    visitor.ended(f"/week/{week.week_id}")
    assert week.step.report.passed
    assert "being planned" not in visitor.get("/").text
    written = tmp_path / "1" / "plan.json"
    assert check_document(read_plan_document(written), read_embedded_foods()).passed
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_folder_vanishes_with_the_program(number):
    words = [sys.executable, "-m", "planner", "serve", "--port", "0", "--no-open", "--demo"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as one:
        address = one.stdout.readline().strip()
        folder = Path(one.stdout.readline().strip())
        assert folder.is_dir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        answers_soon(address)
        one.send_signal(number)
        one.communicate(timeout=60)
    assert not folder.exists()
