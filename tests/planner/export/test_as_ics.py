"""The calendar, read back with the library that people's own calendars build on."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from planner.export.as_ics import as_ics, calendars
from planner.export.documents import WeekDocument
from planner.plan.plan import SUPPLEMENT, Item
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from tests.documents import golden_week
from tests.reports import FOODS, make_plan, make_report

START = date(2026, 3, 2)
PILL = Item(
    SUPPLEMENT, "magnesium_oxide", "Magnesium oxide, taken already", 1.0, "1 dose of 150 mg", 0.0,
    (), {"magnesium_mg": 150.0}, 0.0, 0,
)  # fmt: skip
PILL_TITLE = "Magnesium oxide, 150 mg"


def with_pill(day):
    """Return the day with a magnesium pill at dinner."""
    meals = [replace(m, items=(*m.items, PILL)) if m.slot == "dinner" else m for m in day.meals]
    return replace(day, meals=tuple(meals))


def document(*medicines, start=START, days=2):
    plan = make_plan(days, start)
    taken = replace(plan, days=tuple(map(with_pill, plan.days)))
    request = PlanRequest(Profile(medicines=medicines))
    return WeekDocument(taken, request, make_report(days).check, FOODS, ())


def events(week):
    """Return (start, title) → event of the calendar as it is read back."""
    found = Calendar.from_ical(as_ics(week)).walk("VEVENT")
    return {(str(event.decoded("dtstart")), str(event["summary"])): event for event in found}


def starts(week, title):
    return [when for when, name in events(week) if name == title]


def test_each_meal_is_an_event_with_its_dishes_and_amounts():
    found = events(document())
    breakfast = found["2026-03-02 08:00:00", "Breakfast: Oats with milk"]
    told = str(breakfast["description"])
    assert told.startswith("Oats with milk: 1 serving, 300 g\n  - ")
    assert "(100 g)" in told or "100 g" in told
    assert breakfast.decoded("dtend") == datetime(2026, 3, 2, 8, 30)  # noqa: DTZ001 - it floats
    assert ("2026-03-03 08:00:00", "Breakfast: Oats with milk") in found


def test_cooking_begins_so_that_a_meal_is_on_the_table_at_its_hour():
    # lunch takes 30 minutes, dinner 45, breakfast 10; fewer than 10 have no event of their own
    found = events(document(days=1))
    begins = [key for key in found if key[1].startswith("Begin")]
    assert [when[11:16] for when, _ in begins] == ["07:50", "12:00", "18:15"]
    (_, title) = begins[1]
    assert title == "Begin lunch: Bean soup with oats and milk"
    event = found[begins[1]]
    assert event.decoded("dtend") == datetime(2026, 3, 2, 12, 30)  # noqa: DTZ001 - it floats
    assert str(event["description"]).startswith("on the table in 30 min.\n")


def hours(**meals_at):
    """Return title → start of the events of a day whose meals are at other hours."""
    week = document(days=1)
    at = replace(week.request.week, meals_at=meals_at)
    found = events(replace(week, request=replace(week.request, week=at)))
    return {title.partition(":")[0]: time for time, title in found}


def test_a_meal_at_another_hour_moves_its_events_and_the_pill_with_it():
    moved = {title: when[11:16] for title, when in hours(dinner=18.5).items()}
    assert moved["Dinner"] == moved[PILL_TITLE] == "18:30"
    assert (moved["Begin dinner"], moved["Lunch"]) == ("17:45", "12:30")


def test_who_works_at_night_has_the_meals_after_midnight_on_the_next_date():
    when = hours(breakfast=15.0, lunch=20.0, dinner=2.0)
    assert when["Breakfast"] < when["Lunch"] < when["Dinner"]
    assert when["Begin dinner"] < when["Lunch"]  # made before the shift, taken along
    assert when["Dinner"][:10] == (START + timedelta(days=1)).isoformat()


def test_steps_stand_with_the_beginning_and_what_is_frozen_is_thawed_the_evening_before():
    week = golden_week(START).table
    found = events(week)
    frozen = {day: line.name for line in week.shopping.lines for day in line.freeze}
    thaws = [(when, title) for when, title in found if "out of the freezer" in title]
    by_day = {date.fromisoformat(when[:10]): title.lower() for when, title in thaws}
    assert len(by_day) == len(thaws)  # what is bought frozen may be thawed on other days, too
    assert frozen
    for day, name in frozen.items():
        assert name.partition(",")[0].lower() in by_day[START + timedelta(days=day - 2)]
    assert {when[11:16] for when, _ in thaws} == {"20:00"}
    begun = " ".join(title for _, title in events(week) if title.startswith("Begin dinner: "))
    day, dinner = next(
        (day, meal) for day in week.plan.days for meal in day.meals
        if meal.slot == "dinner" and f"Begin dinner: {meal.items[0].name}" in begun
    )  # fmt: skip
    other = replace(dinner, items=(replace(dinner.items[0], name="Pie"), *dinner.items[1:]))
    meals = tuple(other if meal is dinner else meal for meal in day.meals)
    days = [replace(day, meals=meals) if own_day is day else own_day for own_day in week.plan.days]
    edited = replace(week.plan, days=tuple(days))
    before, after = (
        {str(event["uid"]): str(event["summary"]) for event in events(version).values()}
        for version in (week, replace(week, plan=edited))
    )
    assert set(before) == set(after)  # what is read in again replaces, and doubles nothing
    changed = [title for uid, title in before.items() if after[uid] != title]
    assert {title.partition(": ")[0] for title in changed} == {"Dinner", "Begin dinner"}


def test_a_medicine_has_its_own_hours_and_the_pill_is_laid_around_them():
    week = document("ciprofloxacin:2@10:30,22:30", days=1)
    found = events(week)
    assert starts(week, "ciprofloxacin, dose 1 of 2") == ["2026-03-02 10:30:00"]
    assert starts(week, "ciprofloxacin, dose 2 of 2") == ["2026-03-02 22:30:00"]
    # 2 h after 10:30 and 6 h before 22:30: the pill leaves dinner
    assert starts(week, PILL_TITLE) == ["2026-03-02 16:00:00"]
    told = str(found["2026-03-02 16:00:00", PILL_TITLE]["description"])
    assert "6 h from ciprofloxacin" in told


def test_a_medicine_is_an_event_with_what_it_asks_for_where_its_hour_is_given():
    week = document("levothyroxine")
    assert not [name for _, name in events(week) if name.startswith("levothyroxine")]
    told = str(events(week)["2026-03-02", "About these meals and medicines"]["description"])
    assert "magnesium 4 h away from levothyroxine" in told
    week = document("alendronate@06:00", days=1)
    told = str(events(week)["2026-03-02 06:00:00", "alendronate"]["description"])
    assert "on an empty stomach with plain tap water" in told


def test_a_weekly_medicine_has_one_entry_on_its_named_day():
    title = "methotrexate: on this day"
    assert starts(document("methotrexate:1/week@thu", days=7), title) == ["2026-03-05"]
    assert len(starts(document("methotrexate:2/week@mon,thu", days=28), title)) == 8
    assert starts(document("methotrexate:1/week@sun", days=2), title) == []


def test_a_refused_pill_is_one_note_on_the_first_day_and_no_entry():
    week = document("alendronate:1")
    profile = replace(week.request.profile, egfr=25.0)
    week = replace(week, request=replace(week.request, profile=profile))
    title = "Ask your doctor about stopping: Magnesium oxide"
    assert starts(week, title) == ["2026-03-02"]
    assert "Ask your doctor today whether to stop it" in str(
        events(week)["2026-03-02", title]["description"]
    )
    assert not [name for _, name in events(week) if name.startswith("Magnesium oxide")]


def test_a_day_without_room_says_so_with_who_to_ask():
    week = document("moxifloxacin:3@08:00,14:00,20:00")
    title = "Ask your pharmacist: no time found for Magnesium oxide"
    assert starts(week, title) == ["2026-03-02", "2026-03-03"]
    assert not [name for _, name in events(week) if name.startswith("Magnesium oxide")]


def test_times_float_and_names_stay_when_the_body_changes_and_tell_nothing():
    week = document("levothyroxine")
    heavier = replace(week.request, profile=replace(week.request.profile, weight_kg=91.0, age_y=52))
    one, other = (
        {key: str(event["uid"]) for key, event in events(each).items()}
        for each in (week, replace(week, request=heavier))
    )
    assert one == other
    assert len(set(one.values())) == len(one)
    assert "thyrox" not in "".join(one.values())
    text = as_ics(document())
    assert "TZID" not in text
    assert "DTSTART:20260302T080000\r\n" in text


def test_a_plan_that_was_changed_counts_up_and_one_that_was_not_does_not():
    week = replace(document(), made_at="2026-03-01T10:00:00+01:00")
    assert as_ics(week) == as_ics(week)
    later = replace(week, made_at="2026-03-01T10:00:30+01:00")
    (one, other) = ({str(e["uid"]): e for e in events(each).values()} for each in (week, later))
    assert one.keys() == other.keys()
    for uid, event in one.items():
        assert int(other[uid]["sequence"]) == int(event["sequence"]) + 30  # a second is one
        assert event.decoded("last-modified") == datetime(2026, 3, 1, 9, tzinfo=UTC)
        assert event.decoded("dtstamp") == event.decoded("last-modified")


def test_a_household_has_a_calendar_for_each_with_names_of_their_own():
    texts = calendars({"Ann": document("levothyroxine"), "Tom B.": document("warfarin")})
    assert set(texts) == {"week_ann.ics", "week_tom_b.ics"}
    assert "levothyroxine" not in texts["week_tom_b.ics"]
    alike = calendars({"Ann": document(), "ann": document()})
    assert set(alike) == {"week_ann.ics", "week_ann_2.ics"}
    uids = [re.findall(r"UID:(\S+)", text) for text in alike.values()]
    assert not set(uids[0]) & set(uids[1])
