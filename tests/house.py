"""What the house measures, and the limits in pyproject.toml that only fall.

``python -m tests.house`` prints each figure beside its limit; ``--lower`` writes lower limits where
figures have fallen, and ends with 1 where one is above its limit.

Limits stand in ``[tool.magplan.house]``: of ``planner`` and ``foods`` lines of ``code`` (no blanks,
comments, docstrings), ``lines`` of all, ``modules``; ``tests``: lines of Python in tests;
``searches``: full searches that a whole run of the tests starts. Each limit but that of searches is
the figure of the moment: whoever lowers a figure lowers its limit in the same commit, and nobody
raises one. What must stand beside what it replaces is a loan, paid back before its issue ends::

    [[tool.magplan.house.loans]]
    issue = "E"
    paths = ["planner/rhythm", "tests/planner/rhythm"]  # these files are counted apart, or
    code = 400         # what is borrowed of a figure, where it is spread over other files:
    modules = 2        # code, lines, modules, tests
    goes = "planner/table/cooked_ahead.py"
"""

import argparse
import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "pyproject.toml"
HOUSE, TESTS = ("planner", "foods"), "tests"
COUNTED = ("code", "lines", "modules", "tests")
NO_CODE = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENCODING, tokenize.ENDMARKER,
}  # fmt: skip
EARLIER = 20  # commits that changed pyproject.toml; each was compared with those before it


@dataclass(frozen=True)
class Loan:
    """What one issue has borrowed."""

    issue: str
    goes: str
    paths: tuple = ()
    code: int = 0
    lines: int = 0
    modules: int = 0
    tests: int = 0

    def covers(self, path):
        """Whether a file is counted apart."""
        return any(path.is_relative_to(folder) for folder in self.paths)


def code_lines(text):
    """Count the lines of a module that are neither blank nor comment nor docstring."""
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        value = getattr(node, "value", None)
        if isinstance(node, ast.Expr) and isinstance(getattr(value, "value", None), str):
            lines.difference_update(range(node.lineno, node.end_lineno + 1))
    return len(lines)


def measured(root, is_counted=lambda place: True):
    """Return the figures of the files of a tree that are counted."""
    found = dict.fromkeys(COUNTED, 0)
    for path in (path for room in (*HOUSE, TESTS) for path in sorted((root / room).rglob("*.py"))):
        place = path.relative_to(root)
        if not is_counted(place):
            continue
        text = path.read_text(encoding="utf-8")
        if place.parts[0] in HOUSE:
            found["code"] += code_lines(text)
            found["lines"] += len(text.splitlines())
            found["modules"] += 1
        else:
            found["tests"] += len(text.splitlines())
    return found


def read_limits(text):
    """Return the limits that the text of a pyproject.toml sets, and its loans."""
    table = tomllib.loads(text).get("tool", {}).get("magplan", {}).get("house", {})
    limits = {key: value for key, value in table.items() if key != "loans"}
    loans = [Loan(**one | {"paths": tuple(one.get("paths", ()))}) for one in table.get("loans", ())]
    return limits, loans


def lent(root, loan):
    """Return what a loan has borrowed of each figure: its files, and what it names."""
    files = measured(root, loan.covers)
    return {key: getattr(loan, key) + files[key] for key in COUNTED}


@cache
def standing():
    """Return the limits, the loans, and the figures without what is borrowed."""
    limits, loans = read_limits(PROJECT.read_text(encoding="utf-8"))
    figures = measured(ROOT, lambda place: not any(loan.covers(place) for loan in loans))
    for key in COUNTED:
        figures[key] -= sum(getattr(loan, key) for loan in loans)
    return limits, loans, figures


def too_high(limits, figures):
    """Return what is above its limit."""
    return {key: figures[key] for key in figures if figures[key] > limits[key]}


def lowered(text, figures):
    """Return the text of pyproject.toml with limits of what has fallen at what it is now."""
    head, table, rest = text.partition("[tool.magplan.house]\n")
    body, mark, after = rest.partition("\n[")
    limits, _ = read_limits(text)
    for key, figure in figures.items():
        if figure < limits[key]:
            body = re.sub(rf"(?m)^{key} = \d+", f"{key} = {figure}", body)
    return head + table + body + mark + after


def earlier_limits():
    """Return the limits of earlier commits, latest first; none where there is no history."""
    told = ["git", "-C", str(ROOT), "log", f"-{EARLIER}", "--format=%H", "--", PROJECT.name]
    try:
        commits = subprocess.run(told, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return []
    shown = [
        subprocess.run(
            ["git", "-C", str(ROOT), "show", f"{commit}:{PROJECT.name}"],
            capture_output=True, text=True, check=True, encoding="utf-8",
        ).stdout
        for commit in commits
    ]  # fmt: skip
    return [limits for limits, _ in map(read_limits, shown) if limits]


def raised(limits, earlier):
    """Return the limits that are higher than they once were."""
    return {
        key: value
        for key, value in limits.items()
        if value > min((record[key] for record in earlier if key in record), default=value)
    }


def main():
    """Print what the house measures, and lower its limits."""
    parser = argparse.ArgumentParser(description=main.__doc__, prog="python -m tests.house")
    parser.add_argument("--lower", action="store_true")
    words = parser.parse_args()
    limits, loans, figures = standing()
    say = sys.stdout.write
    for key, figure in figures.items():
        say(f"{key:8} {figure:7,} of {limits[key]:,}\n")
    for loan in loans:
        told = ", ".join(f"{value:,} {key}" for key, value in lent(ROOT, loan).items() if value)
        say(f"loan of issue {loan.issue}: {told or 'nothing'}; what goes: {loan.goes}\n")
    if words.lower:
        text = PROJECT.read_text(encoding="utf-8")
        PROJECT.write_text(lowered(text, figures), encoding="utf-8")
    if above := too_high(limits, figures):
        told = ", ".join(f"{key} by {value - limits[key]:,}" for key, value in above.items())
        sys.stderr.write(
            f"above the limit: {told}. Remove as much elsewhere, or name what an issue borrows as "
            f"[[tool.magplan.house.loans]] in {PROJECT.name}: see the top of tests/house.py\n"
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
