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


def hour(clock):
    return int(clock[:2]) + int(clock[3:]) / 60


def dairy_or_calcium(plan):
    """Give slot → calcium of each meal of the first day, pills and water left out [mg]."""
    return {
        meal["slot"]: sum(
            item["nutrients"]["calcium_mg"] or 0.0
            for item in meal["items"]
            if item["kind"] != "supplement" and not re.match(r"\S+ L ", item["measure"])
        )
        for meal in plan["days"][0]["meals"]
    }


USUAL = {"breakfast": 8.0, "lunch": 12.5, "snack": 16.0, "dinner": 19.0}


@pytest.mark.parametrize(
    ("medicines", "least_mg", "before_h", "after_h"),
    [
        (("doxycycline:2",), 100, 2, 4),
        (("eltrombopag:1",), 50, 4, 4),
        (("levothyroxine:1",), 200, 4, 4),
        (("alendronate:1/week@mon", "levothyroxine:1"), 200, 2, 4),
    ],
)
def test_no_dose_stands_beside_the_calcium_of_a_meal(
    tmp_path, medicines, least_mg, before_h, after_h
):
    flags = [word for one in medicines for word in ("--medicine", one)]
    plan, _ = planned(tmp_path, *WOMAN, *flags)
    rich = [USUAL[slot] for slot, mg in dairy_or_calcium(plan).items() if mg >= least_mg]
    names = {one.partition(":")[0] for one in medicines}
    text = " ".join(run("show", str(tmp_path / "plan.json"), "--full").stdout.split())
    # where every meal has much calcium, no hour is free of it, and the plan says so
    told = {one for one in names if f"{one}: some doses are close to a meal" in text}
    assert not told or len(rich) == len(USUAL)
    doses = [line for line in plan["schedule"] if line["item"] in names - told]
    assert {line["item"] for line in doses} | {*plan["no_time_for"]} >= names - told
    for line in doses:
        for meal_h in rich:
            is_before = meal_h - hour(line["latest"]) >= before_h
            assert is_before or hour(line["earliest"]) - meal_h - 0.5 >= after_h, line


def test_two_medicines_that_are_taken_alone_are_not_taken_together(tmp_path):
    plan, _ = planned(
        tmp_path, *WOMAN, "--medicine", "alendronate:1/week@mon", "--medicine", "levothyroxine"
    )
    times = {line["item"]: line for line in plan["schedule"]}
    first, second = sorted(
        (times["alendronate"], times["levothyroxine"]), key=lambda line: line["earliest"]
    )
    assert hour(second["earliest"]) - hour(first["latest"]) >= 1


def test_a_weekly_medicine_is_reminded_of_once_a_week(tmp_path):
    args = ("--sex", "f", "--age", "50")
    plan, calendar = planned(tmp_path, *args, "--medicine", "methotrexate:1/week@tue", days="2")
    assert calendar.count("SUMMARY:methotrexate") == 1
    (line,) = [line for line in plan["schedule"] if line["item"] == "methotrexate"]
    assert line["days"] == [2]
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
