"""Reference questions of ``tests/data/cases``: a sentence, an input, and what must hold.

A case asks one thing; the name of the table that states it picks the checker below. ``who`` is a
profile under the keys of a request file, with its standard.
"""

import tomllib
from pathlib import Path

import pytest

from foods.supplement import find_supplement, read_supplements
from planner.check.judge import Finding, check_plan
from planner.errors import ConfigError, RefusedError
from planner.export.figures import finding_texts, share_text, verdict
from planner.export.targets import reference_ratio
from planner.request.eater_tables import read_intake
from planner.request.measures import read_height_cm, read_weight_kg
from planner.request.override import TargetOverride
from planner.request.profile_table import ProfileTable
from planner.safety.gate import judge_supplements
from planner.safety.patient import read_patient
from planner.safety.stops import rules_for
from planner.targets.derive import derive_targets
from planner.targets.energy import estimate_energy
from planner.targets.notes import implied_magnesium_mg
from tests.medicine_names import read_medicines
from tests.plates import day, food, request, table, target
from tests.prepared import faults_of

CASES = [
    case | {"file": path.stem}
    for path in sorted((Path(__file__).parents[1] / "data" / "cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
EXACT = 1e-6
A_TENTH_OF_A_PERCENT = 1e-3  # published fractions have three digits
MINERALS = ("calcium_mg", "magnesium_mg")


def profile_of(who):
    return ProfileTable.model_validate(who).to_profile()


def targets_of(case, overrides=()):
    return derive_targets(profile_of(case["who"]), case["who"]["standard"], None, overrides)


def found(case, wanted):
    return targets_of(case).find(wanted["nutrient"], wanted["period"], wanted["basis"])


def band(case, wanted):
    has = found(case, wanted)
    for side in {"lower", "upper"} & set(wanted):
        assert getattr(has, side) == pytest.approx(wanted[side], rel=EXACT)


def no_band(case, wanted):
    assert found(case, wanted) is None


def open_side(case, wanted):
    has = found(case, wanted)
    assert has is not None
    assert getattr(has, wanted["side"]) is None


def ratio_mode(case, wanted):
    assert targets_of(case).ratio_mode == wanted


def may_ask(case, wanted):
    override = TargetOverride(wanted["nutrient"], None, wanted["upper"])
    if wanted["allowed"]:
        targets_of(case, [override])
    else:
        with pytest.raises(RefusedError, match="is not raised"):
            targets_of(case, [override])


def energy_kcal(case, wanted):
    assert estimate_energy(profile_of(case["who"])).kcal == pytest.approx(wanted, abs=0.01)


def measure(read, wanted, key):
    if "fault" in wanted:
        with pytest.raises(ConfigError, match=wanted["fault"]):
            read(wanted["text"])
    else:
        assert read(wanted["text"]) == pytest.approx(wanted[key], abs=0.001)


def height(_case, wanted):
    measure(read_height_cm, wanted, "cm")


def weight(_case, wanted):
    measure(read_weight_kg, wanted, "kg")


def compound(_case, wanted):
    one = next(one for one in read_supplements().values() if one.formula == wanted["formula"])
    elemental_mg = one.elemental_mg(wanted["compound_mg"])
    most = wanted["compound_mg"] * A_TENTH_OF_A_PERCENT
    assert elemental_mg == pytest.approx(wanted["elemental_mg"], abs=most)
    assert find_supplement(one.name) is one


def intake(_case, wanted):
    if "fault" in wanted:
        with pytest.raises(ConfigError, match=wanted["fault"]):
            read_intake(wanted["text"])
    else:
        one = read_intake(wanted["text"])
        assert one.elemental_mg_per_day == pytest.approx(wanted["elemental_mg"], abs=0.5)


def rules(case, wanted):
    said = rules_for(read_patient(profile_of(case["who"])))
    assert [rule.rule_id for rule in said if rule.category == wanted["category"]] == wanted["ids"]


def supplement(case, wanted):
    said = judge_supplements(
        read_patient(profile_of(case["who"])), standard_id=case["who"]["standard"]
    )
    assert said.allowed == wanted
    assert (said.most_elemental_mg > 0) == (wanted == "allowed")


def medicine(_case, wanted):
    rows = {one.interaction_id: one for one in read_medicines([wanted["name"]])[0].interactions}
    row = rows[wanted["id"]]
    for side in ("before", "after"):
        if f"hours_{side}" in wanted:
            assert getattr(row, f"hours_{side}_mg") == wanted[f"hours_{side}"]


def ratio(case, wanted):
    masses = [dict(zip(MINERALS, amounts, strict=True)) for amounts in case["days"]]
    foods = table(*(food(f"plate_{n}", **mass) for n, mass in enumerate(masses)))
    days = [day(n + 1, foods, lunch={f"plate_{n}": 100.0}) for n in range(len(masses))]
    bounds = {"period": wanted["period"], "unit": "ratio"}
    wished = target("ca_mg_ratio", wanted["lower"], wanted["upper"], **bounds)
    finding = check_plan(days, [wished], foods, request(len(days))).findings[0]
    assert finding.value == pytest.approx(wanted["value"], abs=EXACT)
    assert finding.holds is wanted["holds"]


def printed(_case, wanted):
    lower, upper, value = wanted.get("lower"), wanted.get("upper"), wanted["value"]
    holds = wanted["holds"]
    one = Finding(wanted["nutrient"], "day", 1, value, lower, upper, holds, 1.0, True, "total")
    assert finding_texts(one)[0] == wanted["text"]
    assert verdict(one) == wanted["word"]
    assert share_text(one) == wanted.get("share", "")


def implied_mg(case, wanted):
    assert implied_magnesium_mg(targets_of(case).targets) == pytest.approx(wanted)


def reference_ratio_of(case, wanted):
    assert round(reference_ratio(targets_of(case)), 2) == wanted


def command(_case, wanted):
    faults = [f"{line}: {fault}" for line in wanted["lines"] for fault in faults_of(line, wanted)]
    assert faults == [], "\n".join(faults)


CHECKERS = {
    "band": band, "no_band": no_band, "open_side": open_side, "ratio_mode": ratio_mode,
    "may_ask": may_ask, "energy_kcal": energy_kcal, "height": height, "weight": weight,
    "compound": compound, "intake": intake, "rules": rules, "supplement": supplement,
    "medicine": medicine, "ratio": ratio, "printed": printed, "implied_mg": implied_mg,
    "reference_ratio": reference_ratio_of, "command": command,
}  # fmt: skip


COMMANDS = [case for case in CASES if "command" in case]
OTHERS = [case for case in CASES if "command" not in case]


def asked_by(case):
    return f"{case['file']}: {case['ask']}"


def hold(case):
    asked = [name for name in CHECKERS if name in case]
    assert len(asked) == 1, "a case states one thing"
    CHECKERS[asked[0]](case, case[asked[0]])


@pytest.mark.parametrize("case", OTHERS, ids=asked_by)
def test_the_answer_to_a_reference_question_holds(case):
    hold(case)


@pytest.mark.parametrize("case", COMMANDS, ids=asked_by)
def test_a_command_answers_a_reference_question(case):
    hold(case)


def test_there_are_at_least_150_questions_and_none_is_asked_twice():
    questions = [case["ask"] for case in CASES]
    assert len(questions) >= 150
    assert len(questions) == len(set(questions))
