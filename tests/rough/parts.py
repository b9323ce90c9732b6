"""The parts of the rough run; each case is made from a seed and a number alone."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from planner.cli import main
from planner.export.files import check_folder
from tests.rough.damage import damaged, kinds
from tests.rough.draw import draw_flags
from tests.rough.runs import OUTPUTS, Ended, run, spoken, unchecked, wait_for_line

PLAN = ["plan", "--sex", "f", "--age", "40", "--days", "2", "--start", "2026-03-02"]
_HEARING = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from planner.cli import main, stop; stop.hear_ctrl_c(); sys.stderr.write('\\n'); "
    "sys.stderr.flush(); main()"
)
_QUICK_S, _LONG_S = 30, 600
_LIGHT_DAYS = 3
_WAY = re.compile(r"--accept\s+(\d+)")
_NO_PLAN = 3
_PLAN_FILES = {"plan.json", "request.toml", "shopping.csv"}


@dataclass(frozen=True, slots=True)
class Case:
    """What came of one case.

    Parameters
    ----------
    part, number
        The part of the run and its number there.
    said
        The command.
    code
        Its exit code.
    processor_s
        Processor time [s].
    faults
        What may never happen, and did.
    ways
        How many ways out were offered, each of which was tried.
    """

    part: str
    number: int
    said: str
    code: int
    processor_s: float
    faults: tuple[str, ...]
    ways: int = 0


@cache
def good_plan() -> Path:
    """Make a plan once, for the cases that begin with one."""
    folder = Path(tempfile.mkdtemp(prefix="magplan-rough-"))
    ended = run([*PLAN, "--out", str(folder / "wk")], folder)
    assert ended.code == 0, ended.err
    return folder / "wk" / "plan.json"


def _case(part: str, number: int, said: str, ended: Ended, more: Sequence[str] = ()) -> Case:
    faults = (*ended.faults(), *more)
    return Case(part, number, said, ended.code, ended.processor_s, faults)


def request_case(seed: int, number: int, whole_each: int = 1) -> Case:
    """Plan a random request; every plan that comes of it is judged, every way out is tried.

    All but each ``whole_each``-th are of three days at most and searched with a part of the work:
    what is read, refused, judged, written and said is the same, and time for many more of them.
    """
    is_whole = number % whole_each == 0
    most = {} if is_whole else {"most_days": _LIGHT_DAYS}
    words = ["plan", *draw_flags(seed, number, [str(good_plan())], **most)]
    ended, faults = _planned(words, is_whole)
    ways = sorted({*_WAY.findall(ended.out + ended.err)}) if ended.code == _NO_PLAN else []
    for way in ways:
        tried, more = _planned([*words, "--accept", way], is_whole, times=2)
        faults += [*tried.faults(), *more, *([f"way {way} has no plan"] if tried.code else [])]
    case = _case("requests", number, spoken([*words, "--out", "wk"]), ended, faults)
    return replace(case, ways=len(ways))


def _planned(words: Sequence[str], is_whole: bool, times: int = 1) -> tuple[Ended, list[str]]:
    """Plan in a folder of its own, and judge what came of it."""
    words = [*words, "--out", "wk"]
    with tempfile.TemporaryDirectory() as name:
        ended = run(words if is_whole else lambda: _plan_lightly(words), Path(name), times)
        return ended, unchecked(Path(name), ended)


def _plan_lightly(words: Sequence[str]) -> None:
    """Run a command with the work of a quick search."""
    main([*words, "--effort", "quick"])


def file_case(seed: int, number: int) -> Case:
    """Read a damaged file; the kinds take turns."""
    random = Random(f"{seed}/file/{number}")
    known = kinds(good_plan().read_text("utf-8"))
    name = list(known)[number % len(known)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in" / known[name].name
        path.parent.mkdir()
        path.write_bytes(damaged(random, known[name].good))
        work = known[name].read(path)
        ended = run(work, Path(folder))
        return _case("files", number, f"{name}: {spoken(work)}", ended)


def kill_case(seed: int, number: int) -> Case:
    """Kill a run that writes; what was there stays, or all that is new stands there."""
    random = Random(f"{seed}/kill/{number}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words, holds = _writer(random, folder)
        before = _listed(folder)
        running = _started(words, folder)
        time.sleep(random.uniform(0, 1.3 * _length_s(words[0])))
        running.kill()
        running.communicate(timeout=_QUICK_S)
        for place in (folder / "wk", folder):
            check_folder(place, ())  # as the next run begins
        new = {path for path in _listed(folder) if path not in before and path.parts[0] != "wk"}
        faults = [f"litter: {path}" for path in new if path.suffix != ".csv"]
        faults += [] if holds() else ["a folder that is neither old nor new"]
        return Case("kills", number, spoken(words), 0, 0.0, tuple(faults))


def _writer(random: Random, folder: Path):
    """Give words that write, and what must hold after they were killed."""
    old = good_plan().parent
    kind = random.choice(("plan", "plan", "export", "request", "foods"))
    if kind in ("plan", "export"):
        names = _PLAN_FILES if kind == "plan" else {"week.md", "week.csv", "plan.json", "week.ics"}
        if is_there := random.random() < 0.5:
            (folder / "wk").mkdir()
            (folder / "wk" / "notes.txt").write_text("mine")
        words = [*PLAN, "--out", "wk"]
        if kind == "export":
            words = ["export", str(old / "plan.json"), "--to", "md,csv,json,ics", "--out", "wk"]

        def holds() -> bool:
            found = {path.name for path in (folder / "wk").glob("*")}
            return found - {"notes.txt"} in (set(), names) and is_there == ("notes.txt" in found)

        return words, holds
    path = folder / "out.csv"
    path.write_text("mine\n")
    words = ["foods", "export", "--out", "out.csv", "--force"]
    if kind == "request":
        words = ["request", "new", "--out", "out.csv", "--force"]

    def kept() -> bool:
        copy = path.with_name("out.csv.bak")
        is_old = path.read_text("utf-8") == "mine\n"
        is_new = path.stat().st_size > 1000 and copy.read_text() == "mine\n"
        return is_old or is_new

    return words, kept


def _listed(folder: Path) -> set[Path]:
    return {
        path.relative_to(folder) for path in folder.rglob("*") if not path.name.endswith(".bak")
    }


@cache
def _length_s(command: str) -> float:
    """Measure how long a command runs when nobody ends it [s]."""
    words = {"plan": PLAN, "export": ["check", str(good_plan())]}.get(command, [command, "--help"])
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        _started(words, Path(name)).communicate(timeout=_LONG_S)
    return time.perf_counter() - started + (0.5 if command not in ("plan", "export") else 0.0)


def _started(words: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HEARING, *words],
        cwd=folder, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def interrupt_case(seed: int, number: int) -> Case:
    """Press Ctrl-C at a random moment: one line and 130, or the best plan so far."""
    random = Random(f"{seed}/interrupt/{number}")
    words = random.choice((
        [*PLAN, "--out", "wk"],
        [*PLAN, "--effort", "thorough", "--out", "wk"],
        ["plan", "--days", "7", "--eater", "name=Ben,sex=m,age=40", "--out", "wk"],
        ["replan", str(good_plan()), "--without", "fish", "--out", "wk"],
        ["swap", str(good_plan()), "--day", "1", "--slot", "dinner"],
        ["plan", "--sex", "f", "--age", "40", "--budget-per-week", "12"],
        ["check", str(good_plan())],
    ))  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        running = _started(words, folder)
        wait_for_line(running.stderr.fileno())
        time.sleep(0.005 + random.random() ** 2 * 8)
        is_late = running.poll() is not None
        started = time.perf_counter()
        if not is_late:
            running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=_LONG_S)
        except subprocess.TimeoutExpired:
            running.kill()
            out, err = running.communicate()
        took_s = time.perf_counter() - started
        ended = Ended(running.returncode, out, err, took_s, took_s < _QUICK_S)
        more = [] if is_late or ended.code in (0, 3, 130) else [f"code {ended.code}"]
        if ended.code == 130:
            more += [] if len(err.strip().splitlines()) == 1 else ["not one line"]
            more += ["a plan though it was stopped"] if (folder / "wk").exists() else []
        elif (folder / "wk").exists():
            more += unchecked(folder, Ended(0, "", "", 0.0))
        return _case("interrupts", number, spoken(words), ended, more)


def path_cases() -> Iterator[Case]:
    """Try paths and outputs that are none."""
    for number, (script, code) in enumerate(_paths()):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "a").mkdir()
            (folder / "loop").symlink_to("loop")
            (folder / "t.csv").write_text("nutrient,lower,upper\niron,3,\n")
            ended = _in_shell(script, folder) if set(script) & set(">|;&") else None
            ended = ended or run(shlex.split(script)[1:], folder)
            lines = ended.err.strip().splitlines()
            more = [] if ended.code == code else [f"code {ended.code}, not {code}"]
            more += [] if code != 1 or len(lines) == 1 else [f"{len(lines)} lines"]
            hidden = {path for path in _listed(folder) if path.name.startswith(".")}
            more += [f"litter: {path}" for path in hidden if path.name not in OUTPUTS]
            yield _case("paths", number, script.replace("m ", "magplan ", 1), ended, more)


def _in_shell(script: str, folder: Path) -> Ended:
    shell = f'set -o pipefail; m() {{ {sys.executable} -m planner "$@"; }}; {script}'
    done = subprocess.run(
        ["bash", "-c", shell], cwd=folder, env=_environment(), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr, 0.0)


def _paths() -> list[tuple[str, int]]:
    plan, long = good_plan(), "n" * 300
    readers = (
        "request check {}", "check {}", "shop {}", "export {} --to md --out o",
        "targets --standard {}.csv", "plan --pattern {}.toml", "dishes import {}",
        "basket --foods {} --targets t.csv", "plan --history {}",
    )  # fmt: skip
    strange = (long, "/dev/zero", "/dev/null", "a", "loop", "nowhere", "/proc/self/mem", "a/b/c")
    found = [
        (f"m {reader.format(path)}", 2 if "import" in reader and path in _NO_FILE else 1)
        for reader in readers
        for path in strange
        if not (path.startswith("/") and "{}." in reader)
    ]
    writers = ("foods export --out {}", "request new --out {}", f"export {plan} --to md --out {{}}")
    found += [
        (f"m {writer.format(path)}", 2 if path == "a" and "foods" in writer else 1)
        for writer in writers
        for path in (long, "a/b/c/d" if "export --out" in writer else long, "loop")
    ]
    ascii_only = "export LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 PYTHONIOENCODING=ascii"
    add = "m foods add {} --per 40 --figure magnesium=15% --label us"
    full = f"mkdir t; mount -t tmpfs -o size=64k none t && m export {plan} --to json,html --out t/o"
    return [
        *found,
        *((f"ulimit -v {most}; m {shlex.join(PLAN)}", 1) for most in (250_000, 400_000, 700_000)),
        (f"export LC_ALL=tr_TR.UTF-8; m check {plan}", 0),
        (f"{ascii_only}; m check {plan}", 0),
        (f"export TZ=Pacific/Kiritimati SOURCE_DATE_EPOCH=0; m export {plan} --to md --out o", 0),
        ("export HOME=/nowhere MAGPLAN_HOME=/proc/nowhere; m foods search oats", 0),
        (
            f"export MAGPLAN_HOME=$PWD/h; {add.format('ab')} & {add.format('cd')} & wait; "
            "test $(m foods library | grep -cE 'ab|cd') = 2",
            0,
        ),
        (f"{full}; code=$?; umount t 2>/dev/null; exit $code", 1),
        ("m foods export --out /dev/full", 1),
        ("m foods export >/dev/full", 1),
        ("m foods export | head -1 >/dev/null; true", 0),
        (f"m check {plan} >&-", 1),
        (f"m check {plan} | head -1 >/dev/null; true", 0),
        (f"m export {plan} --to md --out /dev/null", 1),
        ("ulimit -f 8; m foods export --out f.csv", 1),
        (f"ulimit -f 8; m export {plan} --to json,md --out o", 1),
        ("m request new --out a/r.toml && m request new --out a/r.toml", 0),
        ("echo x > r.toml; m request new --out r.toml", 1),
        (f"mkdir w; echo {{}} > w/plan.json; m export {plan} --to json --out w", 1),
    ]


_NO_FILE = ("n" * 300, "a", "loop", "nowhere", "a/b/c")
