"""What a plan says of itself."""

from dataclasses import replace

from tests.reports import make_plan


def test_meals_stand_in_the_order_of_a_day_whichever_its_first_day_misses():
    plan = make_plan(2)
    first = replace(plan.days[0], meals=tuple(m for m in plan.days[0].meals if m.slot != "lunch"))
    assert replace(plan, days=(first, plan.days[1])).slots == plan.slots
    assert plan.slots == ("breakfast", "lunch", "dinner", "snack")
