"""The hours beside a plan: the same in text, Markdown and JSON."""

from dataclasses import replace

from planner.export.as_json import report_as_json
from planner.export.as_md import WeekDocument, as_markdown
from planner.export.as_text import as_text
from planner.export.schedule import schedule_texts
from planner.safety.medicines import read_medicines
from planner.safety.schedule import build_schedule
from tests.reports import FOODS, make_report


def report_with(*medicines):
    """Give the report of a person with medicines, whose week passes its check."""
    report = make_report(2)
    profile = replace(report.request.profile, medicines=medicines)
    check = replace(report.check, passed=True)
    return replace(report, request=replace(report.request, profile=profile), check=check)


def plain(text):
    return " ".join(text.split())


def markdown(report):
    return as_markdown(WeekDocument(report.plan, report.request, report.check, FOODS, ()))


def test_the_hours_stand_in_text_markdown_and_json_alike():
    report = report_with("ciprofloxacin:2", "metformin")
    said = "19:00-20:00 ciprofloxacin, dose 2 of 2 (6 h from magnesium)"
    assert said in plain(as_text(report))
    assert said in plain(as_text(report, day=1))
    assert said in plain(markdown(report))
    found = report_as_json(report)
    last = found["schedule"][-1]
    assert (last["item"], last["dose"], last["earliest"], last["days"]) == (
        "ciprofloxacin", 2, "19:00", [1, 2],
    )  # fmt: skip
    for note in found["schedule_notes"]:
        assert note in plain(as_text(report))


def test_a_week_without_hours_has_no_such_part():
    report = report_with("metformin")
    assert "keeps medicines" not in as_text(report) + markdown(report)
    assert report_as_json(report)["schedule"] == []


def test_hours_do_not_allow_what_a_rule_refuses():
    report = report_with("levothyroxine:1", "spironolactone")
    said = "A supplement of magnesium is refused here, and no hour changes that"
    assert said in plain(as_text(report))
    assert any(said in note for note in report_as_json(report)["schedule_notes"])
    assert "is refused here" not in plain(as_text(report_with("levothyroxine:1")))


def test_a_day_without_room_is_said_everywhere():
    report = report_with("moxifloxacin:3")
    for text in (as_text(report), markdown(report)):
        assert "keeps all hours for: magnesium" in plain(text)
        assert "Ask your pharmacist" in plain(text)
    assert report_as_json(report)["no_time_for"] == ["magnesium"]


def test_the_best_hour_is_said_where_it_is_not_the_first():
    texts = schedule_texts(build_schedule(read_medicines(["levothyroxine:1"])))
    assert texts[:2] == [
        "07:00-08:00  levothyroxine (4 h from magnesium)",
        "12:00-22:00, best 19:00  magnesium (4 h from levothyroxine)",
    ]
