"""Walk through what people want: each intent, the command that a person would type, what is seen.

Run from the project's folder: ``python -m tests.bench.walk``; ``--only WORD`` takes intents that
hold a word, ``--jobs N`` runs so many at once. The intents stand in ``walk.toml``.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
INTENTS = Path(__file__).with_name("walk.toml")
LEAST_MET = 0.95
LONGEST_S = 300


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody wants.

    Parameters
    ----------
    who, want
        ``newcomer`` or ``dietitian``, and what is wanted in plain words.
    run
        The command as it is typed, without ``magplan``.
    code
        Exit code that must be seen.
    out, err, never
        Texts that must stand in stdout and in stderr, and that must stand in neither; breaks of
        lines do not matter.
    quick
        Whether it plans nothing, and takes no time.
    """

    who: str
    want: str
    run: str
    code: int = 0
    out: tuple[str, ...] = ()
    err: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    quick: bool = False

    def missed(self, code: int, out: str, err: str) -> list[str]:
        """Say what was not seen, or seen though it must not be; empty where the intent is met."""
        shown = {"stdout": _plain(out), "stderr": _plain(err)}
        found = [] if code == self.code else [f"exit {code}, not {self.code}"]
        for place, texts in (("stdout", self.out), ("stderr", self.err)):
            found += [f"no {text!r} in {place}" for text in texts if text not in shown[place]]
        found += [f"{one!r} is said" for one in self.never if any(one in t for t in shown.values())]
        return found + ["a traceback" for text in shown.values() if "Traceback" in text]


def read_walk(path: Path = INTENTS) -> tuple[tuple[str, ...], Mapping[str, str], list[Intent]]:
    """Give the commands that make the plans to start from, files by name, and all intents."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    intents = [Intent(**{key: _held(value) for key, value in row.items()})
               for row in table["intent"]]  # fmt: skip
    return tuple(table["made"]), table["files"], intents


def run_command(words: str, folder: Path) -> tuple[int, str, str]:
    """Run one command of magplan in a folder; gives exit code, stdout and stderr."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    environment.pop("COLUMNS", None)
    done = subprocess.run(
        [sys.executable, "-m", "planner", *shlex.split(words)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def walk(
    intents: Sequence[Intent], made: Sequence[str], files: Mapping[str, str], jobs: int = 1
) -> Iterator[list[str]]:
    """Run all intents in a folder of their own; gives what each of them missed, as they end."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(jobs) as pool:
        folder = Path(name)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        for words, (code, _, err) in zip(
            made, pool.map(lambda one: run_command(one, folder), made), strict=True
        ):
            if code:
                raise SystemExit(f"magplan {words}: exit {code}: {err}")
        yield from pool.map(lambda one: one.missed(*run_command(one.run, folder)), intents)


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _plain(text: str) -> str:
    return " ".join(text.split())


def main() -> int:
    """Walk and print a table; ends with 1 where too few intents are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="intents that hold this word")
    parser.add_argument("--quick", action="store_true", help="those that plan nothing")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    made, files, intents = read_walk()
    chosen = [
        intent
        for intent in intents
        if asked.only in f"{intent.who} {intent.want} {intent.run}" and intent.quick >= asked.quick
    ]
    met, results = 0, walk(chosen, made, files, asked.jobs)
    for number, (intent, missed) in enumerate(zip(chosen, results, strict=True), start=1):
        met += not missed
        verdict = "met    " if not missed else "NOT MET"
        rows = [f"{number:3}  {intent.who:9}  {verdict}  {intent.want}"]
        rows += [f"{'':25}magplan {intent.run}: {text}" for text in missed]
        sys.stdout.write("\n".join(rows) + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{met} of {len(chosen)} met ({met / max(1, len(chosen)):.1%})\n")
    return 0 if met >= LEAST_MET * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
