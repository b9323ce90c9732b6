"""The hours beside a plan: the same in text, Markdown and JSON."""

from dataclasses import replace

from planner.export.documents import WeekDocument
from planner.export.safety import schedule_blocks
from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.intake import SupplementIntake
from planner.safety.patient import read_patient
from planner.safety.schedule import build_schedule
from tests.medicine_names import read_medicines
from tests.one_eater import as_markdown, as_text, report_as_json
from tests.reports import FOODS, make_report
from tests.told import texts as texts_of


def report_with(*medicines):
    """Give the report of a person with medicines, whose week passes its check."""
    report = make_report(2)
    profile = replace(report.request.profile, medicines=medicines)
    check = replace(report.check, passed=True)
    return replace(report, request=replace(report.request, profile=profile), check=check)


def told(schedule):
    return texts_of(schedule_blocks(schedule))


def plain(text):
    return " ".join(text.split())


def markdown(report):
    return as_markdown(WeekDocument(report.plan, report.request, report.check, FOODS, ()))


def test_the_hours_stand_in_text_markdown_and_json_alike():
    report = report_with("ciprofloxacin:2", "metformin")
    # breakfast, lunch and dinner hold milk
    said = ("22:30 to 23:30", "22:30", "ciprofloxacin, dose 2 of 2", "6 h from magnesium")
    for text in (as_text(report), as_text(report, day=1), markdown(report)):
        (line,) = [one for one in text.splitlines() if said[0] in one]
        assert all(word in line for word in said)
    found = report_as_json(report)
    last = found["schedule"][-1]
    assert (last["item"], last["dose"], last["earliest"], last["days"]) == (
        "ciprofloxacin", 2, "22:30", [1, 2],
    )  # fmt: skip
    for note in found["schedule_notes"]:
        assert note in plain(as_text(report))


def test_a_week_without_hours_has_no_such_part():
    report = report_with("metformin")
    assert "keeps medicines" not in as_text(report) + markdown(report)
    assert report_as_json(report)["schedule"] == []


def test_hours_do_not_allow_what_a_rule_refuses():
    report = report_with("levothyroxine:1", "spironolactone")
    said = "A magnesium supplement is refused here, and no timing changes that"
    assert said in plain(as_text(report))
    assert any(said in note for note in report_as_json(report)["schedule_notes"])
    assert "is refused here" not in plain(as_text(report_with("levothyroxine:1")))


def test_a_day_without_room_is_said_everywhere():
    report = report_with("moxifloxacin:3")
    for text in (as_text(report), markdown(report)):
        assert "all the hours required for: magnesium" in plain(text)
        assert "Ask your pharmacist" in plain(text)
    assert report_as_json(report)["no_time_for"] == ["magnesium"]


def test_what_has_no_time_is_said_before_the_hours_of_the_rest():
    texts = told(build_schedule(read_medicines(["moxifloxacin:3", "gabapentin:1"])))
    assert "all the hours required for: magnesium" in texts[0]
    assert texts[1].startswith("The times below are only for the other items")
    assert "gabapentin" in "".join(texts[2:])


def test_the_day_of_a_weekly_medicine_is_asked_for_and_told_apart():
    report = report_with("methotrexate:1/week", "levothyroxine:1")
    for text in (as_text(report), markdown(report)):
        assert "On the day of methotrexate" in plain(text)
        assert '--medicine "methotrexate:1/week@mon"' in plain(text)
    lines = report_as_json(report)["schedule"]
    (own,) = [line for line in lines if line["item"] == "methotrexate"]
    assert (own["days"], own["on"]) == ([], "On the day of methotrexate")


def test_a_daily_dose_of_what_most_take_weekly_is_said_loudly_and_first():
    texts = told(build_schedule(read_medicines(["methotrexate:1/day"])))
    assert texts[0].startswith("methotrexate EVERY DAY: most people take it ONCE A WEEK")


def test_a_pill_that_a_rule_refuses_is_named_and_has_no_hour():
    pill = SupplementIntake("magnesium citrate", 200)
    day = judge_supplements(
        read_patient(Profile(sex="f", age_y=72, egfr=25.0, medicines=("alendronate:1/week",))),
        supplements=[pill],
    ).schedule
    texts = told(day)
    assert texts[0].startswith(
        "magnesium citrate: a rule does not allow it here, so it has no time"
    )
    assert not [one for one in texts[1:] if "magnesium citrate" in one]
    assert day.without_hour == ("magnesium citrate",)


def test_usual_meals_are_said_to_be_assumed_where_hours_rest_on_them():
    person = Profile(medicines=("levothyroxine:1",))
    said = " ".join(told(judge_supplements(read_patient(person)).schedule))
    assert "meals at 08:00, 12:30, 16:00, 19:00 are assumed" in said
    plain_one = replace(person, medicines=("gabapentin:1",))
    assert "assumed" not in " ".join(told(judge_supplements(read_patient(plain_one)).schedule))


def test_the_best_hour_is_said_where_it_is_not_the_first():
    texts = told(build_schedule(read_medicines(["levothyroxine:1"])))
    assert texts[:2] == [
        "07:00 to 08:00  07:00  levothyroxine  4 h from magnesium",
        "12:00 to 22:00  19:00  (a magnesium pill, if you take one)  4 h from levothyroxine",
    ]
