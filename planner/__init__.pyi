"""What a script builds on: each name with the module that it stands in."""

from foods.embedded import read_embedded_foods as read_embedded_foods
from foods.embedded import read_lookup_foods as read_lookup_foods
from foods.own_csv import lay_over as lay_over
from foods.own_csv import read_food_csv as read_food_csv
from foods.own_csv import read_food_frame as read_food_frame
from foods.supplement import find_supplement as find_supplement
from foods.supplement import read_supplements as read_supplements
from planner.basket.bands import BasketFood as BasketFood
from planner.basket.bands import BasketTable as BasketTable
from planner.basket.bands import NutrientBand as NutrientBand
from planner.basket.read import read_basket as read_basket
from planner.basket.show import basket_as_text as basket_as_text
from planner.basket.solve import solve_basket as solve_basket
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

__all__: list[str]
PUBLIC: dict[str, str]
