"""Where it listens, what is said of it, and a folder of invented people that vanishes."""

import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from planner.errors import ConfigError
from planner.request.request import PlanRequest
from planner.web.asking import read_answers
from planner.web.fields import web_settings
from planner.web.server import serve
from tests.commands import ended


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])
def test_an_address_that_others_reach_is_refused_with_the_reason(host):
    code, out, err = ended("serve", "--host", host)
    assert (code, out) == (1, "")
    assert "can be reached from other machines" in err
    assert "no accounts" in err


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match="is taken"):
            serve(taken.getsockname()[1], opens=False, tell=print)


def test_it_serves_until_ctrl_c_and_writes_nothing_of_what_is_asked():
    words = [sys.executable, "-m", "planner", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as one:
        address = one.stdout.readline().strip()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"{address}x")
        one.send_signal(signal.SIGINT)
        out, err = one.communicate(timeout=20)
    assert address.startswith("http://127.0.0.1:")
    assert (out, err.strip()) == ("", "magplan: stopped")


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
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"{address}x", timeout=60)  # it listens
        one.send_signal(number)
        one.communicate(timeout=60)
    assert not folder.exists()
