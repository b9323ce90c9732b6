"""Reference values a second time, typed from the published tables: both readings must agree."""

import csv
from pathlib import Path

import pytest

import configs

STANDARDS = Path(configs.__file__).parent / "standards"
# standard, nutrient, kind, condition → age → (girls and women, boys and men)
TYPED = {
    ("us", "choline", "AI", ""): {
        2: (200, 200), 6: (250, 250), 12: (375, 375), 16: (400, 550), 25: (425, 550),
        40: (425, 550), 60: (425, 550), 75: (425, 550),
    },
    ("us", "choline", "UL", ""): {2: (1000, 1000), 12: (2000, 2000), 16: (3000, 3000),
                                  40: (3500, 3500), 75: (3500, 3500)},
    ("us", "selenium", "RDA", ""): {2: (20, 20), 6: (30, 30), 12: (40, 40), 40: (55, 55),
                                    75: (55, 55)},
    ("us", "selenium", "UL", ""): {2: (90, 90), 6: (150, 150), 12: (280, 280), 16: (400, 400),
                                   25: (400, 400), 40: (400, 400), 60: (400, 400),
                                   71: (400, 400), 90: (400, 400)},
    ("us", "magnesium", "RDA", ""): {2: (80, 80), 6: (130, 130), 12: (240, 240), 16: (360, 410),
                                     25: (310, 400), 40: (320, 420), 60: (320, 420),
                                     75: (320, 420)},
    ("us", "calcium", "RDA", ""): {2: (700, 700), 6: (1000, 1000), 12: (1300, 1300),
                                   40: (1000, 1000), 60: (1200, 1000), 75: (1200, 1200)},
    ("eu", "magnesium", "AI", ""): {2: (170, 170), 5: (230, 230), 12: (250, 300), 40: (300, 350)},
    ("eu", "choline", "AI", ""): {2: (140, 140), 5: (170, 170), 8: (250, 250), 12: (340, 340),
                                  40: (400, 400)},
    ("eu", "zinc", "PRI", ""): {2: (4.3, 4.3), 5: (5.5, 5.5), 8: (7.4, 7.4), 12: (10.7, 10.7),
                                16: (11.9, 14.2)},
    ("eu", "zinc", "PRI", "phytate_mg=300"): {40: (7.5, 9.4), 80: (7.5, 9.4)},
    ("eu", "zinc", "PRI", "phytate_mg=600"): {40: (9.3, 11.7), 80: (9.3, 11.7)},
    ("eu", "zinc", "PRI", "phytate_mg=900"): {40: (11.0, 14.0), 80: (11.0, 14.0)},
    ("eu", "zinc", "PRI", "phytate_mg=1200"): {40: (12.7, 16.3), 80: (12.7, 16.3)},
    ("eu", "zinc", "UL", ""): {2: (7, 7), 5: (10, 10), 8: (13, 13), 12: (18, 18), 16: (22, 22),
                               40: (25, 25), 80: (25, 25)},
    ("eu", "selenium", "AI", ""): {2: (15, 15), 5: (20, 20), 8: (35, 35), 12: (55, 55),
                                   40: (70, 70)},
    ("eu", "selenium", "UL", ""): {2: (70, 70), 40: (255, 255), 80: (255, 255)},
    ("eu", "vitamin_c", "PRI", ""): {2: (20, 20), 8: (45, 45), 16: (90, 100), 40: (95, 110)},
    ("uk", "zinc", "RNI", ""): {2: (5, 5), 5: (6.5, 6.5), 8: (7, 7), 12: (9, 9), 16: (7, 9.5),
                                40: (7, 9.5), 80: (7, 9.5)},
    ("uk", "selenium", "RNI", ""): {2: (15, 15), 8: (30, 30), 12: (45, 45), 16: (60, 70),
                                    40: (60, 75), 80: (60, 75)},
    ("uk", "magnesium", "RNI", ""): {2: (85, 85), 5: (120, 120), 8: (200, 200), 12: (280, 280),
                                     16: (300, 300), 40: (270, 300), 80: (270, 300)},
    ("uk", "iron", "RNI", ""): {12: (14.8, 11.3), 40: (14.8, 8.7), 80: (8.7, 8.7)},
    ("uk", "vitamin_c", "RNI", ""): {2: (30, 30), 12: (35, 35), 40: (40, 40)},
    ("who", "magnesium", "RNI", ""): {2: (60, 60), 5: (76, 76), 8: (100, 100), 12: (220, 230),
                                      40: (220, 260), 70: (190, 224)},
    ("who", "calcium", "RNI", ""): {2: (500, 500), 5: (600, 600), 8: (700, 700),
                                    12: (1300, 1300), 40: (1000, 1000), 60: (1300, 1000),
                                    70: (1300, 1300)},
    ("who", "selenium", "RNI", ""): {12: (26, 32), 40: (26, 34), 70: (25, 33)},
    ("who", "zinc", "RNI", "zinc_bioavailability=moderate"): {12: (7.2, 8.6), 40: (4.9, 7.0)},
    ("who", "zinc", "RNI", "zinc_bioavailability=low"): {12: (14.4, 17.1), 40: (9.8, 14.0)},
}  # fmt: skip
CASES = [
    (*key, sex, age, value)
    for key, by_age in TYPED.items()
    for age, values in by_age.items()
    for sex, value in zip("FM", values, strict=True)
]


def test_the_second_reading_covers_all_four_standards():
    assert {case[0] for case in CASES} == {"us", "eu", "uk", "who"}
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("standard", "nutrient", "kind", "condition", "sex", "age", "value"), CASES
)
def test_a_value_typed_again_is_the_one_in_the_file(
    standard, nutrient, kind, condition, sex, age, value
):
    with (STANDARDS / f"{standard}.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [
            float(row["value"])
            for row in csv.DictReader(file)
            if (row["nutrient"], row["kind"], row["condition"]) == (nutrient, kind, condition)
            and row["state"] == "none"
            and row["sex"] in (sex, "both")
            and int(row["age_min_y"]) <= age <= int(row["age_max_y"])
        ]
    assert found == [value]
