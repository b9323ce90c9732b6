"""Where it listens, and what is said of it."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from planner.errors import ConfigError
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
