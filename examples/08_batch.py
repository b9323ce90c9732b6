"""How do I plan for many people overnight, and go on in the morning where the run ended?

Run it with: python examples/08_batch.py

Made-up people stand in for yours. Each has a folder; run again, nobody is planned for twice.
"""

import tempfile
from pathlib import Path

from planner import Crew, PlanRequest, WeekOptions, made_up_people, read_each, run_batch


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        table, out = Path(name) / "people.csv", Path(name) / "plans"
        made_up_people(3, seed=1).to_csv(table, index=False)
        people = read_each(table, PlanRequest(week=WeekOptions(days=1)))

        for run in ("first", "second"):
            batch = run_batch(people, out, Crew(workers=1))
            print(f"{run} run: {batch.kept} of {len(people)} were there before")

        for entry in batch.entries():
            for row in entry["people"]:
                print(f"{row['person']}: {row['magnesium_mg']:.0f} mg, short of {row['short']}")


if __name__ == "__main__":  # the processes that plan read this file, too
    main()
