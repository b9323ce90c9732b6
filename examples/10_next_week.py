"""What do I cook on the days after a plan, without the same dishes again?

Run it with: python examples/10_next_week.py

The days that follow have the same wishes; the dishes of the plan before are left for later.
"""

import tempfile
from datetime import date
from pathlib import Path

from planner import PlanRequest, Profile, WeekOptions, as_json, plan_meals, request_after


def main() -> None:
    days = WeekOptions(days=1, start=date(2026, 3, 2))
    report = plan_meals(PlanRequest(Profile(sex="m", age_y=40), week=days))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        path.write_text(as_json(report), encoding="utf-8")
        asked = request_after(report.request, report.plan.days[-1].date, str(path), None)
        after = plan_meals(asked)

    for one in (report, after):
        dishes = one.plan.to_frame("item").query("kind == 'dish'")["name"]
        print(f"{one.request.week.start}: {', '.join(dishes)}")


if __name__ == "__main__":
    main()
