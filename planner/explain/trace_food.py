"""From a figure of a food back to its release and id, an analysis laid over it, or an estimate."""

from __future__ import annotations

from dataclasses import dataclass

from foods.embedded import data_settings
from foods.food import Food
from foods.nutrient import known_nutrients
from planner.explain.trace import TableRow, data_rows


@dataclass(frozen=True, slots=True)
class FoodTrace:
    """Where one figure of a food comes from.

    Parameters
    ----------
    food_id, name, nutrient, unit, value
        The figure, per 100 g edible; ``None`` is unknown.
    release, source_id, fdc_id, ndb_no
        Release of the food's own figures and its numbers there.
    origin
        What gave this figure: ``"release"``, ``"overlay"``, ``"estimate"`` or ``"unknown"``.
    cite
        Citation of what gave it.
    rows
        Rows of data files that it hangs on.
    notes
        Other figures, rules and their confidence, in sentences.
    """

    food_id: str
    name: str
    nutrient: str
    unit: str
    value: float | None
    release: str
    source_id: str
    fdc_id: str
    ndb_no: str
    origin: str
    cite: str
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]


def trace_food(food: Food, key: str) -> FoodTrace:
    """Trace the figure of ``key`` in ``food`` back to its release, analysis or rule."""
    mark = food.overlay.get(key, "")
    own = release_words(food.release)
    if mark.startswith("own:"):
        origin, cite, rows, notes = _estimate(food, key, mark.removeprefix("own:"))
    elif mark:
        release, _, number = mark.partition(":")
        origin, words = "overlay", release_words(release)
        cite = f"{words}, id {number}"
        rows, notes = _kept(food, key, own)
    else:
        origin = "release" if food.per_100g.get(key) is not None else "unknown"
        cite, rows, notes = own, (), _gap(origin)
    return FoodTrace(
        *(food.food_id, food.name, key, known_nutrients()[key].unit, food.per_100g.get(key)),
        *(food.release, food.source_id, food.fdc_id, food.ndb_no),
        *(origin, cite, (_figures_row(food, key), *rows), notes),
    )


def release_words(release: str) -> str:
    """Name a release of food figures with its publisher and licence, as it may be cited."""
    about = data_settings("SOURCES.toml")["releases"].get(release)
    if about is None:
        return release
    parts = (about["title"], about.get("publisher"), about.get("version"), about.get("licence"))
    return f"{release}: {'. '.join(filter(None, parts))}"


def _gap(origin: str) -> tuple[str, ...]:
    blank = "The release has no figure, and nothing else gives one: unknown, which is not 0."
    return (blank,) if origin == "unknown" else ()


def _kept(food: Food, key: str, own: str) -> tuple[tuple[TableRow, ...], tuple[str, ...]]:
    """Give the figure that the analysis covers, and why it was laid over."""
    unit = known_nutrients()[key].unit
    rows, notes = [], []
    for number, row in data_rows("overlaid.csv"):
        if (row["food_id"], row["nutrient"]) == (food.food_id, key):
            shown = f"{row['value']} {unit}" if row["value"] else "no figure"
            told = "The food's own release has {shown}: kept, not used ({own})."
            notes.append(told.format(shown=shown, own=own))
            rows.append(TableRow("foods/data/overlaid.csv", number, row, own))
    for number, row in data_rows("overlays.csv"):
        if row["food_id"] == food.food_id:
            notes.append(
                "Why it replaces the food's own figure: {reason}.".format(reason=row["reason"])
            )
            rows.append(TableRow("foods/data/overlays.csv", number, row, "own decision"))
    return tuple(rows), tuple(notes)


def _estimate(
    food: Food, key: str, rule: str
) -> tuple[str, str, tuple[TableRow, ...], tuple[str, ...]]:
    settings = data_settings("estimates.toml")
    found = [(name, table) for name, table in settings.items() if rule in table["rules"]]
    if not found:  # such as a person's own water analysis
        return "estimate", f"own rule {rule}", (), ()
    name, table = found[0]
    told = "foods/data/estimates.toml, [{name}], rule {rule}: {text}"
    rows, notes = [], [told.format(name=name, rule=rule, text=table["text"])]
    papers = data_settings("SOURCES.toml")["papers"]
    cite = str(table.get("source", ""))
    for number, row in data_rows("phytate_oxalate.csv"):
        if row["food_id"] == food.food_id and name in ("phytate", "oxalate"):
            sources = row["source"].split(";")
            cite = "; ".join(papers[one]["cite"].rstrip(".") for one in sources) + "."
            rows.append(TableRow("foods/data/phytate_oxalate.csv", number, row, cite))
            confidence = row[f"confidence_{name}"]
            notes.append(f"Confidence of {key}: {confidence}.")
    return "estimate", cite or "own estimate", tuple(rows), tuple(notes)


def _figures_row(food: Food, key: str) -> TableRow:
    """Give the row of ``foods.csv`` with the columns that identify it and the one asked for."""
    columns = ("food_id", "name", "release", "fdc_id", "ndb_no", key)
    for number, row in data_rows("foods.csv"):
        if row["food_id"] == food.food_id:
            cells = {column: row[column] for column in columns}
            return TableRow("foods/data/foods.csv", number, cells, food.release)
    return TableRow("own table", 0, {"food_id": food.food_id}, food.release)
