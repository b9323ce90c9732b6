"""The table of rules, its edges, and the promise that no rule is ever overruled."""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.request.eater_tables import read_intake
from planner.request.profile import Profile
from planner.safety.conditions import known_conditions
from planner.safety.gate import judge_supplements, verdict_of
from planner.safety.intake import SupplementIntake
from planner.safety.medicines import known_interactions
from planner.safety.patient import read_patient
from planner.safety.sentences import read_safety_rules, read_safety_settings
from tests.medicine_names import NAMES
from tests.rows import rows
from tests.runs import IS_HARD

ADULT = Profile(age_y=40)
RULES = read_safety_rules()


def judge(person=ADULT, medicines=(), conditions=(), supplements=(), standard="us"):
    medicines, conditions = (*person.medicines, *medicines), (*person.conditions, *conditions)
    person = replace(person, medicines=medicines, conditions=conditions)
    return judge_supplements(read_patient(person), supplements, standard)


def codes(verdict):
    return {finding.code for finding in verdict.findings}


@rows(__file__, "an_adult_may_have_a_supplement")
def test_an_adult_may_have_a_supplement_up_to_the_upper_level(standard, age_y, most_mg):
    verdict = judge(replace(ADULT, age_y=age_y), standard=standard)
    assert (verdict.allowed, verdict.most_elemental_mg) == ("allowed", most_mg)


@rows(__file__, "a_band_of_kidney_function_begins")
def test_a_band_of_kidney_function_begins_at_its_lower_edge(egfr, rule, allowed):
    verdict = judge(replace(ADULT, egfr=egfr))
    assert verdict.allowed == allowed
    assert {code for code in codes(verdict) if code[0] == "R"} == {rule}


@rows(__file__, "serum_magnesium_falls_into_its_bands")
def test_serum_magnesium_falls_into_its_bands_with_their_edges(serum, rules, allowed):
    verdict = judge(replace(ADULT, serum_mg_mg_dl=serum))
    assert {code for code in codes(verdict) if code[0] == "M"} == rules
    assert verdict.allowed == allowed
    assert any(finding.is_emergency for finding in verdict.findings) is (serum >= 7)


@rows(__file__, "children_have_none_by_default")
def test_children_have_none_by_default(age_y, allowed):
    verdict = judge(replace(ADULT, age_y=age_y))
    assert verdict.allowed == allowed
    assert "paediatrician" in verdict.findings[0].text or allowed == "allowed"


def test_from_65_on_the_kidneys_are_asked_about_first():
    assert judge(replace(ADULT, age_y=64)).allowed == "allowed"
    assert judge(replace(ADULT, age_y=65)).allowed == "ask"
    assert judge(replace(ADULT, age_y=65, egfr=60)).allowed == "allowed"


def test_kidney_disease_with_an_unknown_egfr_is_refused_with_whom_to_ask():
    verdict = judge(conditions=["kidney disease"])
    assert verdict.allowed == "refused"
    assert "Ask your kidney clinic" in verdict.findings[0].text


def test_the_worse_of_a_stage_and_an_egfr_holds():
    assert judge(replace(ADULT, egfr=95), conditions=["CKD stage 4"]).allowed == "refused"
    assert judge(replace(ADULT, egfr=20), conditions=["CKD G2"]).allowed == "refused"


@pytest.mark.parametrize("state", ["pregnant", "lactating"])
def test_in_pregnancy_and_lactation_a_clinician_advises(state):
    verdict = judge(replace(ADULT, age_y=30, state=state), standard="uk")
    assert verdict.allowed == "ask"
    assert verdict.upper_level.value == 350  # P01, P08, below the 400 mg of the UK


@pytest.mark.parametrize("rule_id", sorted(rule for rule in RULES if rule[0] == "C"))
def test_every_condition_of_the_table_is_known_by_its_own_words(rule_id):
    verdict = judge(conditions=[RULES[rule_id].condition])
    assert rule_id in codes(verdict)
    if "REFUSE_SUPPLEMENT" in RULES[rule_id].actions:
        assert verdict.allowed == "refused"


@pytest.mark.parametrize("rule_id", sorted(RULES.keys() - {"M02"}))
def test_the_words_of_every_row_are_known_whatever_its_category(rule_id):
    verdict = judge(conditions=[RULES[rule_id].condition])
    assert "unknown_condition" not in codes(verdict)
    if rule_id[0] != "P":  # several rows speak of pregnancy, one of them of supplements
        assert rule_id in codes(verdict)


def test_normal_names_no_condition():
    assert judge(conditions=["normal"]).allowed == judge().allowed
    assert [
        condition.name for condition in read_patient(Profile(conditions=("normal",))).conditions
    ] == ["No conditions"]


@rows(__file__, "words_that_people_use_lead_to")
def test_words_that_people_use_lead_to_their_rule(words, rule):
    assert rule in codes(judge(conditions=[words]))


def test_high_potassium_is_asked_about_with_who_to_ask():
    verdict = judge(conditions=["hyperkalaemia"])
    assert verdict.allowed == "ask"
    assert set(verdict.nutrients.values()) == {"ask"}
    assert any("Ask your doctor or kidney clinic" in finding.text for finding in verdict.findings)


def test_warfarin_asks_what_was_eaten_before():
    asked = [one.text for one in judge(medicines=["warfarin"]).findings if one.level == "question"]
    assert any("How many greens did you eat before" in text for text in asked)
    assert not any("greens" in one.text for one in judge().findings if one.level == "question")


def test_how_sure_the_hours_are_is_said():
    (said,) = [
        one.text for one in judge(medicines=["alendronate:1/week"]).findings if one.code == "D01"
    ]
    assert "sources disagree (0.5-4 h)" in said


def test_what_nobody_knows_is_asked_about_and_never_dropped():
    verdict = judge(medicines=["other: wonderol"], conditions=["other: rare disease"])
    assert verdict.allowed == "ask"
    texts = " ".join(finding.text for finding in verdict.findings)
    assert "'wonderol'" in texts
    assert "ask your pharmacist" in texts
    assert "'rare disease'" in texts
    assert "magnesium 2 h away from wonderol" in map(str, verdict.schedule.rules)


def test_an_action_that_the_program_does_not_know_refuses():
    assert verdict_of("SOMETHING_NEW") == "refused"


def test_every_action_of_the_tables_has_a_meaning():
    known = read_safety_settings("actions")
    listed = {*known["allowed"], *known["ask"], *known["refused"]}
    told = {action for row in known_interactions().values() for action in row.advice}
    gate = {
        action for rule in RULES.values() if rule.rule_id[0] in "MRCK" for action in rule.actions
    }
    assert told | gate - {"EXCLUDE_OR_GROUND"} <= listed | {"EXCLUDE_OR_GROUND"}


def test_what_is_taken_already_counts():
    # 241.2 mg of 400 mg oxide; 350 - 241.2 = 108.8
    oxide = SupplementIntake("magnesium oxide", 400, "compound")
    verdict = judge(supplements=[oxide])
    assert verdict.most_elemental_mg == pytest.approx(108.8, abs=0.05)
    calcium = SupplementIntake("calcium carbonate", 500)
    assert judge(supplements=[calcium]).most_elemental_mg == 350


def test_nothing_is_added_at_the_upper_level_and_poisoning_doses_are_said():
    at_level = judge(supplements=[SupplementIntake("magnesium citrate", 350)])
    assert (at_level.allowed, at_level.most_elemental_mg) == ("refused", 0)
    laxative = SupplementIntake("milk of magnesia", 1300, "elemental", 2)
    assert "S06" in codes(judge(supplements=[laxative]))
    child = judge(replace(ADULT, age_y=6), supplements=[laxative])
    (said,) = (finding.text for finding in child.findings if finding.code == "S06")
    assert "poison center or the emergency number now" in said


@pytest.mark.parametrize(("standard", "age_y"), [("eu", 3), ("uk", 17)])
def test_a_standard_without_an_upper_level_at_an_age_allows_nothing(standard, age_y):
    verdict = judge(replace(ADULT, age_y=age_y), standard=standard)
    assert verdict.allowed == "refused"
    assert "no_upper_level" in codes(verdict)


def test_compounds_that_a_condition_forbids_are_named():
    verdict = judge(
        conditions=["ulcerative colitis", "sarcoidosis"],
        supplements=[SupplementIntake("milk of magnesia", 100), SupplementIntake("vitamin D3", 1)],
    )
    assert verdict.avoids("milk of magnesia")
    assert not verdict.avoids("magnesium citrate")
    assert verdict.forbidden_nutrients == {"calcium_mg", "vitamin_d_ug"}
    assert {"avoided_compound", "forbidden_nutrient"} <= codes(verdict)


def test_antacids_and_laxatives_are_asked_about_and_a_nameless_one_is_not_passed_over():
    verdict = judge()
    assert any("antacid or a laxative?" in finding.text for finding in verdict.findings)
    assert judge(medicines=["antacid"]).allowed == "ask"


@rows(__file__, "the_limit_of_magnesium_in_pregnancy")
def test_the_limit_of_magnesium_in_pregnancy_says_nothing_about_other_nutrients(
    state, iron, calcium, magnesium
):
    found = judge(Profile(age_y=30, state=state)).nutrients
    told = (found["iron_mg"], found["calcium_mg"], found["magnesium_mg"])
    assert told == (iron, calcium, magnesium)


def test_in_pregnancy_folic_acid_is_named_with_who_to_ask():
    told = [finding.text for finding in judge(Profile(age_y=30, state="pregnant")).findings]
    assert any("folic acid" in text and "ask your midwife" in text for text in told)
    assert not any("folic acid" in finding.text for finding in judge().findings)


def test_what_nobody_knows_keeps_every_nutrient_away():
    for medicines, conditions in ((["other: wonderol"], []), ([], ["other: rare disease"])):
        found = judge(Profile(age_y=30, state="pregnant"), medicines, conditions).nutrients
        assert set(found.values()) == {"ask"}


def test_a_thiazide_leaves_calcium_and_vitamin_d_to_the_clinic():
    found = judge(medicines=["hydrochlorothiazide"]).nutrients
    assert (found["calcium_mg"], found["vitamin_d_ug"]) == ("ask", "ask")
    assert (found["magnesium_mg"], found["vitamin_b12_ug"]) == ("allowed", "allowed")


_NO_LEVEL = "calcium,UL,both,19,120,none,2500,mg,total"


def own_standard(folder, level):
    rows = "nutrient,kind,sex,age_min_y,age_max_y,state,value,unit,applies_to,condition,source"
    rows += ",locator,confidence\n"
    what = f"magnesium,UL,both,19,120,none,{level},mg,supplement" if level else _NO_LEVEL
    rows += f"{what},,mine,p. 1,verified\n"
    path = folder / f"mine_{level}.csv"
    path.write_text(rows, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("level", "most_mg"), [(600, 350), (350, 350), (200, 200), (None, 350)])
def test_a_plan_adds_no_more_under_an_own_standard_than_the_safety_rules_allow(
    level, most_mg, tmp_path
):
    verdict = judge(standard=own_standard(tmp_path, level))
    assert (verdict.allowed, verdict.most_elemental_mg) == ("allowed", most_mg)
    assert ("own_standard_capped" in codes(verdict)) == (level in (600, None))


def test_the_upper_level_is_cited_by_name_and_not_by_key():
    assert judge().upper_level.source == "DRI upper levels, elements, summary table"
    assert judge(standard="eu").upper_level.source.startswith("EFSA overview of ULs 2018")


def test_what_is_taken_counts_toward_the_cap_of_an_own_standard(tmp_path):
    standard = own_standard(tmp_path, 600)
    taken = [SupplementIntake("magnesium citrate", 250)]
    assert judge(supplements=taken, standard=standard).most_elemental_mg == 100  # 350 - 250
    more = judge(supplements=[SupplementIntake("magnesium citrate", 400)], standard=standard)
    assert (more.allowed, more.most_elemental_mg) == ("refused", 0)


def test_the_cap_of_an_own_standard_is_said_in_words(tmp_path):
    verdict = judge(standard=own_standard(tmp_path, 600))
    (said,) = [one.text for one in verdict.findings if one.code == "own_standard_capped"]
    assert "600 mg a day" in said
    assert "350 mg a day" in said
    assert "sk your pharmacist" in said


THIAZIDE = next(name for row, name in NAMES.items() if row.interaction_id == "D21")
MEDICINES = [(), *((name,) for name in NAMES.values())]
# Those that no rule speaks of are all alike: three of them stand for the rest.
TOLD = read_safety_settings("conditions")["told"]["names"][3:]
CONDITIONS = [
    (),
    *(
        (condition.name,)
        for key, condition in known_conditions().items()
        if key not in TOLD and not condition.which  # what is asked about gets no answer
    ),
]
AGES = (0, 3, 4, 9, 18, 19, 64, 65, 90)
EGFRS = (None, 0, 14.9, 15, 30, 45, 59.9, 60, 90)
SERUMS = (None, 1.6, 1.7, 2.4, 2.5, 4, 7, 12, 12.1, 15.1)


def forbidding(person):
    """List what forbids a supplement, read off the tables a second time and by hand."""
    serum, egfr = person.serum_mg_mg_dl, person.egfr
    words = " ".join(person.conditions).lower()
    rules = [rule for rule in RULES.values() if rule.rule_id in conditions_rules(words)]
    found = [
        rule.rule_id for rule in rules if {"REFUSE_SUPPLEMENT", "REFUSE_PLAN"} & {*rule.actions}
    ]
    found += ["serum"] if serum is not None and serum > 2.4 else []
    found += ["kidneys"] if egfr is not None and egfr < 60 else []
    found += ["kidneys unknown"] if "kidney" in words and egfr is None else []
    found += ["child"] if person.age_y < 19 else []
    found += ["old, kidneys unknown"] if person.age_y >= 65 and egfr is None else []
    advice = {
        advice for row, name in NAMES.items() if name in person.medicines for advice in row.advice
    }
    stops = {"NO_SUPPLEMENT_WITHOUT_CLINICIAN", "CLINICIAN_ONLY", "COUNT_TOWARD_UL"}
    return found + sorted(advice & stops)


OTHERS = ("calcium_mg", "iron_mg", "vitamin_d_ug", "vitamin_b12_ug", "folic_acid_ug")


def forbidden_beside_magnesium(person):
    """List the other nutrients that something forbids, by hand as well.

    A nameless antacid asks for the magnesium in it, which is nothing against other nutrients.
    """
    stops = set(forbidding(person)) - {"COUNT_TOWARD_UL"}
    found = set(OTHERS) if stops else set()
    if person.state != "pregnant":
        found |= {"iron_mg", "folic_acid_ug"}
    words = " ".join(person.conditions).lower()
    if "hypercalcaemia" in words or THIAZIDE in person.medicines:
        found |= {"calcium_mg", "vitamin_d_ug"}
    return found


@cache
def conditions_rules(words):
    return {
        rule
        for condition in known_conditions().values()
        if condition.name.lower() in words
        for rule in condition.rules
    }


def assert_nothing_forbidden_is_allowed(person):
    verdict = judge(person)
    if forbidding(person):
        assert verdict.allowed != "allowed", person
    for nutrient in forbidden_beside_magnesium(person):
        assert verdict.nutrients[nutrient] != "allowed", (nutrient, person)
    assert verdict.nutrients["magnesium_mg"] == verdict.allowed
    if verdict.allowed != "allowed":
        assert verdict.most_elemental_mg == 0
        told = [finding.text for finding in verdict.findings if finding.verdict == verdict.allowed]
        assert any("sk " in text or "emergency department" in text for text in told), person


def those_that_differ(names, what):
    """Give one name of each kind, or all with ``MAGPLAN_HARDEN``; ``what`` tells a name's kind."""
    if IS_HARD:
        return list(names)
    return list({what(name): name for name in reversed(names)}.values())


def kind_of_condition(condition):
    """Tell what the rules and the words of a condition may change."""
    words = " ".join(condition).lower()
    return frozenset(conditions_rules(words)), "kidney" in words, "hypercalcaemia" in words


def kind_of_medicine(medicine):
    """Tell what advice goes with a medicine; calcium is left to the clinic beside one of them."""
    advice = {row.advice for row, name in NAMES.items() if name in medicine}
    return frozenset(advice), THIAZIDE in medicine


OTHER_CONDITIONS = those_that_differ(CONDITIONS, kind_of_condition)
OTHER_MEDICINES = those_that_differ(MEDICINES, kind_of_medicine)
EDGES = product((3, 18, 19, 64, 65), (None, 14.9, 30, 59.9, 60))


def test_no_condition_beside_a_medicine_gets_a_supplement_that_a_rule_forbids():
    assert len(OTHER_CONDITIONS) > 40
    assert len(OTHER_MEDICINES) > 12
    pairs = {*product(CONDITIONS, OTHER_MEDICINES), *product(OTHER_CONDITIONS[:3], MEDICINES)}
    for conditions, medicines in sorted(pairs):
        person = Profile(age_y=40, conditions=conditions, medicines=medicines)
        assert_nothing_forbidden_is_allowed(person)
        assert_nothing_forbidden_is_allowed(replace(person, age_y=30, state="pregnant"))


def test_no_age_kidney_or_serum_gets_a_supplement_that_a_rule_forbids():
    for age_y, egfr, serum in product(AGES, EGFRS, SERUMS):
        assert_nothing_forbidden_is_allowed(Profile(age_y=age_y, egfr=egfr, serum_mg_mg_dl=serum))
    for (age_y, egfr), conditions in product(EDGES, OTHER_CONDITIONS):
        person = Profile(age_y=age_y, egfr=egfr, conditions=conditions)
        assert_nothing_forbidden_is_allowed(person)
    for serum, conditions in product(SERUMS, OTHER_CONDITIONS):
        person = Profile(age_y=40, egfr=95, serum_mg_mg_dl=serum, conditions=conditions)
        assert_nothing_forbidden_is_allowed(person)


@given(
    age_y=st.integers(0, 120),
    state=st.sampled_from(("none", "pregnant", "lactating")),
    egfr=st.none() | st.floats(0, 150),
    serum=st.none() | st.floats(0.1, 20),
    conditions=st.lists(st.sampled_from([one for (one,) in CONDITIONS[1:]]), max_size=4),
    medicines=st.lists(st.sampled_from([medicine for (medicine,) in MEDICINES[1:]]), max_size=4),
)
def test_beyond_the_tables_nothing_forbidden_is_allowed(
    age_y, state, egfr, serum, conditions, medicines
):
    person = Profile(
        age_y=age_y,
        state=state,
        egfr=egfr,
        serum_mg_mg_dl=serum,
        conditions=tuple(conditions),
        medicines=tuple(medicines),
    )
    assert_nothing_forbidden_is_allowed(person)


@rows(__file__, "vitamin_d_above_its_upper_level")
def test_vitamin_d_above_its_upper_level_is_said_and_no_more_is_allowed(dose, code):
    taken = [read_intake(f"vitamin D3:{dose}")]
    verdict = judge_supplements(read_patient(Profile(sex="f", age_y=35)), taken)
    assert code in {finding.code for finding in verdict.findings}
    assert not verdict.allows_nutrient("vitamin_d_ug")
