"""What is paid at checkout, what becomes of it, and what a week costs in a kitchen that goes on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import Dish
from planner.export.figures import price_text
from planner.export.sums import budget_texts, kitchen_text, per_head_text
from planner.kitchen.errand import ShoppingList
from planner.kitchen.shopping import list_with_batch
from planner.kitchen.sold import SETTINGS
from planner.plan.plan import Plan
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.shops import as_told, in_its_shops, in_usd, named
from planner.wording import listed


@in_its_shops
def checkout_text(
    request: PlanRequest, plan: Plan, before: tuple[PlanRequest, Plan], dishes: tuple[Dish, ...]
) -> str:
    """Say what a plan costs at checkout now, and what the one before it did, each as asked for."""
    old, new = (
        list_with_batch(week, asked, foods, dishes).total_usd
        for asked, week in (before, (request, plan))
        for foods in [foods_at_hand(asked)]
    )
    return f"At checkout: {price_text(old)} before, {price_text(new)} now."


@in_its_shops
def till_text(shopping: ShoppingList) -> str:
    """Say what is paid, what becomes of it, and how a budget stands; rounded parts add up."""
    told = "{till} at checkout: {eaten} eaten in these days, {kept} kept for later, {lost} spoiled"
    usd = {"till": shopping.total_usd, "kept": shopping.kept_usd, "lost": shopping.lost_usd}
    till, kept, lost = (round(as_told(amount), 2) for amount in usd.values())
    usd["eaten"] = in_usd(round(till - kept - lost, 2))
    text = told.format(**{name: price_text(amount) for name, amount in usd.items()})
    days = "With what was at home, food for {price} is eaten."
    rule = read_settings(SETTINGS)["told"]
    is_more = shopping.days_usd > (1.0 + rule["at_home_share"]) * shopping.bought_eaten_usd
    head = [per_head_text(shopping)] if shopping.people >= rule["head_people"] else []
    own = [days.format(price=price_text(shopping.days_usd))] if is_more else []
    more = (*_week_texts(shopping), *_idle_prices(shopping), *budget_texts(shopping))
    return " ".join((f"{text}.", *head, *own, *more))


def _idle_prices(shopping: ShoppingList) -> Iterator[str]:
    """Say which prices of one's own change nothing, and what is bought in place of such a food."""
    for name, bought in shopping.priced.items():
        if not bought:
            told = "Your price of {food} changes nothing: none of it is bought."
            yield told.format(food=named(name))
        elif name not in bought:
            told = "Your price of {food} changes nothing: what is bought is {others}."
            others = listed([named(one) for one in bought])
            yield told.format(food=named(name), others=others)


def _week_texts(shopping: ShoppingList) -> Iterator[str]:
    """Say what each week pays, and apart from it what stocks a kitchen once."""
    weeks, usd = shopping.weeks_usd, shopping.stocked_week_usd
    if usd is None or not weeks:
        return
    if len(weeks) > 1:
        yield "By week: {prices}.".format(prices=", ".join(map(price_text, weeks)))
    yield kitchen_text(shopping)
    first, week = (round(as_told(amount), 2) for amount in (weeks[0], usd))
    if (more_usd := in_usd(round(first - week, 2))) > 0.0:
        yield f"The first shop is {price_text(more_usd)} more than that."
