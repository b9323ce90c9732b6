"""The sentences that people read, as the code and the data have them."""

import ast
import csv
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
ONE, MANY = {"_", "mark", "said"}, {"ngettext"}


def of_code(paths=None):
    """Give the texts of all calls to the catalogue; of a plural (one, many)."""
    found = {}
    for path in paths or sorted((ROOT / "planner").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = [one.value for one in node.args if is_text(one)]
                if node.func.id in ONE and texts[:1] and has_words(texts[0]):
                    found.setdefault(texts[0], str(path.relative_to(ROOT)))
                elif node.func.id in MANY and len(texts) > 1:
                    found.setdefault((texts[0], texts[1]), str(path.relative_to(ROOT)))
    return found


def has_words(text):
    """Whether there is a letter in it beside what is filled in."""
    return any(map(str.isalpha, re.sub(r"\{[^}]*\}", "", text)))


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def of_data():
    """Give the texts of data files that are shown as they stand."""
    return {text: path for path, texts in _data() for text in texts if text}


def _data():
    aisles = "configs/shop/aisles.csv"
    yield aisles, [row["heading"] for row in rows(aisles)]
    for path in sorted((ROOT / "configs/standards").glob("*.toml")):
        remarks = read(path)["remarks"]
        yield str(path.relative_to(ROOT)), [row["text"] for row in remarks if is_told(row)]
    documents = "configs/documents/documents.toml"
    yield documents, read(documents)["kinds"].values()
    realism = "configs/realism.toml"
    yield realism, [row["says"] for row in with_key(read(realism), "says")]
    targets = "configs/targets.toml"
    yield targets, read(targets)["not_planned"].values()
    allergens = "configs/diets/allergens.toml"
    yield (
        allergens,
        [
            row[key]
            for row in with_key(read(allergens), "text")
            for key in ("text", "brief", "stays")
            if key in row
        ],
    )
    drinks = "configs/meals/drinks.toml"
    yield drinks, [row[slot] for row in tables(drinks) for slot in SLOTS if slot in row]
    for path in ("configs/meals/cooking.toml", "configs/meals/second_meal.toml"):
        yield path, [row[key] for row in tables(path) for key in ("says", "tonight") if key in row]
    absorption = read("configs/absorption.toml")
    tips = [row for row in absorption["tips"].values() if isinstance(row, dict)]
    own = [row for row in absorption.values() if isinstance(row, dict)]
    yield "configs/absorption.toml", [row["text"] for row in [*own, *tips] if "text" in row]
    yield (
        "configs/safety/sentences.toml",
        [row["text"] for row in tables("configs/safety/sentences.toml") if "text" in row],
    )
    yield "configs/safety/caps.toml", read("configs/safety/caps.toml")["sentences"].values()
    yield "foods/data/nutrients.csv", [row["name"] for row in rows("foods/data/nutrients.csv")]
    shares = read("configs/shares.toml")
    yield "configs/shares.toml", [row["name"] for row in with_key(shares, "name")]
    for path in sorted((ROOT / "configs/meals/patterns").glob("*.toml")):
        yield str(path.relative_to(ROOT)), [read(path)["name"]]
    yield "configs/diets/diets.toml", read("configs/diets/diets.toml")["diets"]


def is_told(remark):
    """Whether a remark of a standard stands beside plans: planner/targets/notes.py."""
    told = {("magnesium", "UL"), ("magnesium", "GUIDANCE_LEVEL"), ("zinc", "RNI"), ("iron", "RDA")}
    return "told" in remark or (remark["nutrient"], remark["kind"]) in told


SLOTS = ("breakfast", "lunch", "dinner", "snack")


def read(path):
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


def rows(path):
    return list(csv.DictReader((ROOT / path).read_text(encoding="utf-8").splitlines()))


def tables(path):
    return [row for row in read(path).values() if isinstance(row, dict)]


def with_key(values, key):
    """Give the tables that have a key, however deep."""
    for value in values.values():
        if isinstance(value, dict):
            yield from [value] if key in value else with_key(value, key)


def of_words():
    """Give the words of the program that are shown as they stand, or with a capital."""
    from planner.kitchen.sold import CUPBOARD, FREEZER, FRIDGE
    from planner.safety.dosage import WEEKDAYS

    stores = (CUPBOARD, FREEZER, FRIDGE)
    objective = (name.replace("_", " ") for name in read("configs/meals/objective.toml"))
    terms = (*objective, "draw", "season", "pattern")  # the last three of planner/model/points.py
    sure = ("computed", "policy")  # of configs/absorption.toml
    return {
        **dict.fromkeys((*SLOTS, *map(str.capitalize, SLOTS)), "planner/meals/patterns.py"),
        **dict.fromkeys(WEEKDAYS, "planner/safety/dosage.py"),
        **dict.fromkeys((*stores, *map(str.capitalize, stores)), "planner/kitchen/sold.py"),
        **dict.fromkeys(terms, "configs/meals/objective.toml"),
        **dict.fromkeys(sure, "configs/absorption.toml"),
        **dict.fromkeys(("scant", "generous"), "planner/kitchen/measures.py"),
    }


COVERED = (
    "planner/candidates/readings.py",
    "planner/explain/absorption.py",
    "planner/explain/days.py",
    "planner/explain/meal_amounts.py",
    "planner/explain/reasons.py",
    "planner/export/absorption_md.py",
    "planner/export/as_md.py",
    "planner/export/as_text.py",
    "planner/export/batch.py",
    "planner/export/day_text.py",
    "planner/export/figures.py",
    "planner/export/first_screen.py",
    "planner/export/meal_amounts.py",
    "planner/export/opened.py",
    "planner/export/page.py",
    "planner/export/readings.py",
    "planner/export/pdf_handout.py",
    "planner/export/pdf_list.py",
    "planner/export/pdf_targets.py",
    "planner/export/pdf_week.py",
    "planner/export/pdf_words.py",
    "planner/export/plan_pictures.py",
    "planner/export/recipe_text.py",
    "planner/export/refusal_text.py",
    "planner/export/schedule.py",
    "planner/export/sections.py",
    "planner/export/shopping_text.py",
    "planner/export/table_screen.py",
    "planner/export/targets_md.py",
    "planner/export/week_text.py",
    "planner/export/who.py",
    "planner/meals/drinks.py",
    "planner/realism/days.py",
    "planner/realism/meals.py",
    "planner/realism/portions.py",
    "planner/realism/served.py",
    "planner/realism/week.py",
    "planner/targets/notes.py",
    "planner/targets/words.py",
)
CALLS = ONE | MANY | {"worded"} | {"spoken", "spoken_say", "say"}
A_WORD = re.compile(r"[A-Za-z]{2,}.* |[A-Z][a-z]{2,}| [a-z]{2,}")  # two words, or a capital


def bare_texts(path):
    """Give (line, text) of what looks like words for a reader and is in no call to `_`."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    left_out = {id(node) for node in ast.walk(tree) for part in _not_shown(node) for node in part}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if is_text(node) and id(node) not in left_out and A_WORD.search(node.value)
    ]


def _not_shown(node):
    """Give the nodes below one whose texts are in the catalogue already, or are no print."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
        yield ast.walk(node)
    if isinstance(node, ast.Expr) and is_text(node.value):  # a docstring
        yield ast.walk(node)
    if isinstance(node, ast.Raise):  # errors are not told in other languages yet
        yield ast.walk(node)
    is_json = isinstance(node, ast.FunctionDef) and "_json" in node.name
    if is_json or isinstance(node, ast.AnnAssign):
        yield ast.walk(node)
    if isinstance(node, ast.arg) and node.annotation:
        yield ast.walk(node.annotation)
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield ast.walk(node.returns)
