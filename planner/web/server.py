"""Serve the workbench on this machine, and nowhere else: all pages, guarded; invented people."""

from __future__ import annotations

import ipaddress
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from planner.errors import ConfigError
from planner.export.files import write_files
from planner.faults import fault
from planner.plan.stop import go_on
from planner.request.read import write_request
from planner.request.request import PlanRequest
from planner.shops import NEUTRAL, shopping_in
from planner.table.session import EditReport
from planner.web.asking import names_in, read_answers
from planner.web.bench import Guard, WeekChange, Workbench
from planner.web.fields import script_text, style_text, web_settings
from planner.web.start_pages import OPEN, PLANNING, DiaryPages, StartPages
from planner.web.tuning import CurvePages, TuningPages
from planner.web.week_pages import KitchenPages, NextPages, WeekPages
from planner.web.weeks import WeekStep, planned

LOOPBACK = "127.0.0.1"


def check_host(host: str) -> None:
    """Refuse to listen where others could ask.

    Raises
    ------
    ConfigError
        When the address is not that of this machine for itself.
    """
    try:
        is_own = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_own = False
    if not is_own:
        raise fault(ConfigError, "reached_by_others", "--host", host=host)


def serve(
    port: int,
    *,
    opens: bool,
    tell: Callable[[str], object],
    with_demo: bool = False,
) -> None:
    """Serve the page until Ctrl-C.

    Parameters
    ----------
    port
        Port to listen to; 0 takes one that is free.
    opens
        Whether a browser is opened.
    tell
        Takes the address, with its key, once it can be asked; and the folder of a demonstration.
    with_demo
        Whether three invented people have their weeks open, and a folder that vanishes.

    Raises
    ------
    ConfigError
        When the port is taken.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError:
        raise fault(ConfigError, "port_taken", "--port", port=port) from None
    listener.listen()
    bench = Workbench(listener.getsockname()[1])
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _leave)
    tell(bench.address)
    with TemporaryDirectory(prefix="magplan-demo-", ignore_cleanup_errors=True) as folder:
        if with_demo:
            tell(folder)
            open_demo(bench, Path(folder))
        if opens:
            webbrowser.open(bench.address)
        try:
            _run(listener, bench)
        finally:
            bench.desk.close()  # so that nothing is written into a folder that vanishes


def _leave(_number: int, _frame: object) -> NoReturn:
    """End so that what vanishes with the program does."""
    raise SystemExit


def _run(listener: socket.socket, bench: Workbench) -> None:
    settings = web_settings()["server"]
    config = uvicorn.Config(
        make_app(bench),
        log_config=None,  # nothing of what is asked is written anywhere
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=settings["keep_alive_s"],
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run(sockets=[listener])


PLAN, REQUEST = "plan.json", "request.toml"


def open_demo(bench: Workbench, folder: Path) -> None:
    """Open the weeks of the invented people; each is planned when its turn comes.

    Parameters
    ----------
    bench
        The workbench.
    folder
        Takes the plan and request of each, in a folder of its own, for the commands.
    """
    for number, form in enumerate(web_settings()["demo"], start=1):
        answers = read_answers(form)
        assert answers.request is not None
        week = bench.shelf.open(names_in(form), answers.request, form)
        again = partial(_planned, answers.request, folder / str(number))
        bench.change(week, WeekChange(PLANNING, again, dict(form), answers.readings))


def _planned(request: PlanRequest, folder: Path, accept: int | None) -> EditReport:
    """Plan a week, and write what the commands take."""
    result = planned(request, None, accept)
    go_on()  # the program has not ended
    if result.report.passed:
        with shopping_in(NEUTRAL):
            text = WeekStep(result.report, "", {}).text
            write_files(folder, {PLAN: text, REQUEST: write_request(result.report.request)})
    return result


PAGES = (StartPages, DiaryPages, WeekPages, KitchenPages, TuningPages, CurvePages, NextPages)


def make_app(bench: Workbench) -> ASGIApp:
    """Return what answers a browser."""

    async def style(_request: Request) -> Response:
        return Response(style_text(), media_type="text/css")

    async def script(_request: Request) -> Response:
        return Response(script_text(), media_type="text/javascript")

    async def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return bench.page("not_so.html", error.status_code, week=None, text=error.detail, back="/")

    routes = [
        *(route for pages in PAGES for route in pages(bench).routes()),
        Route("/static/workbench.css", style),
        Route("/static/workbench.js", script),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: refused})
    limits = web_settings()["limits"]
    return Guard(app, bench, limits["body_bytes"], {OPEN: limits["file_bytes"]})
