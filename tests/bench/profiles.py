"""Random people for the bench: the same seed and number give the same person on any machine."""

from __future__ import annotations

import sys
from random import Random

from planner.request.diets import read_allergens, read_diets
from planner.request.preferences import Preferences
from planner.request.profile import ACTIVITIES, SEXES, Profile
from planner.request.request import PlanRequest

STANDARDS = ("us", "eu", "uk")
AGES_Y = (14, 85)
GROWN_AT_Y = 18
HEIGHT_CM = {"f": (163.0, 6.5), "m": (177.0, 7.0)}  # mean and spread of grown people
TEEN_HEIGHT_CM = {"f": (160.0, 6.0), "m": (168.0, 7.0)}
BMI = {False: (18.0, 27.0), True: (19.0, 34.0)}  # by whether somebody is grown


def draw_request(seed: int, number: int) -> PlanRequest:
    """Draw a person and a request.

    Diets, allergens and standards take turns, so that a hundred people meet each of them;
    every second person avoids one allergen.
    """
    random = Random(f"{seed}/{number}")
    allergens = sorted(read_allergens())
    diets = sorted(name for name, diet in read_diets().items() if not diet.without)
    allergen = allergens[number // 2 % len(allergens)] if number % 2 else None
    preferences = Preferences(
        diet=diets[(number + number // len(diets)) % len(diets)],
        without=(allergen,) if allergen else (),
    )
    standard = STANDARDS[(number + number // len(STANDARDS)) % len(STANDARDS)]
    return PlanRequest(profile=draw_profile(random), standard=standard, preferences=preferences)


def draw_profile(random: Random) -> Profile:
    """Draw sex, age, size and activity."""
    sex, age_y = random.choice(SEXES), random.randint(*AGES_Y)
    is_grown = age_y >= GROWN_AT_Y
    mean_cm, spread_cm = (HEIGHT_CM if is_grown else TEEN_HEIGHT_CM)[sex]
    height_cm = round(min(max(random.gauss(mean_cm, spread_cm), mean_cm - 15), mean_cm + 15))
    bmi = random.uniform(*BMI[is_grown])
    return Profile(
        sex=sex,
        age_y=age_y,
        height_cm=float(height_cm),
        weight_kg=float(round(bmi * (height_cm / 100) ** 2)),
        activity=random.choice(ACTIVITIES),
    )


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
