"""Let several people at once tune their weeks on the page, and count how long each waits:
until a checked week is shown, and until nothing better is searched any more.

``python -m tests.bench.web 20 120``: people, and seconds in which each moves something at times.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import threading
import time
from statistics import median, quantiles

from planner.web.fields import web_settings
from planner.web.tuning import sliders_for
from planner.web.weeks import WeekStep
from tests.workbench import Visitor

PAUSE_S = 15.0
VALUES = {
    "band.magnesium_mg": (330, 520), "band.calcium_mg": (900, 1400), "max_minutes": (30, 90),
    "weight.cost": (1, 3), "weight.effort": (1, 3),
}  # fmt: skip


Waits = list[tuple[float, float]]


def tuned(visitor: Visitor, path: str, number: int, seconds: float, waits: Waits) -> None:
    """Move something every quarter of a minute; gives when something is seen, and when all is."""
    draw, until = random.Random(number), time.monotonic() + seconds
    week = visitor.bench.shelf.get(path.split("/")[2])
    look_s = web_settings()["server"]["event_s"]  # as the page itself looks
    time.sleep(draw.uniform(0, PAUSE_S))
    while time.monotonic() < until:
        form = {one.name: one.value for one in sliders_for(week.step.report.request)}
        name = draw.choice(list(VALUES))
        asked = time.monotonic()
        visitor.post(f"{path}/tune", **form | {name: str(draw.randint(*VALUES[name]))})
        job = visitor.bench.desk.of(week.week_id)
        while job is not None and job.is_open and not job.seen:
            time.sleep(look_s)
        page = visitor.get(f"{path}/tune").text
        assert re.search('id="week"', page)
        seen = time.monotonic() - asked
        while job is not None and job.is_open:
            time.sleep(look_s)
        waits.append((seen, time.monotonic() - asked))
        time.sleep(max(0.0, PAUSE_S - waits[-1][1]))


def main(people: int, seconds: float) -> None:
    """Print the waits, the processor's time for each change, and the most memory."""
    visitor, waits = Visitor(), Waits()
    first = visitor.post("/plan", name="0").headers["location"]
    visitor.ended(first, within_s=3600)
    (week,) = visitor.bench.shelf
    paths = [first]
    for number in range(1, people):  # all begin with the same week
        other = visitor.bench.shelf.open(f"{number}", week.request, week.answers)
        other.add(WeekStep(week.shown_step().report, "", week.answers))
        paths.append(f"/week/{other.week_id}")
    before = time.process_time()
    threads = [
        threading.Thread(target=tuned, args=(visitor, path, number, seconds, waits))
        for number, path in enumerate(paths)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    processor_s = (time.process_time() - before) / len(waits)
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = (
        f"{what}: median {median(one):.1f} s, p95 {quantiles(one, n=20)[-1]:.1f} s"
        for what, one in zip(("shown", "ended"), zip(*waits, strict=True), strict=True)
    )
    sys.stdout.write(
        f"{people} people, {len(waits)} changes; {'; '.join(told)}; "
        f"{processor_s:.1f} processor seconds each, {most_mb:.0f} MB\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
