from foods.embedded import read_embedded_foods, read_lookup_foods
from planner.check.dish_notes import read_dish_notes
from planner.request.profile import Profile
from planner.safety.conditions import known_conditions, read_condition
from planner.safety.medicines import known_interactions
from planner.safety.patient import read_patient
from planner.safety.sentences import read_safety_rules, read_safety_settings, read_sentences
from planner.safety.stops import exclusions_for
from tests.medicine_names import NAMES, read_medicines
from tests.rows import rows

EFFECTS = read_safety_settings("effects")
# Named so that an imported one is left out too.
NOT_SOLD = {"salt_substitute", "unpasteurised", "mould_ripened"}


@rows(__file__, "a_condition_is_known_by_many")
def test_a_condition_is_known_by_many_words(text, names):
    assert {condition.condition_id for condition in read_condition(text).conditions} == names


@rows(__file__, "a_medicine_is_known_by_its")
def test_a_medicine_is_known_by_its_name_or_its_ending(name, interactions):
    (medicine,) = read_medicines([name])
    assert {interaction.interaction_id for interaction in medicine.interactions} == interactions


def test_every_example_of_the_table_finds_its_own_row():
    for row in known_interactions().values():
        (medicine,) = read_medicines([NAMES[row]])
        assert row in medicine.interactions


def test_effects_name_only_what_there_is():
    for row in EFFECTS["effect"]:
        assert set(row.get("notes", ())) <= set(read_sentences())
        assert set(row.get("conditions", ())) <= set(known_conditions())
        assert set(row.get("medicines", ())) <= set(known_interactions())
    ids = {row["id"] for row in EFFECTS["effect"]}
    for pair in EFFECTS["conflict"]:
        assert set(pair["effects"]) <= ids
        assert pair["note"] in read_sentences()


def test_conditions_name_rules_that_exist_and_every_rule_of_a_condition_has_one():
    named = {rule for condition in known_conditions().values() for rule in condition.rules}
    assert named <= set(read_safety_rules())
    assert {rule for rule in read_safety_rules() if rule[0] == "C"} <= named


def test_what_is_left_out_is_a_flag_base_or_food_of_the_catalogue_or_a_dish():
    foods = [*read_embedded_foods(), *read_lookup_foods()]  # those that are put, too
    ids = {food.food_id for food in foods}
    known = {food.base for food in foods} | {flag for food in foods for flag in food.flags} | ids
    served = ids | read_dish_notes().keys()
    for row in EFFECTS["effect"]:
        assert set(row.get("left_out", ())) - NOT_SOLD <= known, row["id"]
        assert set(row.get("served_left_out", ())) <= served, row["id"]


def test_conditions_and_medicines_leave_foods_out_with_a_reason():
    stones = exclusions_for(read_patient(Profile(conditions=("calcium oxalate stones",))))
    assert {"oxalate_green", "oxalate_rich"} <= {stone.flag for stone in stones}
    maoi = [
        exclusion
        for exclusion in exclusions_for(read_patient(Profile(medicines=("phenelzine",))))
        if exclusion.base == "miso"
    ]
    assert "tyramine" in maoi[0].reason
    bones = exclusions_for(read_patient(Profile(conditions=("osteoporosis",))), alcohol_wanted=True)
    assert "alcohol" in {bone.flag for bone in bones}


def test_coeliac_disease_and_allergies_leave_names_out():
    person = Profile(conditions=("coeliac disease", "allergy to sesame", "milk allergy"))
    assert read_patient(person).names_left_out == ("gluten", "sesame", "milk")


def test_age_sex_and_weight_bring_conditions_of_their_own():
    assert {effect.effect_id for effect in read_patient(Profile(sex="m", age_y=65)).effects} == {
        "man_65", "listeria_old"
    }  # fmt: skip
    assert {effect.effect_id for effect in read_patient(Profile(weight_kg=50)).effects} == {
        "eating_disorder"
    }
    assert read_patient(Profile()).effects == ()
