"""Who takes what: the programs that a week is handed over to, each with its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from planner.handover.bring import as_bring
from planner.handover.cooked import Handed
from planner.handover.cooklang import as_cooklang
from planner.handover.grocy import as_grocy
from planner.handover.json_ld import as_mealie
from planner.handover.kitchenowl import as_kitchenowl
from planner.handover.tandoor import as_tandoor
from planner.handover.todo_txt import as_todo_txt

TAKERS: Mapping[str, Callable[[Handed], Mapping[str, str] | Mapping[str, bytes]]] = (
    MappingProxyType(
        {
            "mealie": as_mealie,
            "tandoor": as_tandoor,
            "kitchenowl": as_kitchenowl,
            "grocy": as_grocy,
            "cooklang": as_cooklang,
            "bring": as_bring,
            "todo.txt": as_todo_txt,
        }
    )
)
