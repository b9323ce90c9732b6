"""Is a plan still a plan when someone changes it, and who says so?

Run it with: python examples/05_check_a_plan.py

Plans three days, writes plan.json to a folder of its own, takes the milk and plant drinks out of
the file, and has both files judged from their printed grams, without the solver. The same from a
shell: ``magplan check plan.json``.
"""

import json
import tempfile
from pathlib import Path

from planner import (
    PlanRequest,
    WeekOptions,
    as_json,
    check_document,
    plan_meals,
    read_embedded_foods,
    read_plan_document,
)

DRINKS = ("milk", "plant_drink")


def without_drinks(text: str) -> str:
    """Take every glass of milk or plant drink out of a plan file."""
    plan, foods = json.loads(text), read_embedded_foods()

    def is_kept(item: dict[str, str]) -> bool:
        return item["kind"] != "food" or foods[item["id"]].group not in DRINKS

    for meal in (meal for day in plan["days"] for meal in day["meals"]):
        meal["items"] = [item for item in meal["items"] if is_kept(item)]
    return json.dumps(plan)


def judge(path: Path) -> None:
    result = check_document(read_plan_document(path), read_embedded_foods()).as_one()
    print(f"{path.name}: {'holds' if result.passed else 'does not hold'}")
    for finding in result.findings:
        if finding.hard and not finding.holds:
            when = f"day {finding.day}" if finding.day else "the mean"
            print(f"  {finding.nutrient} on {when}: {finding.value:.4g}")
    print(f"  {len(result.faults)} stated sums that the printed grams do not give")


def main() -> None:
    text = as_json(plan_meals(PlanRequest(week=WeekOptions(days=3))))
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("plan.json", text), ("changed.json", without_drinks(text))):
            path = Path(folder) / name
            path.write_text(content, encoding="utf-8")
            judge(path)


if __name__ == "__main__":
    main()
