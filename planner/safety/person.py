"""Who is asked about: what safety rules need to know of a person."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from planner.safety.read import read_safety_rows

if TYPE_CHECKING:  # the request stands above the rules, which read its plain values alone
    from planner.request.profile import Profile

Person: TypeAlias = "Profile"

_CM_PER_M = 100
_DECIMALS = 9  # 64 kg at 160 cm are 25, not 24.999999999999996


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


def is_about(row: Mapping[str, Any], person: Person) -> bool:
    """Whether a person is of the sex, state, age and body that a row names."""
    return bool(
        row.get("sex", person.sex) == person.sex
        and row.get("state", person.state) == person.state
        and row.get("from_age_y", 0) <= person.age_y < row.get("below_age_y", math.inf)
        and ("below_bmi" not in row or body_mass_index(person) < row["below_bmi"])
        and ("below_pct" not in row or percent_of_median(person) < row["below_pct"])
    )
