"""What stands above everything else, and for whom."""

import pytest

from planner.request.profile import Profile
from planner.safety.patient import read_patient
from planner.safety.stops import banner_of


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"egfr": 50}, ["kidneys (CKD G3a, eGFR 50)"]),
        ({"conditions": ("eGFR below 60",)}, ["kidneys (kidney disease declared, eGFR unknown)"]),
        ({"medicines": ("lisinopril",)}, ["lisinopril: each day at most the recommended pot"]),
        (
            {"medicines": ("Aldactone", "ramipril"), "clinic": (("potassium_mg", 2500.0),)},
            ["Aldactone, ramipril: at most 2,500 mg of potassium each day, your clinic's figure"],
        ),
        (
            {"serum_k_mmol_l": 5.4, "clinic": (("potassium_mg", 3000.0),)},
            ["potassium in blood: at most 3,000 mg of potassium each day"],
        ),
        ({"medicines": ("lisinopril",), "egfr": 90}, ["lisinopril: potassium in blood can rise"]),
        ({"medicines": ("Aldactone",), "egfr": 90}, ["Aldactone: each day at most 4,700 mg of p"]),
        ({"serum_k_mmol_l": 4.9, "egfr": 90}, ["potassium in blood: each day at most 4,700"]),
        ({"state": "pregnant", "gestation_week": 20}, ["pregnant"]),
        (
            {"state": "pregnant", "medicines": ("Accutane", "simvastatin")},
            ["pregnant", "Accutane, simvastatin: not for pregnancy"],
        ),
        ({"medicines": ("Marevan",)}, ["Marevan: vitamin K is kept even"]),
        ({"medicines": ("Lantus",)}, ["insulin: carbohydrate of each meal"]),
        ({"conditions": ("type 1 diabetes",)}, ["insulin: carbohydrate of each meal"]),
        ({"conditions": ("other: ptosis",)}, ["unknown to this program (ptosis): no supplement"]),
        ({"medicines": ("other: wonderol",)}, ["unknown to this program (wonderol)"]),
        ({"conditions": ("kidney transplant",), "egfr": 70}, ["organ transplant", "kidneys ("]),
        ({"conditions": ("heart failure", "cirrhosis")}, ["heart failure", "cirrhosis"]),
        ({"medicines": ("Priadel",)}, ["Priadel: salt is kept even"]),
        ({"conditions": ("heart palpitations",)}, ["irregular heartbeat", "today if it is new"]),
    ],
)
def test_who_could_be_hurt_is_told_first(change, words):
    banner = banner_of(read_patient(Profile(age_y=35, **change)))
    assert banner.startswith("SHOW THIS PLAN TO YOUR CLINIC BEFORE YOU START: ")
    for word in words:
        assert word in banner


@pytest.mark.parametrize(
    "change", [{}, {"conditions": ("asthma", "osteoporosis")}, {"medicines": ("paracetamol",)}]
)
def test_nobody_else_has_a_banner(change):
    assert banner_of(read_patient(Profile(**change))) == ""
