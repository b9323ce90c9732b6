"""Which wishes differ between two requests, and one request with a single wish of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.request.write import as_item

_WHOLE = ("profile", "eaters", "supplements")  # parts of these mean little without each other
_ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish in which two requests differ.

    Parameters
    ----------
    table, key
        Where it stands in a request file; the key is empty where the table differs as a whole.
    before, after
        What each says; ``None`` where it says nothing.
    """

    table: str
    key: str
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The place as a person would write it: ``"[week] days"``."""
        return f"[{self.table}] {self.key}".rstrip()


def wishes_between(before: PlanRequest, after: PlanRequest) -> tuple[Wish, ...]:
    """Name every wish in which two requests differ, in the order of the file."""
    return tuple(_differing(request_to_dict(before), request_to_dict(after)))


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Wish]:
    for table in dict.fromkeys((*old, *new)):
        one, other = old.get(table), new.get(table)
        if one == other:
            continue
        if table in _WHOLE or not isinstance(one, Mapping) or not isinstance(other, Mapping):
            yield Wish(table, "", one, other)
            continue
        for key in dict.fromkeys((*one, *other)):
            if one.get(key) != other.get(key):
                yield Wish(table, key, one.get(key), other.get(key))


def with_wish(request: PlanRequest, wish: Wish) -> PlanRequest:
    """Give a request in which one wish is what the other request says.

    Raises
    ------
    UserFacingError
        When that wish does not go together with the others.
    """
    table = deepcopy(request_to_dict(request))
    if not wish.key:
        table[wish.table] = wish.after
    elif wish.after is None:  # as where nothing is said
        table.get(wish.table, {}).pop(wish.key, None)
    else:
        table[wish.table] = {**table.get(wish.table, {}), wish.key: wish.after}
    return request_from_dict(table, wish.name)


def wish_text(value: Any) -> str:
    """Show what a request says of a wish, as in its file; ``"–"`` for nothing."""
    if isinstance(value, Mapping):
        value = {key: one for key, one in value.items() if one not in (None, [], {}, ())}
        value.pop(_ASSUMED, None)
    if value in (None, [], {}, ()):
        return "–"
    return as_item(value).as_string()
