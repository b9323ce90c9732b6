"""Good files of every kind that is read, and the same damaged in the ways that files are."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

from foods.embedded import read_data_text
from foods.own_csv import as_food_csv, read_food_csv
from planner.check.names import read_dish_notes
from planner.meals.patterns import read_pattern
from planner.request.read import read_request, write_request
from planner.request.request import PlanRequest
from tests.reports import FOODS

_RECIPE = {
    "@context": "https://schema.org",
    "@type": "Recipe",
    "name": "Rice &amp; beans",
    "recipeYield": "4 servings",
    "totalTime": "PT40M",
    "recipeIngredient": ["2 cups rice", "1 can black beans", "1 onion, chopped", "salt"],
    "recipeInstructions": [{"@type": "HowToStep", "text": "Cook the rice for 20 minutes."}],
}
_PAPRIKA = {"name": "Soup", "ingredients": "2 carrots\n1 onion", "directions": "Cook it."}
_PLAIN = "Rice and beans\nServes 4\n\nIngredients\n2 cups rice\n1 can beans\n\nMethod\nCook it.\n"
_COOK = ">> servings: 4\n\nCook @rice{2%cups}(dry) for ~{20%minutes} in a #pot{}. [- well -]\n"
_FOODS_CSV = "name,cost,max,iron,zinc\nbread,1,9,2,3\nmilk,2,,0.1,4\n"
_TARGETS_CSV = "nutrient,lower,upper\niron,3,\nzinc,4,90\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name, a good one, and what reads it.

    Parameters
    ----------
    name
        File name, whose ending tells its format.
    good
        Bytes of a good one.
    read
        Path → words of the command that reads it, or a function that does.
    """

    name: str
    good: bytes
    read: Callable[[Path], Sequence[str] | Callable[[], object]]


@cache
def kinds(plan: str) -> Mapping[str, Kind]:
    """Give every kind of file that is read; ``plan`` is the text of a good plan file."""
    shipped = files("configs")
    us = shipped.joinpath("standards/us.csv").read_text("utf-8").splitlines(keepends=True)[:60]
    sources = shipped.joinpath("standards/us.toml").read_bytes()
    pattern = shipped.joinpath("meals/patterns/mediterranean.toml").read_bytes()
    recipe = json.dumps(_RECIPE)
    page = f'<html><script type="application/ld+json">{recipe}</script><p>hi</p></html>'
    return {
        "request": Kind(
            "request.toml",
            write_request(PlanRequest()).encode(),
            lambda path: lambda: read_request(path),
        ),
        "plan, checked": Kind("plan.json", plan.encode(), lambda path: ["check", str(path)]),
        "plan, shown": Kind("plan.json", plan.encode(), lambda path: ["shop", str(path)]),
        "plan, exported": Kind(
            "plan.json",
            plan.encode(),
            lambda path: ["export", str(path), "--to", "md,csv", "--out", str(path.parent / "o")],
        ),
        "history": Kind(
            "old.json",
            plan.encode(),
            lambda path: ["diff", str(path), str(path)],
        ),
        "standard": Kind(
            "mine.csv", "".join(us).encode(), lambda path: ["targets", "--standard", str(path)]
        ),
        "sources": Kind("mine.toml", sources, _with_standard("".join(us))),
        "pattern": Kind("mine.toml", pattern, lambda path: lambda: read_pattern(str(path))),
        "dishes": Kind("own.toml", _own_dish(), _read_dishes),
        "dish notes": Kind(
            "own.toml", _own_dish(), lambda path: lambda: read_dish_notes([str(path.parent)])
        ),
        "food table": Kind(
            "foods.csv", as_food_csv(FOODS).encode(), lambda path: lambda: read_food_csv(path)
        ),
        "basket foods": Kind("foods.csv", _FOODS_CSV.encode(), _basket("targets", _TARGETS_CSV)),
        "basket targets": Kind("t.csv", _TARGETS_CSV.encode(), _basket("foods", _FOODS_CSV)),
        "recipe page": Kind("a.html", page.encode(), _import),
        "recipe JSON-LD": Kind("a.json", recipe.encode(), _import),
        "Paprika": Kind("a.paprikarecipe", gzip.compress(json.dumps(_PAPRIKA).encode()), _import),
        "Mealie zip": Kind("a.zip", _zipped({"a.json": recipe.encode()}), _import),
        "Cooklang": Kind("a.cook", _COOK.encode(), _import),
        "plain recipe": Kind("a.txt", _PLAIN.encode(), _import),
    }


def _own_dish() -> bytes:
    question = '[[question]]\ndish = "own_dish"\nkey = "servings"\nwhy = "?"\nanswer = 4\n'
    return f"{read_data_text('own_dish_template.toml')}\n{question}".encode()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _with_standard(text: str) -> Callable[[Path], Sequence[str]]:
    def words(path: Path) -> Sequence[str]:
        path.with_suffix(".csv").write_text(text, encoding="utf-8")
        return ["targets", "--standard", str(path.with_suffix(".csv"))]

    return words


def _basket(other: str, text: str) -> Callable[[Path], Sequence[str]]:
    def words(path: Path) -> Sequence[str]:
        beside = path.parent / "other.csv"
        beside.write_text(text, encoding="utf-8")
        this = "targets" if other == "foods" else "foods"
        return ["basket", f"--{this}", str(path), f"--{other}", str(beside), "--time-limit", "5"]

    return words


def _read_dishes(path: Path) -> Sequence[str]:
    return ["dishes", "list", "--dishes", str(path.parent)]


def _import(path: Path) -> Sequence[str]:
    return ["dishes", "import", str(path), "--out", str(path.parent / "out")]


def damaged(random: Random, good: bytes) -> bytes:
    """Damage a file once, or a few times."""
    content = good
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        content = random.choice(_DAMAGES)(random, content)
    return content[:3_000_000]


def _span(random: Random, content: bytes) -> tuple[int, int]:
    begin = random.randint(0, len(content))
    return begin, min(len(content), begin + random.choice((1, 5, 50, 500)))


def _insert(random: Random, content: bytes, what: bytes) -> bytes:
    place = random.randint(0, len(content))
    return content[:place] + what + content[place:]


def _replace_token(random: Random, content: bytes, what: bytes) -> bytes:
    """Put something in the place of a number or a quoted text."""
    places = list(_tokens(content))
    if not places:
        return what
    begin, end = random.choice(places)
    return content[:begin] + what + content[end:]


def _tokens(content: bytes) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rb'"[^"\n]{0,80}"|-?\d+(?:\.\d+)?|true|false|null', content[:200_000]):
        yield match.span()


_VALUES = (
    b"0", b"-1", b"1e999", b"-1e308", b"NaN", b"9" * 5000, b"null", b"true", b"[]", b"{}", b'""',
    b"[[[]]]", b'"x"', b'"\\ud800"', b'"=1+1"', b'"<b>"', b"1979-05-27", b"'", b'{"a": 1}',
    b'"' + b"a" * 300 + b'"', b"inf", b"-0", b"0.1.2", b"[1, 'a']", b'"\\u0000"', b'"\x1b[31m"',
)  # fmt: skip
_PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b"'''", b"[" * 5000, b"{" * 5000,
    b"a." * 5000, b",", b";", b"\t", "\u202e".encode(), "é".encode(), b"=cmd()", b"<script>", b"]",
    b"}", b"\\", b"#", b"[[dish]]\n", b"[targets]\n", b"&amp;" * 2000, b"<" * 5000, b"=" * 50,
)  # fmt: skip
_DAMAGES: Sequence[Callable[[Random, bytes], bytes]] = (
    lambda random, content: content[: random.randint(0, len(content))],
    lambda random, content: content[random.randint(0, len(content)) :],
    lambda random, content: b"",
    lambda random, content: content.replace(b"\n", b"\r\n"),
    lambda random, content: b"\xef\xbb\xbf" + content,
    lambda random, content: content.decode("utf-8", "replace").encode("utf-16"),
    lambda random, content: content.decode("utf-8", "replace").encode("latin-1", "replace"),
    lambda random, content: content * random.choice((2, 3)),
    lambda random, content: bytes(random.randrange(256) for _ in range(random.choice((1, 999)))),
    lambda random, content: _insert(random, content, random.choice(_PIECES)),
    lambda random, content: _insert(random, content, random.choice(_PIECES)),
    lambda random, content: _replace_token(random, content, random.choice(_VALUES)),
    lambda random, content: _replace_token(random, content, random.choice(_VALUES)),
    lambda random, content: _replace_token(random, content, random.choice(_VALUES)),
    lambda random, content: _without(content, *_span(random, content)),
    lambda random, content: _insert(random, content, content[slice(*_span(random, content))]),
    lambda random, content: _flipped(random, content),
    lambda random, content: _lines_swapped(random, content),
    lambda random, content: _line_dropped(random, content),
)


def _without(content: bytes, begin: int, end: int) -> bytes:
    return content[:begin] + content[end:]


def _flipped(random: Random, content: bytes) -> bytes:
    found = bytearray(content or b" ")
    for _ in range(random.choice((1, 3, 20))):
        found[random.randrange(len(found))] = random.randrange(256)
    return bytes(found)


def _lines_swapped(random: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _line_dropped(random: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)
