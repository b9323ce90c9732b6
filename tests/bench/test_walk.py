"""The walk says what must be seen, and its intents that plan nothing are met."""

import shlex

import pytest

from tests.bench.walk import LEAST_MET, Intent, read_walk
from tests.commands import ended

pytestmark = pytest.mark.harden

MADE, FILES, INTENTS = read_walk()
NEEDS_PLANS = tuple(f"{words.split('--out ')[1]}/plan.json" for words in MADE if "plan " in words)
ALONE = [
    intent
    for intent in INTENTS
    if intent.quick and not any(name in intent.run for name in (*NEEDS_PLANS, "foods.csv"))
]


def test_at_least_120_intents_are_walked_half_of_them_newcomers():
    newcomers = [intent for intent in INTENTS if intent.who == "newcomer"]
    assert len(INTENTS) >= 120
    assert len(newcomers) >= len(INTENTS) / 2
    assert {intent.who for intent in INTENTS} == {"newcomer", "dietitian"}
    assert len({intent.run for intent in INTENTS}) >= 0.95 * len(INTENTS)


def test_what_is_not_seen_is_missed():
    wish = Intent("newcomer", "a week", "plan", 0, out=("Mon",), err=("wrote",), never=("dragon",))
    assert wish.missed(0, "x\n Mon", "wrote") == []
    assert len(wish.missed(3, "dragon", "Traceback (most recent call last)")) == 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("walk")
    for name, text in FILES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def test_intents_that_plan_nothing_are_met(folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    missed = {intent.want: intent.missed(*ended(*shlex.split(intent.run))) for intent in ALONE}
    failed = {want: texts for want, texts in missed.items() if texts}
    assert len(missed) > 40
    assert len(failed) <= (1 - LEAST_MET) * len(missed), failed
