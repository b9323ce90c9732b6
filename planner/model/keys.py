"""Rules and row names: what model, solve and explain share."""

from __future__ import annotations

from dataclasses import dataclass

RULES: dict[str, str] = {
    "place": "one thing at most on each place of the table, one exactly where a meal needs it",
    "starch": "one starch at lunch and at dinner",
    "bread": "bread once at most in a meal",
    "sides": "two sides beside a dish with its own starch, three beside one without",
    "components": "no more than five things in a meal",
    "meal_energy": "each meal has its share of the day's energy",
    "snack_size": "snacks are smaller than every main meal",
    "vegetables_meal": "vegetables at lunch and at dinner",
    "vegetables_day": "enough vegetables in the day",
    "fruit": "fruit at two meals or more",
    "breakfast_fruit": "a fruit or juice at breakfast",
    "lines": "about as many foods at a meal and in a day as people eat",
    "companion": "a snack of nuts, yogurt or milk comes with a fruit",
    "legume": "one legume dish in a meal",
    "dessert": "one dessert a day at most",
    "juice": "one glass of juice a day at most",
    "nuts": "nuts and seeds within a handful or two",
    "nuts_usual": "nuts or seeds once a day, a handful",
    "protein_day": "lunch and dinner have different main proteins",
    "starch_day": "lunch and dinner have different starches",
    "food_day": "no food more than twice a day",
    "food_meal": "no food in two things of one meal",
    "cuisine": "sides fit the kitchen of the main dish",
    "uncommon": "one uncommon food a day at most",
    "dairy": "milk, yogurt, cheese or a stand-in twice a day",
    "greens_calcium": "little of the day's calcium from oxalate-rich greens",
    "brazil_nuts": "few Brazil nuts a day",
    "coverage": "figures known for nearly all of the day's food",
    "meal_upper": "no more of it in one meal than a condition allows",
    "meal_carbohydrate": "the same carbohydrate at a meal every day, for insulin",
    "meal_even": "carbohydrate spread over the main meals, for insulin",
    "daily_spread": "little change from day to day, for a medicine",
    "nutrient_day": "each day's nutrients",
    "share_day": "each day's shares of energy",
    "conservative": "floors held by what oxalate leaves to be absorbed",
    "ratio_day": "each day's calcium to magnesium",
    "nutrient_week": "the week's mean nutrients",
    "share_week": "the week's shares of energy",
    "ratio_week": "the week's calcium to magnesium, sum over sum",
    "repeat": "a dish or food not more often than people like",
    "leftover": "a second meal only of a dinner that was cooked before and still keeps",
    "base_week": "no food on more days than people like",
    "protein_week": "proteins rotate",
    "usual": "fish and legumes a few times a week",
    "kinds": "few kinds of milk, drink, yogurt, cheese and bread to be finished",
    "packages": "little left over of what spoils once its package is opened",
    "greens_week": "oxalate-rich greens twice a week at most",
    "colours": "vegetables of every colour a few times a week",
    "weekday_minutes": "no dish on a weekday that takes longer than asked for",
    "frequency": "as often as asked for",
    "liked": "what is liked occurs",
    "budget": "the week within the budget",
    "spacing": "days between two servings of the same thing",
    "shared": "who shares a place has the same dish there",
}


@dataclass(frozen=True, slots=True)
class RowKey:
    """Name of a row: the rule, what it is about, and which side.

    Parameters
    ----------
    rule
        One of ``RULES``.
    subject
        Nutrient, meal, food or dish that the row is about.
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

    @property
    def name(self) -> str:
        """The name in the problem, of ``[a-z0-9_.]`` only: PuLP rewrites other characters."""
        parts = [self.rule, self.subject, self.side, "soft" if self.soft else ""]
        return ".".join(filter(None, [*parts, f"d{self.day}" if self.day else ""]))
