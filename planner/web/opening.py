"""A week out of a file: a plan or a request as magplan wrote it, and the fields that ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from foods.errors import raise_collected
from foods.own_file import decode_own, parse_own_toml, read_kinds
from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document
from planner.errors import ConfigError, RefusedError
from planner.explain.table_report import TableReport
from planner.language.faults import fault
from planner.language.shops import shopping_in
from planner.language.spoken import ENGLISH, speaking
from planner.request.next_week import without_files
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.standards.ids import is_own_standard
from planner.table.faults import check_request
from planner.table.kept import report_kept
from planner.web.asking import asked_names
from planner.web.fields import written_field
from planner.web.settings import web_settings
from planner.wire.document import parse_plan_document


def read_week_file(content: bytes, where: str) -> tuple[PlanRequest, TableReport | None]:
    """Read plan.json, judged anew, or request.toml: what is asked for, and the week of a plan.

    Parameters
    ----------
    content
        Of the file.
    where
        How messages name it.

    Raises
    ------
    UserFacingError
        When it is neither of the two or has faults, needs other files, or a safety rule refuses.
    RefusedError
        When the plan does not pass its check; says why.
    """
    with speaking(ENGLISH):
        text = decode_own(content, where, ConfigError)
        if not text.lstrip().startswith("{"):
            if not text.strip():
                raise ConfigError("is empty", where)
            table = parse_own_toml(text, where, read_kinds()["request"]["remedy"], ConfigError)
            request = _alone(request_from_dict(table, where), where)
            check_request(request)
            return request, None
        document = parse_plan_document(text, where)
        document = replace(document, request=_alone(document.request, where))
        with shopping_in(document.request.shops):
            raise_collected(
                RefusedError,
                check_document(document, foods_at_hand(document.request)).as_one().faults,
                where,
            )
            return document.request, report_kept(document, where)


def _alone(request: PlanRequest, where: str) -> PlanRequest:
    """Forget earlier plans that are files; refuse what needs other files, which are not read here.

    Raises
    ------
    ConfigError
        When it names dishes, a standard or a diary of one's own.
    """
    if request.dish_folders or request.usual or is_own_standard(request.standard):
        raise fault(ConfigError, "needs_other_files", where)
    return without_files(request)


def answers_of(request: PlanRequest) -> Mapping[str, str]:
    """Return the fields of the start page that ask for a request, as far as they can say it."""
    table, asked = request_to_dict(request), web_settings()["ask"]["eater"]["fields"]
    first, *others = table["eaters"] or [{}]
    told = {
        name: written_field(name, first) or written_field(name, table) for name in asked_names()
    }
    told["name"] = first.get("name", "")
    for number, eater in enumerate(others, start=1):
        own = {name: written_field(name, eater) for name in asked}
        own["name"] = eater["name"]
        told |= {f"eater{number}.{name}": text for name, text in own.items()}
    return {name: text for name, text in told.items() if text}
