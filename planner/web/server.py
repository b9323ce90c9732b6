"""Serve the workbench on this machine, and nowhere else."""

from __future__ import annotations

import ipaddress
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import uvicorn

from planner.errors import ConfigError
from planner.language.faults import fault
from planner.web.app import make_app
from planner.web.bench import Workbench
from planner.web.demo import open_demo
from planner.web.settings import web_settings

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
    language: str,
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
    language
        The language that pages speak.
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
    bench = Workbench(listener.getsockname()[1], language)
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
