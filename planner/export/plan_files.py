"""The files that a plan is kept in: itself, its request, its shopping list."""

from __future__ import annotations

from pathlib import Path

from planner.explain.table_report import TableReport
from planner.export.as_json import as_json
from planner.export.plan_names import PLAN_FILE, REQUEST_FILE, SHOPPING_FILE
from planner.export.shopping import shopping_as_csv
from planner.language.spoken import ENGLISH, speaking
from planner.request.edit import edit_request
from planner.request.read import write_request


@speaking(ENGLISH)
def plan_files(report: TableReport, request_path: Path | None = None) -> dict[str, str]:
    """Give file name → text of a report with a plan; its request as in its own file, if any."""
    asked = report.request
    return {
        PLAN_FILE: f"{as_json(report)}\n",
        REQUEST_FILE: edit_request(request_path, asked) if request_path else write_request(asked),
        SHOPPING_FILE: shopping_as_csv(report.shopping),
    }
