"""Who is asked about: what safety rules need to know of a person."""

from __future__ import annotations

import math
from typing import Protocol

from planner.safety.read import read_safety_rows
from planner.standards.standard import SexAndAge

_CM_PER_M = 100
_DECIMALS = 9  # 64 kg at 160 cm are 25, not 24.999999999999996


class Person(SexAndAge, Protocol):
    """A person as safety rules see them; ``planner.request.profile.Profile`` is one."""

    @property
    def height_cm(self) -> float:
        """Height [cm]."""

    @property
    def weight_kg(self) -> float:
        """Body mass [kg]; before pregnancy where pregnant."""

    @property
    def energy_kcal(self) -> float | None:
        """Energy asked for [kcal/day], if any."""

    @property
    def egfr(self) -> float | None:
        """Estimated glomerular filtration rate [mL/min/1.73 m²], if known."""

    @property
    def serum_mg_mg_dl(self) -> float | None:
        """Magnesium in serum [mg/dL], if known."""

    @property
    def serum_k_mmol_l(self) -> float | None:
        """Potassium in serum [mmol/L], if known."""

    @property
    def clinic(self) -> tuple[tuple[str, float], ...]:
        """(Nutrient key, most a day) as the clinic has set it [the nutrient's unit]."""

    @property
    def clinic_agreed(self) -> bool:
        """Whether a clinic has agreed to an ordinary plan for what this program does not know."""

    @property
    def vitamin_k_before_ug(self) -> float | None:
        """Vitamin K eaten before [µg/day], if told."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """Conditions, as a person wrote them."""

    @property
    def medicines(self) -> tuple[str, ...]:
        """Medicines, as a person wrote them."""


def body_mass_index(person: Person) -> float:
    """Give weight over height squared [kg/m²]."""
    index = person.weight_kg / (person.height_cm / _CM_PER_M) ** 2
    return round(index, _DECIMALS)


def percent_of_median(person: Person) -> float:
    """Return the body mass index in % of the median of sex and age; infinite from 18 years on."""
    for row in read_safety_rows("bmi_medians"):
        if (row["sex"], row["age_y"]) == (person.sex, str(person.age_y)):
            return round(100 * body_mass_index(person) / float(row["bmi"]), _DECIMALS)
    return math.inf
