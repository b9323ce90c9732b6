"""Rules and row names: what model, search, conflicts and explanations share.

A rule stands here once, with everything that any room asks of it; whoever adds one has to say all
of it, and ``tests/planner/model`` its golden rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Term = Literal["soft_targets", "taste", "variety", "waste", "effort"]
Standing = Literal["plate", "meal", "habit", "asked"]
Mark = Literal["many", "offered", "implicit", "nutrient", "band"]

SOFT_TARGETS: Term = "soft_targets"
TASTE: Term = "taste"
VARIETY: Term = "variety"
WASTE: Term = "waste"
EFFORT: Term = "effort"
PLATE: Standing = "plate"  # what a table is: never in question where rules collide
MEAL: Standing = "meal"  # what a meal is: in question only where nothing else is in the way
HABIT: Standing = "habit"  # what a good plan is like
ASKED: Standing = "asked"  # what somebody asked for, or is held to: named rather than habits
MANY: Mark = "many"  # broken in many rows at once: said once
OFFERED: Mark = "offered"  # a change of it is offered where it is in the way
IMPLICIT: Mark = "implicit"  # kept by how a week is searched; read off the model in no row
NUTRIENT: Mark = "nutrient"  # a band of a nutrient
BAND: Mark = "band"  # a band of a share or a ratio


class Rule:
    """A rule of the model.

    Parameters
    ----------
    sentence
        What it asks, in the reader's words.
    term
        Term of the objective that its priced rows count to.
    standing
        How it is looked at where rules collide.
    marks
        What else holds for it.
    """

    def __init__(self, sentence: str, term: Term, standing: Standing, *marks: Mark) -> None:
        self.sentence, self.term, self.standing = sentence, term, standing
        self.marks = frozenset(marks)

    @property
    def is_band(self) -> bool:
        """Whether it holds a nutrient, a share of energy or a ratio in a band."""
        return bool(self.marks & {NUTRIENT, BAND})


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "place": Rule(
            "at most one item in each place of a meal, and exactly one where the meal needs it",
            VARIETY,
            PLATE,
            IMPLICIT,
        ),
        "starch": Rule("one starch at most in a meal", VARIETY, MEAL),
        "served": Rule("beside a main dish stands what it is served with", VARIETY, MEAL, MANY),
        "sides_week": Rule("a written side or salad as often as asked for", VARIETY, HABIT),
        "work": Rule("little work in a day", VARIETY, HABIT),
        "pulses": Rule(
            "beans, peas and lentils at one meal a day, and not by the bowlful", VARIETY, HABIT
        ),
        "fresh": Rule("something raw or crisp every day", VARIETY, HABIT),
        "milk": Rule(
            "a glass of milk a day, and none beside a dish that holds one", VARIETY, HABIT
        ),
        "components": Rule("no more things in a meal than people set out", VARIETY, PLATE),
        "meal_energy": Rule("each meal has its share of the day's energy", VARIETY, HABIT),
        "snack_size": Rule("snacks are smaller than every main meal", VARIETY, HABIT),
        "vegetables_meal": Rule("vegetables at lunch and at dinner", VARIETY, HABIT),
        "vegetables_day": Rule("enough vegetables in the day", VARIETY, HABIT),
        "fruit": Rule("fruit at two meals or more", VARIETY, HABIT),
        "companion": Rule("a snack of nuts, yogurt or milk comes with a fruit", VARIETY, MEAL),
        "dessert": Rule("one dessert a day at most", VARIETY, HABIT),
        "juice": Rule("one glass of juice a day at most", VARIETY, HABIT),
        "nuts": Rule("nuts and seeds within a handful or two", VARIETY, HABIT),
        "nuts_usual": Rule("a handful of nuts or seeds a day", VARIETY, HABIT),
        "protein_day": Rule("lunch and dinner have different main proteins", VARIETY, HABIT),
        "starch_day": Rule("lunch and dinner have different starches", VARIETY, HABIT),
        "food_day": Rule("no food more than twice a day", VARIETY, HABIT, MANY),
        "food_meal": Rule("no food in two things of one meal", VARIETY, MEAL, MANY),
        "cuisine": Rule("sides fit the kitchen of the main dish", VARIETY, MEAL, MANY),
        "dairy": Rule("milk, yogurt, cheese or a stand-in twice a day", VARIETY, HABIT),
        "greens_calcium": Rule(
            "little of the day's calcium from oxalate-rich greens", VARIETY, HABIT
        ),
        "brazil_nuts": Rule("few Brazil nuts a day", VARIETY, HABIT),
        "coverage": Rule("figures known for nearly all of the day's food", VARIETY, HABIT, MANY),
        "meal_upper": Rule("no more of it in one meal than a condition allows", VARIETY, HABIT),
        "meal_carbohydrate": Rule(
            "the same carbohydrate at a meal every day, for insulin", VARIETY, HABIT
        ),
        "meal_even": Rule("carbohydrate spread over the main meals, for insulin", VARIETY, HABIT),
        "daily_spread": Rule("little change from day to day, for a medicine", VARIETY, HABIT),
        "nutrient_day": Rule("each day's nutrients", SOFT_TARGETS, ASKED, OFFERED, NUTRIENT),
        "share_day": Rule("each day's shares of energy", SOFT_TARGETS, ASKED, BAND),
        "conservative": Rule("minimums met by what oxalate leaves to be absorbed", VARIETY, HABIT),
        "ratio_day": Rule("each day's calcium to magnesium", SOFT_TARGETS, ASKED, OFFERED, BAND),
        "nutrient_week": Rule("the week's mean nutrients", SOFT_TARGETS, ASKED, OFFERED, NUTRIENT),
        "share_week": Rule("the week's shares of energy", SOFT_TARGETS, ASKED, BAND),
        "ratio_week": Rule(
            "the week's total calcium to total magnesium", SOFT_TARGETS, ASKED, OFFERED, BAND
        ),
        "repeat": Rule(
            "a limit on how often the same dish or food comes back", VARIETY, HABIT, MANY
        ),
        "leftover": Rule(
            "a second meal only of a dinner that was cooked before and still keeps",
            VARIETY,
            MEAL,
            MANY,
        ),
        "cooked": Rule(
            "what keeps is cooked once and eaten while it keeps", EFFORT, PLATE, MANY, IMPLICIT
        ),
        "base_week": Rule("a limit on how many days have the same food", VARIETY, HABIT),
        "protein_week": Rule("proteins rotate", VARIETY, HABIT),
        "starch_week": Rule("starches rotate", VARIETY, HABIT),
        "usual": Rule("fish and legumes a few times a week", VARIETY, HABIT),
        "kinds": Rule(
            "few different things to buy",
            WASTE,
            MEAL,
            MANY,
            IMPLICIT,
        ),
        "packages": Rule(
            "little left over of the packages that are bought", WASTE, HABIT, IMPLICIT
        ),
        "greens_week": Rule("oxalate-rich greens twice a week at most", VARIETY, HABIT),
        "weekday": Rule(
            "no dish on a day that takes too long then, cannot be taken along or is left out",
            VARIETY,
            ASKED,
            IMPLICIT,
        ),
        "put": Rule("a dish assigned to a meal stays there", VARIETY, ASKED),
        "use": Rule("food that is to be used up is used up", WASTE, ASKED),
        "frequency": Rule("as often as asked for", VARIETY, ASKED, OFFERED),
        "liked": Rule("what is liked occurs", TASTE, ASKED),
        "budget": Rule("the week within the budget", VARIETY, ASKED, OFFERED),
        "spacing": Rule("days between two servings of the same thing", VARIETY, ASKED),
        "shared": Rule("who shares a place has the same dish there", VARIETY, HABIT),
    }
)


def rules_standing(*standings: Standing) -> tuple[str, ...]:
    """Name the rules of these standings."""
    return tuple(name for name, rule in RULES.items() if rule.standing in standings)


@dataclass(frozen=True, slots=True)
class RowKey:
    """Name of a row: the rule, what it is about, and which side.

    Parameters
    ----------
    rule
        One of ``RULES``.
    subject
        Nutrient, meal, food or dish that the row is about.
    basis, preferred
        Of a band: on what it counts where that is not the total, and whether it is the narrower
        one that is only preferred.
    place, number
        Of a row on one place, such as ``"dinner.main"``; and which wish, or which eater, counted
        from 1.
    side
        ``"min"``, ``"max"`` or empty.
    day
        Day counted from 1 in a model with days of their own; 0 in the aggregated week.
    soft
        Whether the row prices a shortfall instead of forbidding it.
    """

    rule: str
    subject: str = ""
    side: str = ""
    day: int = 0
    soft: bool = False
    basis: str = ""
    preferred: bool = False
    place: str = ""
    number: int = 0

    @property
    def about(self) -> tuple[str, ...]:
        """What the row is about, part by part."""
        number, preferred = str(self.number or ""), "preferred" if self.preferred else ""
        parts = (self.place, number, self.subject, self.basis, preferred)
        return tuple(filter(None, parts))

    @property
    def name(self) -> str:
        """The name in the problem, of ``[a-z0-9_.]`` only: PuLP rewrites other characters."""
        parts = [self.rule, *self.about, self.side, "soft" if self.soft else ""]
        return ".".join(filter(None, [*parts, f"d{self.day}" if self.day else ""]))
