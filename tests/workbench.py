"""The workbench as tests ask it: in this process, or on a port of its own for a browser."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn
from starlette.testclient import TestClient

from planner.web.bench import Workbench
from planner.web.server import make_app
from planner.web.weeks import WeekStep

PORT = 8017
HOST = f"127.0.0.1:{PORT}"
OWN = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}


class Visitor:
    """A browser that came with the key."""

    def __init__(self):
        self.bench = Workbench(PORT)
        self.client = TestClient(
            make_app(self.bench), f"http://{HOST}", follow_redirects=False,
            raise_server_exceptions=False,
        )  # fmt: skip
        self.client.get(f"/?key={self.bench.key}")

    def get(self, path, **headers):
        return self.client.get(path, headers=headers)

    def post(self, path, headers=OWN, **fields):
        form = {"token": self.bench.secret, **fields}
        return self.client.post(path, data=form, headers=headers)

    def ended(self, path, within_s=300):
        """Wait until nothing is being worked on for a week, and give its page."""
        job = self.bench.desk.of(path.split("/")[2])
        until = time.monotonic() + within_s
        while job and job.is_open and time.monotonic() < until:
            time.sleep(0.05)
        assert not (job and job.is_open)
        return self.get(path)


@contextmanager
def serving():
    """Serve a workbench for a browser; gives it."""
    config = uvicorn.Config(None, log_config=None, lifespan="off", ws="none", port=0)
    listener = _listener()
    bench = Workbench(listener.getsockname()[1])
    config.app = make_app(bench)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield bench
    finally:
        server.should_exit = True
        thread.join(10)


def opened(bench, report, answers, name="Ann"):
    """Open a week that is planned already; gives it."""
    week = bench.shelf.open(name, report.request, answers)
    week.add(WeekStep(report, "", answers))
    return week


def _listener():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener
