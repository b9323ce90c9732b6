"""The hours beside a plan: the same in text, Markdown and JSON."""

from dataclasses import replace

from planner.export.safety import schedule_blocks
from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.intake import SupplementIntake
from planner.safety.patient import read_patient
from tests.one_eater import as_text, report_as_json
from tests.reports import make_report
from tests.told import texts as texts_of


def report_with(*medicines):
    """Give the report of a person with medicines, whose week passes its check."""
    report = make_report(2)
    profile = replace(report.request.profile, medicines=medicines)
    check = replace(report.check, passed=True)
    return replace(report, request=replace(report.request, profile=profile), check=check)


def plain(text):
    return " ".join(text.split())


def test_hours_do_not_allow_what_a_rule_refuses():
    report = report_with("levothyroxine:1", "spironolactone")
    said = "A magnesium supplement is refused here, and no timing changes that"
    assert said in plain(as_text(report))
    assert any(said in note for note in report_as_json(report)["schedule_notes"])
    assert "is refused here" not in plain(as_text(report_with("levothyroxine:1")))


def test_a_pill_that_a_rule_refuses_is_named_and_has_no_hour():
    pill = SupplementIntake("magnesium citrate", 200)
    day = judge_supplements(
        read_patient(Profile(sex="f", age_y=72, egfr=25.0, medicines=("alendronate:1/week",))),
        supplements=[pill],
    ).schedule
    texts = texts_of(schedule_blocks(day))
    assert texts[0].startswith(
        "magnesium citrate: a rule does not allow it here, so it has no time"
    )
    assert not [one for one in texts[1:] if "magnesium citrate" in one]
    assert day.without_hour == ("magnesium citrate",)


def test_rules_and_given_hours_stand_in_text_and_json_alike():
    report = report_with("ciprofloxacin:2@08:00,20:00", "metformin")
    for text in (as_text(report), as_text(report, day=1)):
        assert "magnesium 2 h after ciprofloxacin, or 6 h before it." in plain(text)
        assert any("20:00" in line and "dose 2 of 2" in line for line in text.splitlines())
    found = report_as_json(report)
    last = found["schedule"][-1]
    assert (last["item"], last["dose"], last["earliest"], last["days"]) == (
        "ciprofloxacin", 2, "20:00", [1, 2],
    )  # fmt: skip
    for note in found["schedule_notes"]:
        assert note in plain(as_text(report))
    assert report_as_json(report_with("ciprofloxacin:2", "levothyroxine"))["schedule"] == []


def test_the_day_of_a_weekly_medicine_is_asked_for():
    report = report_with("methotrexate:1/week", "levothyroxine:1")
    assert '--medicine "methotrexate:1/week@mon"' in plain(as_text(report))
