"""What does a day of real food bring to several clients, each with targets of their own?

Run it with: python examples/07_cohort.py

A table of pandas with a row for each person goes in; who cannot be planned for has the reason in
its row. The tables that come out have units in ``attrs``.
"""

import pandas as pd

from planner import PlanRequest, WeekOptions, plan_cohort


def main() -> None:
    people = pd.DataFrame(
        {
            "name": ["Ann", "Ben", "Mia"],
            "sex": ["f", "m", "f"],
            "age": [34, 61, 4],
            "diet": ["vegan", None, None],
            "without": ["peanut; sesame", None, None],
        }
    )
    cohort = plan_cohort(people, PlanRequest(week=WeekOptions(days=1)))

    told = cohort.to_frame()
    print(told[["person", "status", "passed", "magnesium_mg", "ca_mg_ratio", "cost"]].round(2))
    for _, row in told[told["why"] != ""].iterrows():
        print(f"{row['person']}: {row['why']}")

    bands = cohort.to_frame("nutrient").query("nutrient == 'iron_mg'")
    print("\nIron a day, and what each is held to:")
    print(bands[["person", "mean", "lower", "upper", "unit"]].round(1).to_string(index=False))


if __name__ == "__main__":
    main()
