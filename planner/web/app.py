"""The application: all pages, guarded."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from planner.web.bench import Workbench
from planner.web.curve_pages import CurvePages
from planner.web.diary_pages import DiaryPages
from planner.web.guard import Guard
from planner.web.kitchen_pages import KitchenPages
from planner.web.next_pages import NextPages
from planner.web.settings import web_settings
from planner.web.start_pages import OPEN, StartPages
from planner.web.templating import script_text, style_text
from planner.web.tuning_pages import TuningPages
from planner.web.week_pages import WeekPages

PAGES = (StartPages, DiaryPages, WeekPages, KitchenPages, TuningPages, CurvePages, NextPages)


def make_app(bench: Workbench) -> ASGIApp:
    """Return what answers a browser."""

    async def style(_request: Request) -> Response:
        return Response(style_text(bench.language), media_type="text/css")

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
