"""Every command of four readings by a pharmacist and a renal dietitian, answered as it should be.

Rows of ``reviews.csv``: what is typed behind ``magplan``, its exit code, what the answer must say
and must not say, `` | `` between several. ``+name`` is a fact of how the person was understood: an
effect, a condition, an interaction, the band of the kidneys or the verdict.
"""

import csv
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import planner.cli.safety
from planner.cli import cli

PERSON = {"F": "--sex f --age 31 --height 165 --weight 62", "M": "--sex m --age 40"}
FILE = Path(__file__).with_name("reviews.csv")
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


def facts_of(patient, verdict):
    """Give how somebody was understood, each fact with a plus before it."""
    found = [effect.effect_id for effect in patient.effects]
    found += [condition.condition_id for condition in patient.conditions]
    found += [row.interaction_id for medicine in patient.medicines for row in medicine.interactions]
    found += [finding.code for finding in verdict.findings]
    found += [f"{medicine.per_day}/day" for medicine in patient.medicines]
    found += [f"{medicine.per_week}/week" for medicine in patient.medicines]
    found += [patient.kidneys.rule.rule_id] if patient.kidneys.rule else []
    found += [f"{key}={told}" for key, told in verdict.nutrients.items()]
    return " ".join(f"+{fact};" for fact in [*found, verdict.allowed])


def answer(words, monkeypatch):
    """Give the exit code of a command, and all that it says, with what was understood."""
    told = []
    judge = planner.cli.safety.judge_request

    def judged(request):
        verdict = judge(request)
        told.append(facts_of(request.patient, verdict))
        return verdict

    monkeypatch.setattr(planner.cli.safety, "judge_request", judged)
    for short, person in PERSON.items():
        words = words.replace(f" {short} ", f" {person} ")
    result = CliRunner().invoke(cli, shlex.split(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        assert getattr(result.exception, "where", None) is not None, result.exception
        told.append(str(result.exception))
    text = " ".join(" ".join([result.output, *told]).split())
    return getattr(result.exception, "code", result.exit_code), text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"][:60])
def test_a_command_is_answered_as_it_should_be(row, monkeypatch):
    code, text = answer(row["words"], monkeypatch)
    assert str(code) in row["exit"].split("/"), text
    for said in filter(None, row["must_say"].split(" | ")):
        assert f"{said};" in text if said.startswith("+") else said.casefold() in text.casefold(), (
            text
        )
    for said in filter(None, row["must_not_say"].split(" | ")):
        assert f"{said};" not in text if said.startswith("+") else said not in text, text
