"""What may be added has its price, what is taken already has none."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.beside import CHOSEN, TAKEN, beside_the_meals
from planner.candidates.priced import with_prices
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.intake import SupplementIntake

ASKED = PlanRequest(
    profile=Profile(age_y=40, egfr=95),
    supplements=(SupplementIntake("magnesium citrate", 100),),
    allow_supplements=True,
)


@pytest.fixture(name="prices", scope="module")
def _prices():
    beside = with_prices(beside_the_meals(ASKED, read_embedded_foods()))
    return {
        (one.source_id, one.traits.kind): [serving.cost_usd for serving in one.servings]
        for one in beside.candidates
    }


def test_a_dose_that_may_be_chosen_costs_by_its_amount(prices):
    # calcium carbonate: 0.05 USD for 500 mg, doses of 500 and 1000 mg
    assert prices["calcium_carbonate", CHOSEN] == pytest.approx([0.05, 0.10])


def test_what_is_taken_already_costs_nothing(prices):
    assert prices["trimagnesium_dicitrate_anhydrous", TAKEN] == [0.0]


def test_nothing_that_may_be_chosen_is_free(prices):
    assert all(min(costs) > 0 for (_, kind), costs in prices.items() if kind == CHOSEN)
