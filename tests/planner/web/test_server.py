"""Where it listens, who is answered and within which limits, and a folder that vanishes."""

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
from planner.web.bench import HEADERS
from planner.web.fields import web_settings
from planner.web.server import serve
from tests.commands import ended
from tests.workbench import HOST, OWN, PORT, Visitor


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


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((host, 421) for host in ("evil.example", f"evil.example:{PORT}", "127.0.0.1:80", "")),
        (HOST + ".evil", 421), (f"localhost:{PORT}", 200), (f"[::1]:{PORT}", 200), (HOST, 200),
    ],
)  # fmt: skip
def test_a_name_that_is_not_this_machine_gets_no_page(visitor, host, status):
    cookie = f"{visitor.bench.cookie}={visitor.bench.key}"
    assert visitor.get("/", host=host, cookie=cookie).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"http://{HOST}", "sec-fetch-site": "cross-site"},
        {"origin": f"http://{HOST}", "sec-fetch-site": "same-site"},  # another port
        {"origin": f"http://127.0.0.1:{PORT + 1}", "sec-fetch-site": "same-origin"},
        {},
    ],
)
def test_a_form_of_another_site_does_nothing(visitor, headers):
    assert visitor.post("/sample", headers=headers).status_code == 403
    guessed = visitor.client.post("/sample", data={"token": "guessed"}, headers=OWN)
    assert guessed.status_code == 403
    assert list(visitor.bench.shelf) == []


def test_who_comes_without_the_key_sees_nothing(visitor):
    visitor.client.cookies.clear()
    for path in ("/", "/?key=guessed", "/static/workbench.js", "/week/x"):
        assert visitor.get(path).status_code == 403
    assert visitor.get(f"/?key={visitor.bench.key}").status_code == 303
    assert visitor.get("/").status_code == 200


def test_the_cookie_is_for_this_server_alone_and_no_script(visitor):
    given = visitor.get(f"/?key={visitor.bench.key}").headers["set-cookie"]
    assert given.startswith(f"magplan_{PORT}=")
    assert "HttpOnly" in given
    assert "SameSite=strict" in given


@pytest.mark.parametrize("path", ["/", "/week/none", "/nowhere", "/static/workbench.css"])
def test_each_answer_says_what_it_may_do(visitor, path):
    answer = visitor.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_too_much_is_not_read(visitor):
    assert visitor.post("/plan", name="x" * 300_000).status_code == 413
    chunks = (b"x" * 50_000 for _ in range(6))
    assert visitor.client.post("/plan", content=chunks, headers=OWN).status_code == 413
    fields = {f"field{number}": "" for number in range(500)}
    assert visitor.post("/plan", **fields).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(visitor, method):
    assert visitor.client.request(method, "/", headers=OWN).status_code == 405


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/week/../../etc"])
def test_no_path_leads_out(visitor, path):
    assert visitor.get(path).status_code in (404, 200)
    assert "Workbench" not in visitor.get(path).text


def test_a_fault_of_the_program_is_told_without_what_was_said(visitor, monkeypatch, capsys):
    def broken(_form):
        raise KeyError("a secret of somebody")

    monkeypatch.setattr("planner.web.start_pages.read_answers", broken)
    answer = visitor.post("/plan", name="Ann")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    told = capsys.readouterr()
    assert "KeyError" in told.err
    assert "secret" not in told.err + told.out
