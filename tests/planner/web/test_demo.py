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

from planner.request.request import PlanRequest
from planner.web.asking import read_answers
from planner.web.fields import web_settings


def answers_soon(address):
    """Wait until it listens to more than the system does for it."""
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}x", timeout=60)


@pytest.mark.parametrize("form", web_settings()["demo"], ids=lambda form: form["name"])
def test_what_is_said_of_an_invented_person_is_understood(form):
    answers = read_answers(form)
    assert answers.faults == ()
    assert isinstance(answers.request, PlanRequest)


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
