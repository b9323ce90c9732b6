"""Hours that hurt, once printed: each command ends today as a pharmacist would have it."""

import json
import re

import pytest
from click.testing import CliRunner

from planner.cli import cli

WOMAN = ("--sex", "f", "--age", "62", "--height", "160", "--weight", "62", "--egfr", "80")


def run(*args):
    result = CliRunner().invoke(cli, list(args))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def planned(folder, *args, days="1"):
    """Give plan.json and the text of the calendar of a short plan that begins on a Monday."""
    run("plan", "--days", days, "--start", "2026-03-02", "--out", str(folder), *args)
    run("export", str(folder / "plan.json"), "--to", "ics", "--out", str(folder / "ics"))
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return plan, (folder / "ics" / "week.ics").read_text(encoding="utf-8")


def test_a_weekly_medicine_is_reminded_of_once_a_week(tmp_path):
    args = ("--sex", "f", "--age", "50")
    plan, calendar = planned(tmp_path, *args, "--medicine", "methotrexate:1/week@tue", days="2")
    assert calendar.count("SUMMARY:methotrexate: on this day") == 1
    assert plan["schedule"] == []  # no hour that nobody gave
    _, calendar = planned(tmp_path / "b", *args, "--medicine", "methotrexate:1/week")
    assert calendar.count("SUMMARY:methotrexate: once this week") == 1
    assert calendar.count("SUMMARY:methotrexate") == 1


def test_a_tablet_is_one_dose_with_its_milligrams(tmp_path):
    plan, calendar = planned(
        tmp_path, "--sex", "f", "--age", "40", "--medicine", "levothyroxine:1",
        "--supplement", "magnesium oxide:400mg_compound",
    )  # fmt: skip
    (line,) = [line for line in plan["schedule"] if line["item"] == "Magnesium oxide"]
    assert (line["doses"], line["amount"]) == (
        1, "241.2 mg of magnesium (400 mg of magnesium oxide)",
    )  # fmt: skip
    assert calendar.count("SUMMARY:Magnesium oxide") == 1
    assert "Magnesium oxide\\, 241.2 mg" in calendar


@pytest.mark.parametrize(
    "pill",
    [
        ("--medicine", "milk of magnesia"),
        ("--supplement", "milk of magnesia:400mg_compound"),
    ],
)
def test_a_laxative_of_magnesium_ends_like_a_pill_of_it(pill):
    result = CliRunner().invoke(
        cli, ["plan", "--days", "1", "--age", "50", "--condition", "myasthenia gravis", *pill]
    )
    assert "Myasthenia gravis: magnesium weakens" in str(result.exception)


def test_raltegravir_beside_an_antacid_has_no_plan():
    pill = ("--supplement", "magnesium hydroxide:400mg_compound")
    result = CliRunner().invoke(
        cli, ["plan", "--days", "1", "--age", "40", "--medicine", "raltegravir:2", *pill]
    )
    assert "must not be taken along with raltegravir at all" in str(result.exception)


@pytest.mark.parametrize("condition", ["myasthenia gravis", None])
def test_a_refused_pill_has_no_best_hour(condition):
    person = ("--sex", "f", "--age", "72", "--medicine", "gabapentin:1")
    why = ("--condition", condition) if condition else ("--egfr", "25")
    pill = ("--supplement", "magnesium citrate:200mg_elemental")
    text = run("safety", *person, *why, *pill).stdout
    assert "magnesium citrate: a rule does not allow it here, so it has no time" in text
    assert not re.search(r"\d\d:\d\d.*magnesium citrate", text)
