"""Flags of a change to a plan of several: for all, or for the eaters that ``--eater`` names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from foods.errors import raise_collected
from planner.cli.options import given_flags, with_pantry
from planner.errors import ConfigError
from planner.request.lay_over import lay_over, lay_over_eater
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.request.tables import WISHES
from planner.request.wish import BODY, ONE

_WHOSE = {one.name: one.flag.whose for one in WISHES}


def change_table(
    request: PlanRequest, where: str, names: Sequence[str], flags: Mapping[str, Any]
) -> PlanRequest:
    """Give the request of several eaters with flags laid over it, or over some of its eaters.

    Parameters
    ----------
    request, where
        The request, and what it is called in messages.
    names
        Whose flags they are, as they stand at the table; empty: everybody's.
    flags
        As of ``planner.cli.options.build_request``.

    Raises
    ------
    UserFacingError
        When a flag is about a body and nobody is named; else as
        ``planner.cli.options.change_request``.
    """
    given = given_flags(flags)
    known = ", ".join(eater.name for eater in request.eaters)
    told = "{flag}: whose? — say it with --eater, one of {names}"
    of_body = [] if names else [one for one in given if _WHOSE.get(one) == BODY]
    faults = [told.format(flag=f"--{one.replace('_', '-')}", names=known) for one in of_body]
    raise_collected(ConfigError, faults, "command line")
    if names and "put" in given:
        puts = given["put"]
        given["put"] = tuple(
            one if one.eater else replace(one, eater=name) for one in puts for name in names
        )
    own = {key: value for key, value in given.items() if names and _WHOSE.get(key) in (BODY, ONE)}
    common = {key: value for key, value in given.items() if key not in own}
    table = lay_over(request_to_dict(request), common)
    table["eaters"] = [
        lay_over_eater(one, own) if one["name"] in names else one for one in table["eaters"]
    ]
    return with_pantry(request_from_dict(table, where), given.get("pantry"))
