"""Little change over all days of a plan, written as rows of one week, against its own words."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.model.clinical import Spread

AMOUNTS = st.lists(st.floats(50.0, 150.0), min_size=1, max_size=7)
OTHERS = st.lists(st.floats(50.0, 150.0), max_size=21).map(tuple)
MARGIN = 1e-6  # float sums; cases on the edge itself say nothing


def holds(spread, amounts):
    rows = spread.rows(len(amounts))
    return all(float(factors @ np.array(amounts)) <= limit for _, factors, limit in rows)


@given(amounts=AMOUNTS, others=OTHERS, share=st.floats(0.05, 0.6))
def test_rows_of_a_share_hold_just_where_every_day_lies_near_the_mean_of_all(
    amounts, others, share
):
    every = [*amounts, *others]
    mean = sum(every) / len(every)
    furthest = max(abs(one - mean) for one in every)
    assume(abs(furthest - share * mean) > MARGIN)
    spread = Spread("daily_spread", "x", np.ones(1), share, 0.0, others=others)
    assert holds(spread, amounts) == (furthest < share * mean)


@given(amounts=AMOUNTS, others=OTHERS, most=st.floats(5.0, 100.0))
def test_rows_of_a_difference_let_no_two_days_be_further_apart(amounts, others, most):
    assume(not others or max(others) - min(others) <= most)
    spread = Spread("meal_carbohydrate", "x", np.ones(1), 0.0, most, others=others)
    every = [*amounts, *others]
    if holds(spread, amounts):
        assert max(every) - min(every) <= most + MARGIN
    if max(every) - min(every) <= most / 2 - MARGIN:
        assert holds(spread, amounts)


@given(amounts=AMOUNTS, parts=st.lists(st.sampled_from((0.0, 0.5, 1.0)), min_size=7, max_size=7))
def test_days_that_are_partly_planned_are_scaled_up_and_others_left_out(amounts, parts):
    own = tuple(parts[: len(amounts)])
    whole = [one / part for one, part in zip(amounts, own, strict=True) if part]
    spread = Spread("daily_spread", "x", np.ones(1), 0.25, 0.0, own)
    mean = sum(whole) / len(whole) if whole else 0.0
    furthest = max((abs(one - mean) for one in whole), default=0.0)
    assume(not whole or abs(furthest - 0.25 * mean) > MARGIN)
    assert holds(spread, amounts) == (furthest <= 0.25 * mean)
