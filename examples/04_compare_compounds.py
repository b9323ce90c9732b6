"""Does the label mean the compound or the magnesium in it, and how much difference is that?

Run it with: python examples/04_compare_compounds.py

Prints what 400 mg of each magnesium compound holds, and how much of it brings 100 mg of magnesium.
Not medical advice: kidney disease, medicines and age decide who may take any of them.
"""

from planner import read_supplements

LABEL_MG, WANTED_MG = 400, 100


def main() -> None:
    print(
        f"{'compound':<38}{f'in {LABEL_MG} mg':>10}{f'for {WANTED_MG} mg':>12}  absorbed  laxative"
    )
    compounds = [one for one in read_supplements().values() if one.nutrient == "magnesium_mg"]
    for one in sorted(compounds, key=lambda one: -(one.elemental_fraction or 0)):
        holds_mg, needs_mg = one.elemental_mg(LABEL_MG), one.compound_mg(WANTED_MG)
        print(
            f"{one.name:<44}{holds_mg:>7.0f} mg{needs_mg:>9.0f} mg"
            f"{one.absorption_rank:>8} of 4  {one.laxative.replace('_', ' ')}"
        )
    print("\nabsorbed: rank, 1 best; `magplan supplements show NAME` names the source.")


if __name__ == "__main__":
    main()
