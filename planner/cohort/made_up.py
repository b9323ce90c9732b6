"""Made-up people to try a batch with, drawn from shares of ``configs/batch.toml``."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from planner.settings import read_settings

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = {"sex": "sexes", "activity": "activities", "diet": "diets", "without": "without"}


def made_up_people(count: int, seed: int = 0) -> pd.DataFrame:
    """Draw people, each by number and seed alone: the same on any machine, however many are drawn.

    Gives a table as ``plan_cohort`` takes it, a row for each, called ``p00001`` and so on.
    """
    import pandas as pd

    shares = read_settings("batch.toml")["made_up"]
    rows = []
    for number in range(1, count + 1):
        random = Random(f"{seed}/{number}")
        (ages,) = random.choices(shares["ages"], [age["share"] for age in shares["ages"]])
        row = {"name": f"p{number:05}", "age": random.randint(ages["from"], ages["to"])}
        for column, key in _COLUMNS.items():
            (row[column],) = random.choices(list(shares[key]), list(shares[key].values()))
        rows.append(row)
    return pd.DataFrame(rows)
