"""magplan: a week of real meals that meets a magnesium target, checked and with its gap stated.

The names of ``PUBLIC`` are what a script builds on. Each is imported from its module when it is
first asked for, so that importing ``planner`` loads neither a solver nor a food table.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foods.embedded import read_embedded_foods as read_embedded_foods
    from foods.embedded import read_lookup_foods as read_lookup_foods
    from foods.own_csv import lay_over as lay_over
    from foods.own_csv import read_food_csv as read_food_csv
    from foods.own_csv import read_food_frame as read_food_frame
    from foods.supplement import find_supplement as find_supplement
    from foods.supplement import read_supplements as read_supplements
    from planner.basket.read import read_basket as read_basket
    from planner.basket.show import basket_as_text as basket_as_text
    from planner.basket.solve import solve_basket as solve_basket
    from planner.basket.table import BasketFood as BasketFood
    from planner.basket.table import BasketTable as BasketTable
    from planner.basket.table import NutrientBand as NutrientBand
    from planner.candidates.dish import read_embedded_dishes as read_embedded_dishes
    from planner.check.document import check_document as check_document
    from planner.check.judge import check_plan as check_plan
    from planner.cohort.batch import Batch as Batch
    from planner.cohort.batch import Crew as Crew
    from planner.cohort.batch import run_batch as run_batch
    from planner.cohort.made_up import made_up_people as made_up_people
    from planner.cohort.plan import Cohort as Cohort
    from planner.cohort.plan import Member as Member
    from planner.cohort.plan import plan_cohort as plan_cohort
    from planner.cohort.read import read_each as read_each
    from planner.diary.analysis import analyse_diary as analyse_diary
    from planner.diary.read import read_diary as read_diary
    from planner.explain.table_report import TableReport as TableReport
    from planner.export.as_json import as_json as as_json
    from planner.export.printed import as_text as as_text
    from planner.kitchen.shopping import list_shopping as list_shopping
    from planner.pipeline import plan_meals as plan_meals
    from planner.request.eater import Eater as Eater
    from planner.request.eater import Guests as Guests
    from planner.request.next_week import request_after as request_after
    from planner.request.override import TargetOverride as TargetOverride
    from planner.request.phrases import FrequencyRule as FrequencyRule
    from planner.request.preferences import Preferences as Preferences
    from planner.request.profile import Profile as Profile
    from planner.request.read import read_request as read_request
    from planner.request.read import write_request as write_request
    from planner.request.request import PlanRequest as PlanRequest
    from planner.request.request import SolveOptions as SolveOptions
    from planner.request.request import Water as Water
    from planner.request.request import WeekOptions as WeekOptions
    from planner.request.request import Weights as Weights
    from planner.sweep.run import run_sweep as run_sweep
    from planner.sweep.way import Axis as Axis
    from planner.sweep.way import SweepWay as SweepWay
    from planner.targets.derive import TargetSet as TargetSet
    from planner.targets.derive import derive_targets as derive_targets
    from planner.wire.document import read_plan_document as read_plan_document

PUBLIC = {
    "Axis": "planner.sweep.way",
    "BasketFood": "planner.basket.table",
    "BasketTable": "planner.basket.table",
    "Batch": "planner.cohort.batch",
    "Cohort": "planner.cohort.plan",
    "Crew": "planner.cohort.batch",
    "Eater": "planner.request.eater",
    "FrequencyRule": "planner.request.phrases",
    "Guests": "planner.request.eater",
    "Member": "planner.cohort.plan",
    "NutrientBand": "planner.basket.table",
    "PlanRequest": "planner.request.request",
    "Preferences": "planner.request.preferences",
    "Profile": "planner.request.profile",
    "SolveOptions": "planner.request.request",
    "SweepWay": "planner.sweep.way",
    "TableReport": "planner.explain.table_report",
    "TargetOverride": "planner.request.override",
    "TargetSet": "planner.targets.derive",
    "Water": "planner.request.request",
    "WeekOptions": "planner.request.request",
    "Weights": "planner.request.request",
    "analyse_diary": "planner.diary.analysis",
    "as_json": "planner.export.as_json",
    "as_text": "planner.export.printed",
    "basket_as_text": "planner.basket.show",
    "check_document": "planner.check.document",
    "check_plan": "planner.check.judge",
    "derive_targets": "planner.targets.derive",
    "find_supplement": "foods.supplement",
    "lay_over": "foods.own_csv",
    "list_shopping": "planner.kitchen.shopping",
    "made_up_people": "planner.cohort.made_up",
    "plan_cohort": "planner.cohort.plan",
    "plan_meals": "planner.pipeline",
    "read_basket": "planner.basket.read",
    "read_diary": "planner.diary.read",
    "read_each": "planner.cohort.read",
    "read_embedded_dishes": "planner.candidates.dish",
    "read_embedded_foods": "foods.embedded",
    "read_food_csv": "foods.own_csv",
    "read_food_frame": "foods.own_csv",
    "read_lookup_foods": "foods.embedded",
    "read_plan_document": "planner.wire.document",
    "read_request": "planner.request.read",
    "read_supplements": "foods.supplement",
    "request_after": "planner.request.next_week",
    "run_batch": "planner.cohort.batch",
    "solve_basket": "planner.basket.solve",
    "run_sweep": "planner.sweep.run",
    "write_request": "planner.request.read",
}

__all__ = list(PUBLIC)


def _find_neighbors() -> None:
    """Make ``foods`` and ``configs`` be ours: an installed planner holds them in ``beside``."""
    home = Path(__file__).parents[1]
    inside = Path(__file__).parent / "beside"
    if inside.is_dir():
        home = inside
        sys.path.insert(0, str(inside))
    for name in ("foods", "configs"):
        found = find_spec(name)
        origin = Path(found.origin or "") if found else Path()
        if origin.parent != home / name:
            raise ImportError(
                f"magplan needs its own package {name!r}, and Python finds {origin} first: "
                "import planner before it, or install magplan into an environment of its own"
            )


_find_neighbors()


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what is there, imported or not."""
    return sorted({*globals(), *__all__})
