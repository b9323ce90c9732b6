"""Notes of one's own: on a dish, kept with it, or on the whole plan. They are only words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from planner.request.phrases import read_note
from planner.request.request import PlanRequest

WHOLE_PLAN = "plan"
"""What stands in the place of a dish where a note is on the whole plan."""


def note_on(notes: Mapping[str, str], *names: str) -> str:
    """Give the note on what has one of these names; empty where there is none."""
    wanted = {name.casefold() for name in names}
    return next((text for name, text in notes.items() if name.casefold() in wanted), "")


def with_note(request: PlanRequest, text: str, *names: str) -> PlanRequest:
    """Give a request with a note in place of those on what is called so; without it for no text.

    It is kept under the first of the names.

    Raises
    ------
    ConfigError
        As of ``read_note``.
    """
    wanted = {name.casefold() for name in names}
    notes = {one: note for one, note in request.week.notes.items() if one.casefold() not in wanted}
    if text.strip():
        notes[names[0]] = read_note(text)
    return replace(request, week=replace(request.week, notes=MappingProxyType(notes)))
