"""magplan: a week of real meals that meets a magnesium target, checked and with its gap stated.

The names of ``__all__`` are what a script builds on. Each is imported from its module when it is
first asked for, so that importing ``planner`` loads neither a solver nor a food table.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foods.embedded import read_embedded_foods
    from foods.supplement import find_supplement, read_supplements
    from planner.basket.bands import BasketFood, BasketTable, NutrientBand
    from planner.basket.show import as_text as basket_as_text
    from planner.basket.solve import solve_basket
    from planner.candidates.dish import read_embedded_dishes
    from planner.check.document import check_document
    from planner.check.judge import check_plan
    from planner.explain.report import Report
    from planner.explain.table_report import TableReport
    from planner.export.as_json import as_json
    from planner.export.as_text import as_text
    from planner.pipeline import plan_meals
    from planner.plan.document import read_plan_document
    from planner.request.eater import Eater, Guests
    from planner.request.override import TargetOverride
    from planner.request.preferences import FrequencyRule, Preferences
    from planner.request.profile import Profile
    from planner.request.read import read_request, write_request
    from planner.request.request import PlanRequest, SolveOptions, Water, WeekOptions, Weights
    from planner.targets.derive import TargetSet, derive_targets

__all__ = [
    "BasketFood",
    "BasketTable",
    "Eater",
    "FrequencyRule",
    "Guests",
    "NutrientBand",
    "PlanRequest",
    "Preferences",
    "Profile",
    "Report",
    "SolveOptions",
    "TableReport",
    "TargetOverride",
    "TargetSet",
    "Water",
    "WeekOptions",
    "Weights",
    "as_json",
    "as_text",
    "basket_as_text",
    "check_document",
    "check_plan",
    "derive_targets",
    "find_supplement",
    "plan_meals",
    "read_embedded_dishes",
    "read_embedded_foods",
    "read_plan_document",
    "read_request",
    "read_supplements",
    "solve_basket",
    "write_request",
]

_HOMES = {
    "foods.embedded": ("read_embedded_foods",),
    "foods.supplement": ("find_supplement", "read_supplements"),
    "planner.candidates.dish": ("read_embedded_dishes",),
    "planner.explain.table_report": ("TableReport",),
    "planner.explain.report": ("Report",),
    "planner.export.as_json": ("as_json",),
    "planner.export.as_text": ("as_text",),
    "planner.pipeline": ("plan_meals",),
    "planner.check.judge": ("check_plan",),
    "planner.check.document": ("check_document",),
    "planner.plan.document": ("read_plan_document",),
    "planner.basket.solve": ("solve_basket",),
    "planner.basket.bands": ("BasketFood", "BasketTable", "NutrientBand"),
    "planner.targets.derive": ("TargetSet", "derive_targets"),
    "planner.request.eater": ("Eater", "Guests"),
    "planner.request.override": ("TargetOverride",),
    "planner.request.preferences": ("FrequencyRule", "Preferences"),
    "planner.request.profile": ("Profile",),
    "planner.request.request": ("PlanRequest", "SolveOptions", "Water", "WeekOptions", "Weights"),
    "planner.request.read": ("read_request", "write_request"),
}
_MODULE_OF = {name: home for home, names in _HOMES.items() for name in names}
_RENAMED = {"basket_as_text": ("planner.basket.show", "as_text")}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, inner = _RENAMED.get(name) or (_MODULE_OF[name], name)
    value = getattr(import_module(home), inner)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what is there, imported or not."""
    return sorted({*globals(), *__all__})
