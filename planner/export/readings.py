"""What was said of body, medicines, food to leave out and dishes, as understood."""

from __future__ import annotations

from collections.abc import Sequence

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.readings import WishReading, read_left_out, read_puts
from planner.export.documents import WeekDocument
from planner.language.names import named
from planner.language.spoken import _, capital, mark, ngettext, spoken
from planner.plan.own_shop import own_packages, usd_per_g
from planner.request.request import PlanRequest
from planner.safety.patient import readings_of
from planner.wire.told import WrittenReading

UNDERSTOOD = mark("Understood: {readings}.")
MORE = mark(" (more with --full).")
_LONG = 240  # letters of a paragraph


def reading_texts(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish], beside: Sequence[str] = ()
) -> list[str]:
    """Give how each condition, medicine, name that is left out and dish put was understood.

    Those of ``beside`` are said elsewhere.
    """
    told: list[str] = [f"{spoken(one.text)}." for one in readings_of(request.patient)]
    told += [spoken(one.sentence) for one in read_left_out(request, foods, dishes)]
    told += [*_meant(request, foods, dishes), *_of_own_shop(request, foods)]
    return [text for text in told if text not in beside]


def short_readings(own: WeekDocument, unmet: Sequence[str] = ()) -> str:
    """Return the readings of one eater in a paragraph: in full, or short where that is long.

    What is said of the body, and why a wish is not met, is never shortened.
    """
    readings = read_left_out(own.request, own.foods, own.dishes)
    known = "; ".join(spoken(one.text) for one in readings_of(own.request.patient))
    person = [_(UNDERSTOOD).format(readings=known)] if known else []
    person += [*map(spoken, unmet), *_meant(own.request, own.foods, own.dishes)]
    person += _of_own_shop(own.request, own.foods)
    full = " ".join(spoken(one.sentence) for one in readings)
    return " ".join([*person, full if len(full) <= _LONG else _short(readings)]).strip()


def written_readings(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> list[WrittenReading]:
    """Return what was said and how it was understood, as it is written."""
    puts = dict(read_puts(request, foods, dishes)).items()
    return [
        *(WrittenReading.of(one) for one in readings_of(request.patient)),
        *(WrittenReading(said=word, understood=meaning) for word, meaning in puts),
        *(
            WrittenReading.of(one, stays=one.stays or None, leaves_out=one.foods)
            for one in read_left_out(request, foods, dishes)
        ),
    ]


def _meant(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> list[str]:
    """Say of each word put on a meal that several are called by how it was understood."""
    return [
        f"{capital(named(word))}: {spoken(meaning)}."
        for word, meaning in dict(read_puts(request, foods, dishes)).items()
    ]


def _of_own_shop(request: PlanRequest, foods: FoodTable) -> list[str]:
    """Say of how many foods the prices, or the packages alone, are one's own."""
    priced = [usd_per_g(sizes) is not None for sizes in own_packages(request, foods).values()]
    prices, packages = priced.count(True), priced.count(False)
    told = []
    if prices:
        pattern = ngettext(
            "The price of {count} food is your own.",
            "Prices of {count} foods are your own.",
            prices,
        )
        told.append(pattern.format(count=prices))
    if packages:
        pattern = ngettext(
            "The packages of {count} food are your own.",
            "Packages of {count} foods are your own.",
            packages,
        )
        told.append(pattern.format(count=packages))
    return told


def _short(readings: Sequence[WishReading]) -> str:
    """Say only what each name was understood as."""
    text = "; ".join(spoken(one.shortly) for one in readings)
    return f"{capital(text)}{_(MORE)}"
