"""The profile and preference flags, the same for every command that takes them.

A flag overrides the request file; names given by flag are added to the file's lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from planner.cli.habit_option import HABIT_OPTION
from planner.cli.help import Function, add_options, filled
from planner.cli.lay_over import lay_over
from planner.cli.phrase_type import FiniteRange, WholeRange, WordChoice
from planner.cli.phrase_type import PhraseType as PhraseType
from planner.cli.preset import preset_table
from planner.cli.spoken_flags import in_english
from planner.cli.till_options import TILL_OPTIONS, with_pantry
from planner.cli.usual_option import USUAL_OPTIONS
from planner.language.spoken import said
from planner.meals.patterns import pattern_ids, read_pattern_id
from planner.request.eater_phrases import EATER_EXAMPLE, read_eater, read_eater_or_name, read_guests
from planner.request.limits import known_ranges
from planner.request.meal_phrases import read_holiday, read_meal_of_day, read_start
from planner.request.measures import read_height_cm, read_weight_kg, with_unit
from planner.request.phrases import (
    read_clinic,
    read_cups,
    read_days_between,
    read_frequency,
    read_graded_name,
    read_name,
    read_serum_potassium,
    read_tap_water,
    read_target,
)
from planner.request.profile import (
    ACTIVITIES,
    ENERGY_EQUATIONS,
    SEXES,
    activity_meant,
    sex_meant,
)
from planner.request.put import PUT_EXAMPLE, USE_EXAMPLE, read_put, read_use
from planner.request.request import HEMISPHERES, UNITS, PlanRequest
from planner.safety.intake import read_intake
from planner.safety.medicines import read_medicine
from planner.standards.ids import read_standard_id, standard_ids
from planner.standards.standard import STATES


def _integers(kind: str) -> WholeRange:
    likely = known_ranges()[kind]
    return WholeRange(int(likely.low), int(likely.high))


def _numbers(kind: str, *, min_open: bool = False) -> FiniteRange:
    likely = known_ranges()[kind]
    return FiniteRange(likely.low, likely.high, min_open=min_open)


NAME = PhraseType("NAME", read_name)
MEDICINE = PhraseType("NAME[:N[/day|/week[@DAY]]]", read_medicine)
GRADED = PhraseType("NAME[:1-3]", read_graded_name)

_PROFILE_OPTIONS = (
    click.option("--sex", type=WordChoice(SEXES, sex_meant), help="Whose reference values to use."),
    click.option("--age", type=_integers("age").of("age"), help="Completed years."),
    click.option(
        "--height",
        type=PhraseType("HEIGHT", with_unit(read_height_cm)),
        help='50 to 250 cm; "5 ft 5 in" and "1.65 m" do as well.',
    ),
    click.option(
        "--weight",
        type=PhraseType("WEIGHT", with_unit(read_weight_kg)),
        help='3 to 350 kg, before pregnancy where pregnant; "143 lb" does as well.',
    ),
    click.option(
        "--activity", type=WordChoice(ACTIVITIES, activity_meant), help="How much you move."
    ),
    click.option("--state", type=click.Choice(STATES), help="Pregnancy or lactation."),
    click.option("--gestation-week", type=_integers("gestation_week"), help="Week of pregnancy."),
    click.option(
        "--lactation-month", type=_integers("lactation_month"), help="Months since birth."
    ),
    click.option(
        "--standard",
        type=PhraseType(f"{'|'.join(standard_ids())}|FILE.csv", read_standard_id),
        help="Reference values.",
    ),
    click.option(
        "--energy-kcal", type=_numbers("energy_kcal").of("energy_kcal"), help="Energy a day."
    ),
    click.option(
        "--energy-equation",
        type=click.Choice(ENERGY_EQUATIONS),
        help="Equation of the energy need; nasem_2023 without it.",
    ),
    click.option(
        "--egfr", type=_numbers("egfr").of("egfr"), help="Kidney function (eGFR), mL/min/1.73 m²."
    ),
    click.option(
        "--serum-mg",
        type=PhraseType("NUMBER UNIT", read_name),
        help='Magnesium in serum: "2.1 mg/dL", "0.85 mmol/L".',
    ),
    click.option(
        "--serum-potassium",
        type=PhraseType("MMOL/L", read_serum_potassium),
        help='Potassium in serum with its unit: "4.6 mmol/L".',
    ),
    click.option(
        "--clinic",
        type=PhraseType("NUTRIENT<=X", read_clinic),
        multiple=True,
        help='The most a day that your clinic allows: "potassium_mg<=2500"; repeatable.',
    ),
    click.option(
        "--vitamin-k-before",
        type=_numbers("vitamin_k_before_ug"),
        help="Vitamin K eaten before, µg a day; asked beside warfarin and its like.",
    ),
    click.option(
        "--condition", type=NAME, multiple=True, help="What a doctor has found; repeatable."
    ),
    click.option(
        "--clinic-agreed",
        is_flag=True,
        help='Your clinic has agreed to an ordinary plan with a condition given as "other: TEXT".',
    ),
    click.option(
        "--medicine",
        type=MEDICINE,
        multiple=True,
        help='What you take regularly, and how often: levothyroxine, "ciprofloxacin:2" for twice '
        'a day, "alendronate:1/week"; repeatable.',
    ),
)
_PREFERENCE_OPTIONS = (
    click.option("--diet", type=NAME, help="omnivore, pescatarian, vegetarian, vegan …"),
    click.option(
        "--without",
        type=NAME,
        multiple=True,
        help="Allergen, group, food or dish; repeatable. nuts: tree nuts and peanuts.",
    ),
    click.option("--like", type=GRADED, multiple=True, help="1 a little, 3 much; repeatable."),
    click.option("--dislike", type=GRADED, multiple=True, help="1 a little, 3 much; repeatable."),
    click.option(
        "--drink",
        type=PhraseType("NAME[:CUPS]", read_cups),
        multiple=True,
        help="Cups a day of coffee, tea and the like, drunk with meals and counted: "
        '"coffee:2"; 0 for none; repeatable.',
    ),
    click.option(
        "--per-week",
        type=PhraseType("NAME>=N", read_frequency),
        multiple=True,
        help='Servings a week: "fish>=2", "nuts<=3"; repeatable.',
    ),
    click.option(
        "--min-days-between",
        type=PhraseType("NAME=N", read_days_between),
        multiple=True,
        help='Least days from one serving to the next: "salmon=3"; repeatable.',
    ),
    click.option(
        "--use",
        type=PhraseType("FOOD:GRAMS", read_use),
        multiple=True,
        help=filled(
            'Food to be used up, as bought: "{example}", "spinach:1 lb"; as much '
            "of it as fits is in the plan, and the rest is said; repeatable.",
            example=USE_EXAMPLE,
        ),
    ),
    click.option("--max-minutes", type=_integers("max_minutes"), help="Longest cooking time."),
    click.option(
        "--max-minutes-weekday",
        type=_integers("max_minutes"),
        help="Longest cooking time on weekdays.",
    ),
    *TILL_OPTIONS,
    click.option("--with-alcohol", is_flag=True, help="Allow drinks with alcohol."),
    click.option(
        "--conservative",
        is_flag=True,
        help="Enough magnesium and calcium on what oxalate leaves to be absorbed.",
    ),
    click.option("--ratio-min", type=_numbers("ratio"), help="Least Ca:Mg."),
    click.option("--ratio-max", type=_numbers("ratio"), help="Most Ca:Mg."),
    click.option(
        "--target",
        type=PhraseType("NUTRIENT>=X", read_target),
        multiple=True,
        help='A bound of your own: "magnesium_mg>=450"; repeatable.',
    ),
    click.option(
        "--tap-water",
        type=PhraseType("ANALYSIS", read_tap_water),
        help='Your tap water in mg/L: "mg=12,ca=60,na=10".',
    ),
    click.option("--water", type=NAME, help="Water you drink, to be counted: tap, hepar …"),
    click.option(
        "--water-litres",
        type=_numbers("water_litres", min_open=True),
        help="Litres a day of it; 1 without it.",
    ),
    click.option("--units", type=click.Choice(UNITS), help="Default: by the standard."),
    click.option(
        "--history",
        type=NAME,
        multiple=True,
        metavar="PLAN.json",
        help="Earlier plan, whose dishes are left for later; repeatable, the latest last.",
    ),
    click.option(
        "--supplement",
        type=PhraseType("NAME:MGmg_elemental|compound", read_intake),
        multiple=True,
        help='What you take already, antacids and laxatives too: "magnesium citrate:'
        '100mg_elemental", "magnesium oxide:400mg_compound x2"; repeatable.',
    ),
    click.option(
        "--allow-supplements",
        is_flag=True,
        help="Let the plan add a supplement that no safety rule forbids.",
    ),
)
_EATER = click.option(
    "--eater",
    type=PhraseType("name=NAME,…", read_eater),
    multiple=True,
    help=filled(
        "One of several people who share dinners: {example}; slots=lunch+dinner names the "
        "meals that are shared; repeatable.",
        example=EATER_EXAMPLE,
    ),
)
_PLAN_OPTIONS = (
    click.option(
        "--pattern",
        type=PhraseType("NAME|FILE.toml", read_pattern_id),
        help=filled(
            "How meals are built: {patterns}, or a file of your own.",
            patterns=", ".join(pattern_ids()),
        ),
    ),
    click.option("--days", type=_integers("days"), help="Days to plan, as weeks of 7 days."),
    click.option(
        "--eat-out",
        type=PhraseType("DAY:SLOT", read_meal_of_day),
        multiple=True,
        help="A meal eaten elsewhere, with its share of the day: 3:dinner, fri:dinner; repeatable.",
    ),
    click.option(
        "--skip",
        type=PhraseType("DAY:SLOT", read_meal_of_day),
        multiple=True,
        help="A meal that is not eaten at all: 3:lunch, fri:lunch; the others carry the day; "
        "repeatable.",
    ),
    click.option(
        "--put",
        type=PhraseType("[EATER:]DAY:SLOT=DISH", read_put),
        multiple=True,
        help=filled(
            'A dish on a meal: "{example}", "every fri:dinner=pizza", "Ben:3:lunch=chili"; '
            '"fri:dinner=none" lets it go; repeatable.',
            example=PUT_EXAMPLE,
        ),
    ),
    HABIT_OPTION,
    *USUAL_OPTIONS,
    click.option(
        "--cycle", type=_integers("cycle"), help="Days after which the menu comes again: 7, 14, 21."
    ),
    click.option(
        "--holiday",
        type=PhraseType("DAY|DATE", read_holiday),
        multiple=True,
        help="A day with the time of a weekend: 3, fri, 2026-12-25; repeatable.",
    ),
    _EATER,
    click.option(
        "--guests",
        type=PhraseType("DAY:SLOT=N", read_guests),
        multiple=True,
        help="Guests at a meal: 6:dinner=2, sat:dinner=2; repeatable.",
    ),
    click.option(
        "--start", type=PhraseType("DATE", read_start), help="First day: 2026-03-02, today, mon."
    ),
    click.option(
        "--hemisphere",
        type=click.Choice(HEMISPHERES),
        help="Whose seasons hold, with --start; north without it.",
    ),
    click.option(
        "--time-limit",
        type=_numbers("time_limit_s", min_open=True),
        help="Seconds to search for, at least one round; without it, a fixed amount of work. "
        "Cheaper weeks for a budget, and ways out of a refusal, are searched after it.",
    ),
    click.option(
        "--gap",
        type=FiniteRange(0, 1, min_open=True, max_open=True),
        help="Search on until this proven distance from the best, or a fixed amount of work: some "
        "minutes a week. --time-limit ends it sooner; Ctrl-C shows the best so far.",
    ),
    click.option("--seed", type=_integers("seed"), help="Same seed, same plan."),
)

_EATER_OR_NAME = click.option(
    "--eater",
    type=PhraseType("NAME | name=NAME,…", read_eater_or_name),
    multiple=True,
    help="NAME: whose locks, bans and other flags these are, where several eat. "
    "name=NAME,KEY=VALUE: what an eater asks for now, slots=lunch+dinner the meals that are "
    "shared, or one more eater; repeatable.",
)

request_argument = click.argument(
    "request_path", metavar="[REQUEST.toml]", required=False, type=click.Path(path_type=Path)
)


def profile_options(command: Function) -> Function:
    """Add the profile and preference flags; pass them all on to ``build_request``."""
    return add_options(command, (*_PROFILE_OPTIONS, *_PREFERENCE_OPTIONS))


def request_options(command: Function) -> Function:
    """Add the profile and preference flags and those that say which days and how long."""
    return add_options(command, (*_PROFILE_OPTIONS, *_PREFERENCE_OPTIONS, *_PLAN_OPTIONS))


def change_options(command: Function) -> Function:
    """Add what ``request_options`` adds; ``--eater`` may name somebody who is at the table."""
    others = [option for option in _PLAN_OPTIONS if option is not _EATER]
    return add_options(command, (*_PROFILE_OPTIONS, *_PREFERENCE_OPTIONS, _EATER_OR_NAME, *others))


def build_request(request_path: Path | None = None, **flags: Any) -> PlanRequest:
    """Give the request of a file, where there is one, with the flags laid over it.

    Parameters
    ----------
    request_path
        Request file, or ``None`` for the defaults.
    flags
        Values of the flags of ``request_options`` by parameter name; what was not given is
        ``None``, ``False`` or empty.

    Raises
    ------
    ConfigError, TargetsError
        When the file has faults, or file and flags do not go together.
    NotBuiltError, RefusedError
        When something is asked for that is not built, or must be refused.
    """
    from planner.request.read import read_request, request_from_dict, request_to_dict

    given = given_flags(flags)
    week: dict[str, Any] = {key: given[key] for key in ("days", "start", "cycle") if key in given}
    preset = preset_table(given.pop("preset", None), request_path)
    table = request_to_dict(read_request(request_path, week)) if request_path else preset
    where = said("{path} with these flags", path=request_path) if request_path else "command line"
    return with_pantry(request_from_dict(lay_over(table, given), where), given.get("pantry"))


def change_request(request: PlanRequest, where: str, **flags: Any) -> PlanRequest:
    """Give ``request`` with flags laid over it; flags and errors as of ``build_request``."""
    from planner.request.read import request_from_dict, request_to_dict

    given = given_flags(flags)
    changed = request_from_dict(lay_over(request_to_dict(request), given), where)
    return with_pantry(changed, given.get("pantry"))


def given_flags(flags: Mapping[str, Any]) -> dict[str, Any]:
    """Give the flags that were given."""
    # By identity: 0 is a value that was given, and equals False.
    given = {
        name: value
        for name, value in flags.items()
        if value is not None and value is not False and value != ()
    }
    return in_english(given)
