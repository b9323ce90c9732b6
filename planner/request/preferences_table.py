"""The table ``[preferences]`` of a request file and its flags: what is wanted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from planner.language.spoken import mark, said
from planner.request.joining import (
    FOLDERS,
    LARGEST_PAIRS,
    LEAST,
    NAMES,
    OWN_PAIRS,
    PAIRS,
    RULES,
    TICKED,
)
from planner.request.money import read_money
from planner.request.phrases import (
    read_cups,
    read_days_between,
    read_frequency,
    read_graded_name,
    read_name,
)
from planner.request.preferences import EATEN, TILL, Preferences
from planner.request.put import USE_EXAMPLE, read_use
from planner.request.values import (
    Budget,
    Cups,
    DietId,
    Grades,
    LeftOut,
    Name,
    Rule,
    TomlTable,
    above_zero,
    entry,
    in_range,
)
from planner.request.wish import TABLE, Flag, Folder, Number, OneOf, Typed

_FIRST, _FOOD, _SHOPS = mark("Most used"), mark("Food"), mark("The shops")
_TARGETS = mark("Targets, water and supplements")
_NAME, _GRADED = Typed("NAME", read_name), Typed("NAME[:1-3]", read_graded_name)
_MINUTES = Number("max_minutes", is_whole=True)


class PreferencesTable(TomlTable):
    """What the eater wants."""

    diet: Annotated[
        DietId,
        Flag(_FIRST, mark("omnivore, pescatarian, vegetarian, vegan …"), _NAME, phrase=read_name),
    ] = entry("omnivore", "omnivore, pescatarian, vegetarian, vegan …")
    without: Annotated[
        list[LeftOut],
        Flag(
            _FIRST,
            mark("Allergen, group, food or dish; repeatable. nuts: tree nuts and peanuts."),
            _NAME,
            join=NAMES,
            phrase=read_name,
            has_names=True,
            also=("ban", "not_again"),
        ),
    ] = entry([], "allergens, food groups, foods or dishes that may not occur", ["peanut"])
    like: Annotated[
        Grades,
        Flag(
            _FIRST,
            mark("1 a little, 3 much; repeatable."),
            _GRADED,
            join=PAIRS,
            phrase=read_graded_name,
            has_names=True,
        ),
    ] = entry({}, "name = 1 (a little) to 3 (much)", {"oats": 2})
    dislike: Annotated[
        Grades,
        Flag(
            _FOOD,
            mark("1 a little, 3 much; repeatable."),
            _GRADED,
            join=PAIRS,
            phrase=read_graded_name,
            has_names=True,
        ),
    ] = entry({}, "name = 1 (a little) to 3 (much)", {"kale": 1})
    per_week: Annotated[
        list[Rule],
        Flag(
            _FOOD,
            mark('Servings a week: "fish>=2", "nuts<=3"; repeatable.'),
            Typed("NAME>=N", read_frequency),
            join=RULES,
            has_names=True,
        ),
    ] = entry([], "servings a week of a food, food group or dish", ["fish >= 2", "nuts <= 2"])
    min_days_between: Annotated[
        dict[Name, Annotated[int, in_range("days_between")]],
        Flag(
            _FOOD,
            mark('Least days from one serving to the next: "salmon=3"; repeatable.'),
            Typed("NAME=N", read_days_between),
            join=LARGEST_PAIRS,
            has_names=True,
        ),
    ] = entry({}, "name = least days from one serving to the next", {"salmon": 3})
    drinks: Annotated[
        Cups,
        Flag(
            _FOOD,
            mark(
                "Cups a day of coffee, tea and the like, drunk with meals and counted: "
                '"coffee:2"; 0 for none; repeatable.'
            ),
            Typed("NAME[:CUPS]", read_cups),
            name="drink",
            join=PAIRS,
            phrase=read_cups,
            has_names=True,
        ),
    ] = entry(
        {}, "drink = cups a day, drunk with meals and counted: coffee, green tea …", {"coffee": 2}
    )
    use: Annotated[
        dict[Name, Annotated[float, above_zero("use_g")]],
        Flag(
            _FOOD,
            said(
                'Food to be used up, as bought: "{example}", "spinach:1 lb"; as much '
                "of it as fits is in the plan, and the rest is said; repeatable.",
                example=USE_EXAMPLE,
            ),
            Typed("FOOD:GRAMS", read_use),
            join=OWN_PAIRS,
            has_names=True,
        ),
    ] = entry({}, "food = grams, as bought, to be used up over the plan", {"lentils, dry": 300})
    max_minutes: Annotated[
        int | None,
        in_range("max_minutes"),
        Flag(
            _FIRST,
            mark("Longest cooking time."),
            _MINUTES,
            join=LEAST,
            told=mark("at most {minutes} minutes"),
        ),
    ] = entry(None, "longest preparation of a dish, minutes", 45)
    max_minutes_weekday: Annotated[
        int | None,
        in_range("max_minutes"),
        Flag(
            _FOOD,
            mark("Longest cooking time on weekdays."),
            _MINUTES,
            join=LEAST,
            told=mark("at most {minutes} minutes on weekdays"),
        ),
    ] = entry(None, "longest preparation of a dish on weekdays, minutes", 30)
    budget_per_week: Annotated[
        Budget,
        Flag(
            _FIRST,
            mark(
                "The most a week may cost at checkout, in the currency of the stores: 150, "
                '"$150", "£120".'
            ),
            Typed("AMOUNT", read_money),
            join=LEAST,
            told=mark("at most {price} a week"),
        ),
    ] = entry(
        None, 'most that the week may cost, in the money of the shops: 150, "$150", "£120"', 150
    )
    budget_counts: Annotated[
        Literal["till", "eaten"],
        Flag(
            _SHOPS,
            mark(
                "What the budget counts: what you pay at checkout for whole packages (default), "
                "or only the part that is eaten, as for plans of fewer than seven days."
            ),
            OneOf((TILL, EATEN)),
            whose=TABLE,
        ),
    ] = entry("till", "what the budget counts: till (you pay for whole packages) or eaten")
    alcohol: Annotated[
        bool, Flag(_FOOD, mark("Allow drinks with alcohol."), name="with_alcohol", join=TICKED)
    ] = entry(False, "true allows drinks with alcohol")
    conservative: Annotated[
        bool,
        Flag(
            _TARGETS,
            mark("Enough magnesium and calcium, counting only what oxalate leaves to be absorbed."),
            join=TICKED,
            told=mark("magnesium and calcium on what oxalate leaves"),
        ),
    ] = entry(False, "true: enough magnesium and calcium on what oxalate leaves free")
    history: Annotated[
        list[Name],
        Flag(
            _FOOD,
            mark("Earlier plan, whose dishes are left for later; repeatable, the latest last."),
            Typed("NAME", read_name, "PLAN.json"),
            join=NAMES,
        ),
    ] = entry(
        [],
        "earlier plans, whose dishes are left for later; the latest plan last",
        ["last_week/plan.json"],
    )
    dishes: Annotated[
        list[Name],
        Flag(
            _FOOD,
            mark(
                "Folder with your own dishes, in addition to the built-in ones; repeatable. If "
                "given here, it replaces the folders of a request or plan."
            ),
            Folder("DIR"),
            join=FOLDERS,
            whose=TABLE,
        ),
    ] = entry([], "folders with dishes of your own, counted from this file", ["my_dishes"])
    allow_supplements: Annotated[
        bool,
        Flag(
            _TARGETS,
            mark("Let the plan add a supplement that no safety rule forbids."),
            join=TICKED,
        ),
    ] = entry(False, "true lets the plan add a supplement that no safety rule forbids")
    food_falls_short: bool = Field(default=False)  # found while planning, kept with the plan

    @model_validator(mode="after")
    def _check_grades(self) -> PreferencesTable:
        both = sorted(self.like.keys() & self.dislike.keys())
        if both:
            raise ValueError(
                said(
                    "{names}: liked and disliked at once — keep one of the two",
                    names=", ".join(both),
                )
            )
        return self

    def to_preferences(self, shops: str) -> Preferences:
        """Hand over the frozen value, money as in the country of the shops."""
        budget = self.budget_per_week
        usd = None if budget is None else budget.in_usd(shops)
        return Preferences(**self.frozen(Preferences) | {"budget_per_week": usd})
