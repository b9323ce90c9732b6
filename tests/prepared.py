"""Run a command in process; a plan stops where its model would be solved."""

import re
import shlex
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from click.testing import CliRunner

from planner.cli import cli
from planner.errors import PlannerError
from planner.export.people import read_left_out, readings_of
from planner.safety.stops import banner_of


def magplan(*words):
    """Run a command; gives its exit code and what it prints."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


class PreparedError(Exception):
    """Holds the table that would be solved."""


@dataclass(frozen=True)
class Prepared:
    """What a week would be chosen from: all that may be eaten, and the bounds of a day."""

    week: object

    @property
    def things(self):
        """Return the ids and bases of all foods in anything that may be planned."""
        found = set()
        for candidate in self.week.candidates.candidates:
            for serving in candidate.servings:
                found |= {food_id for food_id, _ in serving.portion.ingredients}
                found |= set(serving.bases_g)
        return found

    def upper(self, nutrient):
        """Return the least upper bound of a day; ``None`` without one."""
        found = [target.upper for target in self.week.targets.targets
                 if (target.nutrient, target.period, target.basis) == (nutrient, "day", "total")
                 and target.upper is not None]  # fmt: skip
        return min(found, default=None)


@dataclass(frozen=True)
class Answer:
    """What a command answers.

    Parameters
    ----------
    code, text
        Exit code, and what is printed or why it is refused.
    week
        What may be planned, or is; ``None`` where no plan is made.
    """

    code: int
    text: str
    week: object = field(default=None, repr=False)


@contextmanager
def stopped_before_solving():
    """Stop each plan where its model would be solved; yields the function that prepares."""
    from planner.table import till
    from planner.table.prepare import prepare_table

    def stop(*args, **more):
        raise PreparedError(prepare_table(*args, **more))

    with patch.object(till, "prepare_table", stop):
        yield


def answer(*words):
    """Return what a command answers; a traceback goes on."""
    with stopped_before_solving():
        result = CliRunner().invoke(cli, [str(word) for word in words])
    error = result.exception
    if isinstance(error, PreparedError):
        week = next(iter(error.args[0].alone.values()))
        return Answer(0, text_of(week) + result.output, Prepared(week))
    if isinstance(error, PlannerError):
        remedy = getattr(error, "remedy", "") or ""
        return Answer(error.exit_code, f"{error} {remedy} {result.output}")
    if error and not isinstance(error, SystemExit):
        raise error
    return Answer(result.exit_code, result.output)


def text_of(week):
    """Return the banner, the readings and the notes that a plan of this week prints."""
    read = [str(banner_of(week.request.patient)), *map(str, week.targets.notes)]
    read += [f"{one.said}: {one.understood}" for one in readings_of(week.request.patient)]
    left_out = read_left_out(week.request, week.foods, week.dishes)
    read += [f"{reading.said}: {reading.understood}, {reading.stays}" for reading in left_out]
    read += [
        f"{omission.name} is {omission.told}"
        for omission in week.candidates.left_out
        if omission.code in ("safety", "allergen", "wish")
    ]
    return "\n".join(read) + "\n"


def faults_of(line, wanted):
    """Return what an answer to a line lacks of what a case wants, in words."""
    words = shlex.split(line)
    found = answer(*words)
    codes = wanted["code"] if isinstance(wanted["code"], list) else [wanted["code"]]
    if found.code not in codes:
        return [f"ends with {found.code}, not {codes}: {found.text[:160]!r}"]
    faults = [f"does not say {say!r}: {found.text[:200]!r}" for say in wanted.get("says", ())
              if not re.search(say, found.text, re.IGNORECASE)]  # fmt: skip
    faults += [f"says {pattern!r}" for pattern in wanted.get("never", ())
               if re.search(pattern, found.text, re.IGNORECASE)]  # fmt: skip
    if wanted.get("first", "") not in found.text.partition("\n")[0]:
        faults.append(f"does not begin with {wanted['first']!r}")
    if found.week is not None:
        things = found.week.things
        faults += [f"may plan {name}" for name in wanted.get("without", ()) if name in things]
        for key, most in wanted.get("upper", {}).items():
            upper = found.week.upper(key)
            if upper is None or upper > most:
                faults.append(f"{key} of {upper}, not at most {most}")
    return faults
