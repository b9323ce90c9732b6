"""How much do the US and the European reference values differ for one person?

Run it with: python examples/02_two_standards.py

Prints the mean of a week that a woman of 55 is held to under each standard. A plan is made under
one of them, never under a mixture.
"""

from planner import Profile, TargetSet, derive_targets

HER = Profile(sex="f", age_y=55, height_cm=165, weight_kg=65)
NUTRIENTS = (
    "energy_kcal",
    "ca_mg_ratio",
    "magnesium_mg",
    "calcium_mg",
    "potassium_mg",
    "sodium_mg",
    "iron_mg",
    "zinc_mg",
    "fibre_g",
    "folate_ug_dfe",
    "vitamin_d_ug",
    "choline_mg",
)


def band(targets: TargetSet, nutrient: str) -> str:
    """Write the weekly band of a nutrient, with a star when it is soft."""
    found = targets.find(nutrient, "week")
    if found is None:
        return "-"
    star = "" if found.hard else " *"
    if found.lower is None:
        return f"at most {found.upper:,.4g}{star}"
    if found.upper is None:
        return f"at least {found.lower:,.4g}{star}"
    return f"{found.lower:,.4g} to {found.upper:,.4g}{star}"


def main() -> None:
    us, eu = (derive_targets(HER, standard) for standard in ("us", "eu"))
    print(f"{'mean a day':<16}{'US':>20}{'EU':>20}")
    for nutrient in NUTRIENTS:
        print(f"{nutrient:<16}{band(us, nutrient):>20}{band(eu, nutrient):>20}")
    print("\n* soft: a plan may miss it, and says so")

    for name, targets in (("US", us), ("EU", eu)):
        print(f"\n{name}: {targets.notes[0]}")


if __name__ == "__main__":
    main()
