"""Weeks that were planned once: tests read them from disk and plan nothing.

Twelve folders of ``tests/golden/weeks`` hold what ``magplan plan --out`` wrote (``plan.json``,
``request.toml``, ``shopping.csv``); ``diary`` holds ``diary.csv`` and its request.

=======================  =========================================================================
``man_25_very_active``   a man of 25 who trains hard
``pescatarian_man_72_uk``  a man of 72 with levothyroxine, fish, main meal at noon, UK
``south_asian_woman_45`` a woman of 45 without gluten, 60 euros a week for what is eaten, WHO
``vegan_woman_35``       a vegan woman of 35 without peanut, 40 minutes on weekdays, EU
``vegetarian_girl_14``   a girl of 14 who eats no meat and no fish
``woman_55``             a woman of 55 who eats everything; all else is the default
``family``               Ana, Ben, Mia (15) and Tom (9), who share their dinners
``four_weeks``           a woman of 40, 28 days from Monday 2 March 2026 on
``gluten_free``          a man of 38 with celiac disease who likes salmon
``insulin``              a woman of 60 with insulin lispro: steady carbohydrate
``budget``               a woman of 30 who has 100 dollars a week at checkout
``diary``                a week of a woman of 46 as she wrote it down
=======================  =========================================================================

Everything below is read once a process and shared, so nothing of it may be changed::

    from tests import stored

    stored.folder("budget")        # its folder, to be read only
    stored.copied("budget", to)    # the same in a folder of the test's own, as magplan wrote it
    stored.document("budget")      # PlanDocument, as commands read it: .request, .plan, .printed
    stored.request("budget")       # PlanRequest, as in its plan
    stored.plan("budget")          # Plan
    stored.check("budget")         # TableCheck, as of `magplan check`
    stored.week("budget")          # TableDocument, what documents are made from
    stored.session("budget")       # TableSession, for changes; a second or two
    stored.report("budget")        # TableReport, as of `plan_meals`; .alone for one eater's
    stored.foods()                 # the shipped table of foods
    stored.diary()                 # Diary
    stored.analysis()              # what `magplan analyse` finds in it
    stored.improvement()           # what `magplan improve` finds for its first day

Tests that must plan from scratch, or change a week by a search, search quickly, unless they ask how
good a week is; commands do with ``--effort quick``::

    stored.quick(request)          # the same request, searched quickly: plan_meals(quick(request))
    stored.quick_document("budget")  # a plan file whose changes are searched quickly

The fixture ``stored_copy`` gives ``copied`` in the test's own folder: ``stored_copy("budget")``.

``python -m tests.stored --replan NAME…`` plans weeks anew (all of them without a name) and writes
their files; ``--retell NAME…`` keeps what is served and writes all else anew, without a search.
"""

import argparse
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

WEEKS = Path(__file__).parent / "golden" / "weeks"
PLANS = (
    "budget", "family", "four_weeks", "gluten_free", "insulin", "man_25_very_active",
    "pescatarian_man_72_uk", "south_asian_woman_45", "vegan_woman_35", "vegetarian_girl_14",
    "woman_55",
)  # fmt: skip
DIARY = "diary"
ONE_EATER = tuple(name for name in PLANS if name != "family")
OF_THE_MACHINE = ("time_s", "build_s")  # of the solver; beside them the day it was planned on


def folder(name):
    """Return the folder of a stored week, to be read only."""
    return WEEKS / name


def copied(name, to):
    """Write the files of a stored week into a folder, as magplan wrote them; returns the folder."""
    from planner.export.files import write_files
    from planner.export.plan_names import PLAN_FILES

    write_files(to, {file: (folder(name) / file).read_text("utf-8") for file in PLAN_FILES})
    return to


@pytest.fixture
def stored_copy(tmp_path):
    """Return a function: name of a stored week → its files in a folder of the test's own."""
    return lambda name: copied(name, tmp_path / name)


@cache
def foods():
    """Return the shipped table of foods."""
    from foods.embedded import read_embedded_foods

    return read_embedded_foods()


@cache
def document(name):
    """Return a plan file as commands read it."""
    from planner.wire.document import read_plan_document

    return read_plan_document(folder(name) / "plan.json")


def request(name):
    """Return the request of a stored week."""
    if name == DIARY:
        return asked(name)
    return document(name).request


def plan(name):
    """Return the plan of a stored week."""
    return document(name).plan


@cache
def asked(name):
    """Return the request as it stands in its own file."""
    from planner.request.read import read_request

    return read_request(folder(name) / "request.toml")


def quick(wanted):
    """Return a request that is searched quickly."""
    return replace(wanted, solve=replace(wanted.solve, effort="quick"))


@cache
def quick_document(name):
    """Return a plan file whose changes are searched quickly."""
    return replace(document(name), request=quick(request(name)))


@cache
def check(name):
    """Return what the independent check finds in a stored week."""
    from planner.check.document import check_document

    return check_document(document(name), foods())


@cache
def week(name):
    """Return a stored week as documents are made from it."""
    from planner.cli.dishes_own import recipes_at_hand
    from planner.export.documents import TableDocument

    wanted = request(name)
    return TableDocument(plan(name), wanted, check(name), foods(), recipes_at_hand(wanted))


@cache
def session(name):
    """Return a stored week opened for changes."""
    from planner.table.session import open_table

    return open_table(document(name))


@cache
def report(name):
    """Return what planning reports of a stored week; nothing is searched."""
    return as_it_stands(session(name))


def as_it_stands(opened):
    """Report on a plan that was opened for changes, as it stands."""
    from planner.rhythm.swap import standing_weeks
    from planner.rhythm.weeks import change_weeks
    from planner.table.report import report_table

    weeks = standing_weeks(opened.roles, opened.table.count)
    known = {number: week.standing for number, week in enumerate(weeks)}
    stood = change_weeks(opened.roles, 0.0, is_new=False, known=known)
    return report_table(opened.table, stood.outcome)


@cache
def diary():
    """Return the stored diary."""
    from planner.candidates.own_dishes import dishes_with_own
    from planner.diary.read import read_diary

    return read_diary(folder(DIARY) / "diary.csv", foods(), dishes_with_own((), foods()))


@cache
def analysis():
    """Return what is found in the stored diary."""
    from planner.diary.analysis import analyse_diary
    from planner.targets.derive import targets_of

    targets = targets_of(asked(DIARY), for_plan=False)
    return analyse_diary(diary(), asked(DIARY), targets, foods(), [])


@cache
def improvement():
    """Return what changes can do for the first day of the stored diary."""
    from planner.candidates.own_dishes import dishes_with_own
    from planner.diary.diary import Diary
    from planner.table.improve import improve_diary

    first = Diary(diary().days[:1], DIARY)
    return improve_diary(first, asked(DIARY), foods(), dishes_with_own((), foods()))


def compact(text):
    """Return a plan file without its date and times, a line for each key and each day."""
    values = json.loads(text)
    values.pop("created", None)
    values["solver"] = {
        key: value for key, value in values["solver"].items() if key not in OF_THE_MACHINE
    }

    def line(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    lines = {key: line(value) for key, value in values.items()}
    lines["days"] = "[\n" + ",\n".join(map(line, values["days"])) + "\n]"
    return "{\n" + ",\n".join(f'"{key}":{text}' for key, text in lines.items()) + "\n}\n"


def write(name, told):
    """Write the files of a week that was planned."""
    from planner.export.as_json import plan_files

    for file, text in plan_files(told, folder(name) / "request.toml").items():
        kept = compact(text) if file == "plan.json" else text
        (folder(name) / file).write_text(kept, encoding="utf-8")


def main():
    """Plan or tell stored weeks anew."""
    parser = argparse.ArgumentParser(description=main.__doc__, prog="python -m tests.stored")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--replan", nargs="*", choices=PLANS, metavar="NAME")
    how.add_argument("--retell", nargs="*", choices=PLANS, metavar="NAME")
    words = parser.parse_args()
    for name in words.replan or words.retell or PLANS:
        if words.retell is None:
            from planner.pipeline import plan_meals

            told = plan_meals(asked(name))
        else:
            told = report(name)
        assert told.passed, f"{name} has no plan that holds"
        write(name, told)
        print(f"wrote {name}")  # noqa: T201


if __name__ == "__main__":
    main()
