"""The sentences that people read, as the code and the data have them."""

import ast
import csv
import inspect
import re
import tomllib
from pathlib import Path

from planner.request.write import TABLES

ROOT = Path(__file__).parents[1]
CODE = [path for room in ("foods", "planner") for path in sorted((ROOT / room).rglob("*.py"))]
ONE, MANY = {"_", "mark", "said", "told", "filled"}, {"ngettext"}
FAULTS_SAID = tomllib.loads((ROOT / "configs/faults.toml").read_text(encoding="utf-8"))
NOTES = tomllib.loads((ROOT / "configs/notes.toml").read_text(encoding="utf-8"))
_OF_FAULT = {name: [*row.values()] for name, row in FAULTS_SAID.items()}
BY_NAME = {  # function that is given the name of a sentence → name → patterns
    "fault": _OF_FAULT,
    "fault_said": _OF_FAULT,
    "note": {name: [text] for name, text in NOTES.items()},
}


def of_code(paths=None):
    """Give the texts of all calls to the catalogue; of a plural (one, many)."""
    found = {}
    for path in paths or CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = [one.value for one in node.args if is_text(one)]
                if node.func.id in ONE and texts[:1] and has_words(texts[0]):
                    found.setdefault(texts[0], str(path.relative_to(ROOT)))
                elif node.func.id in MANY and len(texts) > 1:
                    found.setdefault((texts[0], texts[1]), str(path.relative_to(ROOT)))
            for text in (*of_error(node), *of_help(node)):
                found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def filled_in(paths=None):
    """Give (file, line, pattern, names given) of calls that fill in a pattern as it stands.

    Of a fault or note that is called by its name, the patterns of its row.
    """
    for path in paths or CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or any(one.arg is None for one in node.keywords):
                continue
            is_format = isinstance(node.func, ast.Attribute) and node.func.attr == "format"
            made = node.func.value if is_format else node
            name = getattr(getattr(made, "func", None), "id", "")
            called = [one.value for one in made.args if is_text(one)][:1] if name in BY_NAME else ()
            for text in (text for one in called for text in BY_NAME[name][one]):
                yield path.name, node.lineno, text, {one.arg for one in node.keywords}
            if name not in ONE | MANY or not made.args or (made is not node and made.keywords):
                continue
            if made is node and (not node.keywords or name in ("_", "mark", *MANY)):
                continue
            for text in (one.value for one in made.args if is_text(one)):
                yield path.name, node.lineno, text, {one.arg for one in node.keywords}


def of_error(node):
    """Give the constants that say what is wrong and how to mend it, where an error is made."""
    if isinstance(node, ast.Call) and re.search(r"(Error|UsageError)$", ast.unparse(node.func)):
        named = [one.value for one in node.keywords if one.arg in ("what", "remedy")]
        for part in (*node.args[:1], *node.args[2:3], *named):
            parts = (part.body, part.orelse) if isinstance(part, ast.IfExp) else (part,)
            yield from (one.value for one in parts if is_text(one) and A_WORD.search(one.value))


def of_help(node):
    """Give what a command says of itself and of its options."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("option"):
        told = (one.value for one in node.keywords if one.arg == "help")
        yield from (one.value for one in told if is_text(one))
    is_command = isinstance(node, ast.FunctionDef) and any(
        re.search(r"\b(command|group)\(", ast.unparse(one)) for one in node.decorator_list
    )
    if is_command and ast.get_docstring(node):
        yield from paragraphs(ast.get_docstring(node))


def paragraphs(text):
    """Give a docstring by paragraphs, each on a line, as help writes them."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return [part for part in parts if not part.startswith("\\b")]


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
    freezes, plans = "configs/shop/freezes.csv", "configs/shop/food_plans.csv"
    yield freezes, dict.fromkeys(row["how"] for row in rows(freezes))
    yield plans, dict.fromkeys(row["plan"] for row in rows(plans))
    sources = "foods/data/SOURCES.toml"
    yield sources, [read(sources)[table]["prices"] for table in ("catalogue", "lookup")]
    shop = "configs/shop/shop.toml"
    yield shop, [row["whose"] for row in read(shop)["food_plans"].values()]
    for path in sorted((ROOT / "configs/standards").glob("*.toml")):
        remarks = read(path)["remarks"]
        yield str(path.relative_to(ROOT)), [row["text"] for row in remarks if is_told(row)]
    documents = "configs/documents/documents.toml"
    yield documents, read(documents)["kinds"].values()
    fonts = read(documents)["fonts"]
    yield documents, [fonts[key] for key in ("signs", "any", "missing")]
    yield documents, [row["name"] for row in fonts["scripts"]]
    yield "configs/pictures.toml", [read("configs/pictures.toml")["missing"]]
    targets = "configs/targets.toml"
    yield targets, [*read(targets)["not_planned"].values(), *read(targets)["low"]["does"].values()]
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
    yield allergens, [row["name"] for row in read(allergens)["allergens"].values()]
    kitchen = "configs/meals/kitchen.toml"
    ways = [way for row in read(kitchen)["needs"] for way in row.get("ways", {}).values()]
    said = [row["text"] for row in read(kitchen)["not_known"].values()]
    yield kitchen, [*said, *ways, *read(kitchen)["equipment"]]
    names = "configs/diets/names.toml"
    told = [row[key] for key in ("text", "stays", "beside") for row in with_key(read(names), key)]
    yield names, [*told, *read(names)["notes"].values()]
    diets = "configs/diets/diets.toml"
    yield diets, [row["ask"] for row in read(diets)["asks"].values()]
    habits = "configs/meals/habits.toml"
    yield habits, [row["says"] for row in with_key(read(habits), "says")]
    labels = "configs/shop/labels.toml"
    yield labels, [row["name"] for row in read(labels)["may_hold_beside"].values()]
    yield labels, [row["word"] for row in read(labels)["bought_as"].values()]
    drinks = "configs/meals/drinks.toml"
    yield drinks, [row[slot] for row in tables(drinks) for slot in SLOTS if slot in row]
    served = "configs/meals/served.toml"
    yield served, [row["text"] for row in read(served)["ways"].values()]
    additions = "configs/improve/additions.toml"
    yield additions, [row["says"] for row in read(additions)["addition"]]
    recipes = "configs/improve/recipes.toml"
    yield recipes, [row["text"] for row in read(recipes)["change"]]
    for path in (
        "configs/meals/cooking.toml", "configs/meals/second_meal.toml", "configs/dishes.toml",
    ):  # fmt: skip
        yield path, [row["says"] for row in with_key(read(path), "says")]
    dishes = sorted((ROOT / "foods/data/dishes").glob("*.toml"))
    ahead = {row["ahead"] for path in dishes for row in read(path)["dish"] if "ahead" in row}
    yield "foods/data/dishes", sorted(ahead - {"all"})
    absorption = read("configs/absorption.toml")
    tips = [row for row in absorption["tips"].values() if isinstance(row, dict)]
    own = [row for row in absorption.values() if isinstance(row, dict)]
    yield "configs/absorption.toml", [row["text"] for row in [*own, *tips] if "text" in row]
    yield (
        "configs/safety/sentences.toml",
        [row["text"] for row in tables("configs/safety/sentences.toml") if "text" in row],
    )
    yield from _safety()
    caps = read("configs/safety/caps.toml")
    said = [row["reason"] for row in caps["drink_cap"]]
    said += [
        row[key] for row in caps["cap"] if "portions_per_week" in row for key in ("name", "reason")
    ]
    yield "configs/safety/caps.toml", [*caps["sentences"].values(), *said]
    yield "foods/data/nutrients.csv", [row["name"] for row in rows("foods/data/nutrients.csv")]
    supplements = "foods/data/supplements.csv"
    yield supplements, [row["note"] for row in rows(supplements)]
    yield supplements, [row["laxative"].replace("_", " ") for row in rows(supplements)]
    trace = "configs/trace.toml"
    yield trace, [row["kind"] for row in read(trace)["table"]]
    kinds = read("foods/data/own_files.toml")["kind"].values()
    yield "foods/data/own_files.toml", [row[key] for row in kinds for key in ("said", "remedy")]
    shares = read("configs/shares.toml")
    yield "configs/shares.toml", [row["name"] for row in with_key(shares, "name")]
    for path in sorted((ROOT / "configs/meals/patterns").glob("*.toml")):
        own = read(path)
        yield str(path.relative_to(ROOT)), [own[key] for key in ("name", "note") if key in own]
    out = "configs/meals/eaten_out.toml"
    yield out, [row["name"] for row in read(out)["meal"]]
    own = read("configs/diets/diets.toml")["diets"].values()
    yield "configs/diets/diets.toml", [row["name"].lower() for row in own]
    yield "configs/diets/diets.toml", [row["note"] for row in own if "note" in row]
    faults = "configs/faults.toml"
    yield (
        faults,
        (row[key] for row in FAULTS_SAID.values() for key in ("what", "remedy") if key in row),
    )
    yield faults, [row["where"] for row in FAULTS_SAID.values() if "{" in row.get("where", "")]
    yield "configs/notes.toml", NOTES.values()
    types = "configs/request/types.toml"
    yield (
        types,
        [*read(types)["words"].values(), *(one for one, _ in read(types)["bounds"].values())],
    )
    yield "configs/energy.toml", read("configs/energy.toml")["goals"]["told"].values()
    wishes = "configs/request/wishes.toml"
    yield wishes, [row[key] for row in with_key(read(wishes), "help") for key in ("group", "help")]
    yield wishes, [row["told"] for row in with_key(read(wishes), "told")]
    yield wishes, [row["comment"] for row in with_key(read(wishes), "comment")]
    yield "configs/request/examples.toml", read("configs/request/examples.toml").values()
    docs = [inspect.cleandoc(one.__doc__) for one in TABLES.values()]
    yield "planner/request/write.py", docs
    habits = [*with_key(read("configs/meals/habits.toml"), "means")]
    yield "configs/meals/habits.toml", [row[key] for row in habits for key in ("means", "unit")]
    asked = list(with_key(read(wishes), "label"))
    yield wishes, [row["label"] for row in asked]
    yield wishes, [row["hint"] for row in asked if row.get("hint")]
    yield wishes, [one for row in asked for one in row.get("choices", {}).values()]


def _safety():
    """Give what rules, interactions, effects and exclusions say, and who is to be asked."""
    told = ("text", "who", "ask", "plate", "banner", "reason", "left_out_reason", "which", "asks",
            "orientation")  # fmt: skip
    for name in ("findings", "effects", "exclusions", "stops", "conditions"):
        path = f"configs/safety/{name}.toml"
        found = [row for key in told for row in with_key(lists(read(path)), key)]
        yield path, [row[key] for row in found for key in told if key in row]
    nutrients = "configs/safety/nutrients.toml"
    yield nutrients, [text for key, text in read(nutrients)["who"].items() if "_" in key]
    for name in ("effect", "condition"):
        path = f"configs/safety/{name}s.toml"
        yield path, [row["name"] for row in read(path)[name]]
    flags = (row.get("instead", "") for row in read("configs/safety/conditions.toml")["condition"])
    yield "configs/safety/conditions.toml", [one for one in flags if " or" in one]
    interactions = "configs/safety/interactions.csv"
    for key in ("text", "hours_confidence", "drug_class"):
        yield interactions, [row[key] for row in rows(interactions)]
    rules = "configs/safety/rules.csv"
    bands = [row for row in rows(rules) if row["category"] == "renal"]
    yield rules, [row["condition"] for row in bands]


def lists(values):
    """Give tables with their lists of tables as tables of numbered ones."""
    if isinstance(values, list):
        values = dict(enumerate(values))
    return (
        {key: lists(value) for key, value in values.items()} if isinstance(values, dict) else values
    )


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


def of_pages():
    """Give the texts of templates."""
    return {
        one if not many else (one, many): str(path.relative_to(ROOT))
        for folder in ("configs/page", "planner/web/templates")
        for path in sorted((ROOT / folder).glob("*.html"))
        for one, many in _IN_PAGE.findall(path.read_text(encoding="utf-8"))
    }


HEADINGS = ("Options", "Commands", "Show this message and exit.")  # of click


def of_words():
    """Give the words of the program that are shown as they stand, or with a capital."""
    from foods import supplement
    from planner.cli.group import COMMANDS
    from planner.cli.help import _GROUPS, _REST
    from planner.kitchen.sold import CUPBOARD, FREEZER, FRIDGE
    from planner.model.keys import RULES
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
        **dict.fromkeys((rule.sentence for rule in RULES.values()), "configs/meals/rules.csv"),
        **dict.fromkeys(sure, "configs/absorption.toml"),
        **dict.fromkeys(("scant", "generous", "about"), "planner/kitchen/measures.py"),
        supplement.FORMULA_SOURCE: "foods/supplement.py",
        **dict.fromkeys(COMMANDS.values(), "planner/cli/group.py"),
        **dict.fromkeys((title for title, names in _GROUPS), "planner/cli/help.py"),
        **dict.fromkeys((_REST, *HEADINGS), "planner/cli/help.py"),
        **dict.fromkeys(("dish", "food", "supplement"), "planner/plan/plan.py"),
    }


_IN_PAGE = re.compile(r"""\b(?:_|ngettext)\("([^"]+)"(?:, "([^"]+)", [^)]+)?\)""")
CALLS = ONE | MANY | {"worded"} | {"spoken", "spoken_say", "say"}
NO_SENTENCES = ("epilog", "metavar")  # what is typed
NO_TELLERS = ("re.compile", "TypeVar")
A_WORD = re.compile(r"[A-Za-z]{2,}.* |[A-Z][a-z]{2,}| [a-z]{2,}")  # two words, or a capital


def unsaid():
    """Give file → texts that look like words for a reader and are in no catalogue, as in code."""
    sentences = {**of_pages(), **of_code(), **of_data(), **of_words()}
    known = {one for text in sentences for one in (text if isinstance(text, tuple) else (text,))}
    found = {str(path.relative_to(ROOT)): bare_texts(path) for path in CODE}
    return {path: [text for _, text in texts if text not in known] for path, texts in found.items()}


def listed_unsaid():
    """Give file → how many of such texts it may have, as ``tests/data/unsaid.csv`` lists them."""
    return {row["path"]: int(row["most"]) for row in rows("tests/data/unsaid.csv")}


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
    if isinstance(node, ast.keyword) and node.arg in NO_SENTENCES:
        yield ast.walk(node.value)
    if isinstance(node, ast.Call) and ast.unparse(node.func) in NO_TELLERS:
        yield ast.walk(node)
    is_json = isinstance(node, ast.FunctionDef) and "_json" in node.name
    if is_json or isinstance(node, ast.AnnAssign):
        yield ast.walk(node)
    if isinstance(node, ast.arg) and node.annotation:
        yield ast.walk(node.annotation)
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield ast.walk(node.returns)
