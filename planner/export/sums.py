"""What a shopping list comes to, in words: at checkout, in a stocked kitchen, a head, a budget."""

from __future__ import annotations

from collections.abc import Iterator

from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import Dish
from planner.export.figures import price_text
from planner.kitchen.errand import ShoppingList
from planner.kitchen.shopping import PHARMACY, list_with_batch
from planner.kitchen.sold import SETTINGS
from planner.plan.plan import Plan
from planner.request.days import DAYS_PER_WEEK
from planner.request.preferences import EATEN as JUST_EATEN
from planner.request.preferences import KITCHEN
from planner.request.request import USUAL, PlanRequest
from planner.settings import read_settings
from planner.shops import as_told, in_its_shops, in_usd, money_of, named, price_as, shops
from planner.wording import listed

PEOPLE_AND_GUESTS = (
    "{people} people and {guests} guests at each meal: {price} a head at checkout, each counted as "
    "one."
)
TILL = "At checkout: {price} in usual packages at usual prices ({basis})."
TILL_WITH_PILLS = (
    "At checkout, supplements that the plan adds included: {price} in usual packages at usual "
    "prices ({basis})."
)
USUAL_HOME = "What most kitchens have is taken to be at home; with nothing at home it is {price}."
PANTRY_HOME = "What your pantry has is taken to be at home; with nothing at home it is {price}."
ABOVE = "The budget is {budget}; checkout is {price} above it."
BELOW = "The budget is {budget}; checkout is {price} below it."
ABOVE_EATEN = "The budget of {budget} counts what is eaten or frozen; checkout is {price} above it."
BELOW_EATEN = "The budget of {budget} counts what is eaten or frozen; checkout is {price} below it."
ABOVE_KITCHEN = (
    "The budget of {budget} counts what is eaten, staples too, or spoils; that is {price} above it."
)
BELOW_KITCHEN = (
    "The budget of {budget} counts what is eaten, staples too, or spoils; that is {price} below it."
)


@in_its_shops
def total_text(shopping: ShoppingList) -> str:
    """Describe what the till says, and what it would say with nothing at home."""
    has_pills = any(line.aisle == PHARMACY for line in shopping.lines)
    till = TILL_WITH_PILLS if has_pills else TILL
    texts = [till.format(price=price_text(shopping.total_usd), basis=_basis(shopping))]
    if any(line.home_g for line in shopping.lines):
        home = USUAL_HOME if shopping.cupboard == USUAL else PANTRY_HOME
        texts.append(home.format(price=price_text(shopping.empty_usd)))
    texts += [kitchen_text(shopping), *budget_texts(shopping)]
    unpriced = sum(line.price_usd is None for line in shopping.lines)
    texts += [f"{unpriced} without a price."] if unpriced else []
    return " ".join(filter(None, texts))


@in_its_shops
def kitchen_text(shopping: ShoppingList) -> str:
    """Describe what a week costs in a kitchen that goes on, and what of it spoils."""
    if (usd := shopping.stocked_week_usd) is None:
        return ""
    lost_usd = shopping.lost_usd * DAYS_PER_WEEK / len(shopping.days)
    told = "In a stocked kitchen such a week costs {price}, {lost} of it spoiled."
    return told.format(price=price_text(usd), lost=price_text(lost_usd))


@in_its_shops
def per_head_text(shopping: ShoppingList) -> str:
    """Describe what each of those who eat pays at checkout."""
    coming = {count for _day, _slot, count in shopping.guests}
    meals = sum(len(day.meals) for day in shopping.days)
    if len(coming) == 1 and len(shopping.guests) == meals:  # heads that are there all the time
        (guests,), told = coming, PEOPLE_AND_GUESTS
        price = price_text(shopping.total_usd / (shopping.people + guests))
        return told.format(people=shopping.people, guests=guests, price=price)
    price = price_text(shopping.total_usd / shopping.people)
    told = "{people} people: {price} a head at checkout."
    if shopping.guests:
        told = "{people} people: {price} a head at checkout, what their guests eat included."
    return told.format(people=shopping.people, price=price)


def _basis(shopping: ShoppingList) -> str:
    """Describe whose prices these are, and at which exchange rate they are shown."""
    money = money_of(shops())
    if money["currency"] == shopping.currency:
        pattern = "{currency} of {year}"
    else:
        pattern = "US prices of {year} at {rate} {currency} to the dollar"
    rate = f"{money['per_usd']:g}"
    return pattern.format(currency=money["currency"], year=shopping.year, rate=rate)


def budget_texts(shopping: ShoppingList) -> Iterator[str]:
    """Yield how far a list is above or below its budget, if it has one."""
    if (budget_usd := shopping.budget_usd) is None:
        return
    if shopping.budget_counts == KITCHEN:
        over_usd, (above, below) = shopping.going_usd - budget_usd, (ABOVE_KITCHEN, BELOW_KITCHEN)
    else:
        over_usd = shopping.total_usd - budget_usd
        is_eaten = shopping.budget_counts == JUST_EATEN
        above, below = (ABOVE_EATEN, BELOW_EATEN) if is_eaten else (ABOVE, BELOW)
    pattern = above if over_usd > 0 else below
    yield pattern.format(budget=price_text(budget_usd), price=price_text(abs(over_usd)))


@in_its_shops
def checkout_text(
    request: PlanRequest, plan: Plan, before: tuple[PlanRequest, Plan], dishes: tuple[Dish, ...]
) -> str:
    """Describe what a plan and the one before it cost at checkout, each for its own request."""
    old, new = (
        list_with_batch(week, asked, foods, dishes).total_usd
        for asked, week in (before, (request, plan))
        for foods in [foods_at_hand(asked)]
    )
    return f"At checkout: {price_text(old)} before, {price_text(new)} now."


@in_its_shops
def first_shop_text(shopping: ShoppingList) -> str:
    """Describe what is paid first, and in the weeks of a kitchen that goes on."""
    first_usd, *later_usd = shopping.weeks_usd or (shopping.total_usd,)
    text = f"First shop {price_text(first_usd)}"
    if later_usd:
        text = "By week: {prices}".format(prices=", ".join(map(price_text, shopping.weeks_usd)))
    if (week_usd := shopping.stocked_week_usd) is not None:
        text += f"; later weeks about {price_as(week_usd, 0)}"
    head = (
        [per_head_text(shopping)]
        if shopping.people >= read_settings(SETTINGS)["told"]["head_people"]
        else []
    )
    return " ".join((f"{text}.", *head, *_idle_prices(shopping), *budget_texts(shopping)))


@in_its_shops
def till_text(shopping: ShoppingList) -> str:
    """Describe what is paid, what becomes of it, and how a budget stands; rounded parts add up."""
    told = "{till} at checkout: {eaten} eaten in these days, {kept} kept for later, {lost} spoiled"
    usd = {"till": shopping.total_usd, "kept": shopping.kept_usd, "lost": shopping.lost_usd}
    till, kept, lost = (round(as_told(amount), 2) for amount in usd.values())
    usd["eaten"] = in_usd(round(till - kept - lost, 2))
    text = told.format(**{name: price_text(amount) for name, amount in usd.items()})
    days = "With what was at home, food for {price} is eaten."
    rule = read_settings(SETTINGS)["told"]
    is_more = shopping.days_usd > (1.0 + rule["at_home_share"]) * shopping.bought_eaten_usd
    own = [days.format(price=price_text(shopping.days_usd))] if is_more else []
    return " ".join((f"{text}.", *own, first_shop_text(shopping)))


def _idle_prices(shopping: ShoppingList) -> Iterator[str]:
    """Yield the user's own prices that change nothing, and what is bought instead of that food."""
    for name, bought in shopping.priced.items():
        if not bought:
            told = "Your price of {food} changes nothing: none of it is bought."
            yield told.format(food=named(name))
        elif name not in bought:
            told = "Your price of {food} changes nothing: what is bought is {others}."
            others = listed([named(other) for other in bought])
            yield told.format(food=named(name), others=others)
