"""What was I short of on a day that I wrote down?

Run it with: python examples/09_diary.py

A diary is text as people write it, or a file; what no food is called counts as unknown.
"""

from io import StringIO

from planner import (
    PlanRequest,
    Profile,
    analyse_diary,
    derive_targets,
    read_diary,
    read_embedded_dishes,
    read_lookup_foods,
)

DIARY = """day,food
1,bowl of oatmeal with milk
1,2 eggs
1,cheese sandwich
1,a handful of almonds
1,6 oz salmon
1,1 cup of brown rice
1,moon dust
"""


def main() -> None:
    request = PlanRequest(Profile(sex="f", age_y=35))
    foods = read_lookup_foods()
    diary = read_diary(StringIO(DIARY), foods, read_embedded_dishes())
    analysis = analyse_diary(diary, request, derive_targets(request.profile), foods)
    for one in analysis.findings:
        if one.day is None and one.holds is False and one.target.lower and one.share < 1:
            print(f"{one.target.nutrient}: {one.value:.4g} of {one.target.lower:.4g}")
    unknown = [one.written for one in diary.entries() if one.kind == "unmatched"]
    print("not known:", ", ".join(unknown))


if __name__ == "__main__":
    main()
