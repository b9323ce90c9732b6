"""What could one good day look like for me?

Run it with: python examples/01_one_day.py

Plans a single day for a man of 40 who eats no peanuts, likes tofu and has half an hour to cook,
and prints it with its recipes. ``magplan plan --days 1 --day 1`` does the same from a shell.
"""

from planner import PlanRequest, Preferences, Profile, WeekOptions, as_text, plan_meals

ME = Profile(sex="m", age_y=40, height_cm=178, weight_kg=80, activity="active")
WISHES = Preferences(without=("peanut",), like={"tofu": 2}, max_minutes=30)


def main() -> None:
    report = plan_meals(PlanRequest(profile=ME, preferences=WISHES, week=WeekOptions(days=1)))
    if report.plan is None:
        print(as_text(report))  # says which wishes collide
        return
    print(as_text(report, day=1))

    print("\nWhere the magnesium comes from")
    items = [item for day in report.plan.days for item in day.items()]
    for item in sorted(items, key=lambda item: -(item.nutrients["magnesium_mg"] or 0)):
        print(f"  {item.nutrients['magnesium_mg'] or 0:4.0f} mg  {item.name}")


if __name__ == "__main__":
    main()
