"""What is said where children who are too young for a plan of their own are guests at a meal."""

from __future__ import annotations

from planner.meals.patterns import read_pattern
from planner.plan.rounding import percent_near
from planner.request.days import usual_share
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.read import read_safety_settings
from planner.safety.upper import recommended_magnesium_mg
from planner.standards.standard import standard_label


def small_guests_told(request: PlanRequest) -> dict[str, str]:
    """Say which part of a day a meal usually has for children who are too young for a plan.

    Parameters
    ----------
    request
        What was asked for, with its guests.

    Returns
    -------
    dict of str to str
        ``"small_children_lunch"`` → what is said of that meal, magnesium in mg; empty without such
        guests. Sources: ``configs/safety/stops.toml`` and the standard of the request.
    """
    rule, bands = read_safety_settings("stops")["age"], read_pattern(request.week.pattern).energy
    ages = range(rule["plate_from_y"], rule["least_y"])
    bodies = (Profile(sex="f", age_y=age) for age in ages)
    days = [recommended_magnesium_mg(one, request.standard) for one in bodies]
    found = {one.slot for one in request.week.guests if rule["plate_without"] in one.without}
    parts = {slot: usual_share(bands, {slot}) for slot in sorted(found)}
    return {
        f"small_children_{slot}": rule["orientation"].format(
            age=rule["least_y"],
            slot=slot,
            percent=percent_near(part),
            least=f"{min(days):.0f}",
            most=f"{max(days):.0f}",
            from_y=ages[0],
            to_y=ages[-1],
            standard=standard_label(request.standard),
            least_part=f"{min(days) * part:.0f}",
            most_part=f"{max(days) * part:.0f}",
        )
        for slot, part in parts.items()
    }
