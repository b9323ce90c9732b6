"""Which foods bring the magnesium, and what if a laboratory finds less in one of them?

Run it with: python examples/06_tables.py

Plans, targets, foods and shopping lists come as tables of pandas, with units in ``attrs``; a table
with figures of one's own is read back, checked, and planned from.
"""

from planner import (
    PlanRequest,
    Profile,
    WeekOptions,
    lay_over,
    list_shopping,
    plan_meals,
    read_embedded_foods,
    read_food_frame,
)


def main() -> None:
    request = PlanRequest(Profile(sex="f", age_y=35), week=WeekOptions(days=1))
    foods = read_embedded_foods()
    report = plan_meals(request, foods)

    eaten = report.plan.to_frame("ingredient").merge(foods.to_frame(), on="food_id")
    eaten["magnesium"] = eaten["mass_g"] * eaten["magnesium_mg"] / 100
    richest = eaten.groupby("food_id")["magnesium"].sum().nlargest(5)
    print("Magnesium by food, mg:")
    print(richest.round(0).to_string())

    bought = list_shopping(report.plan, report.foods).to_frame()
    units = bought.attrs["units"]
    print(f"\nTo buy: {len(bought)} things, {bought['price_usd'].sum():.2f} {units['price_usd']}")

    first = richest.index[0]
    own = foods.to_frame().query("food_id == @first")
    own = own.assign(magnesium_mg=own["magnesium_mg"] * 0.8, release="laboratory")
    again = plan_meals(request, lay_over(foods, read_food_frame(own)))
    held = again.alone.check.to_frame().query("nutrient == 'magnesium_mg' and basis == 'total'")
    print(f"\nWith a fifth less in {first}, the day still holds: {bool(held['holds'].all())}")
    bands = again.alone.targets.to_frame().query("nutrient == 'magnesium_mg' and lower.notna()")
    print(bands[["nutrient", "period", "lower", "unit"]].to_string(index=False))


if __name__ == "__main__":
    main()
