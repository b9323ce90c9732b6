"""The steps of a kept plan: its files before each change, and after each that was taken back."""

from __future__ import annotations

import base64
import codecs
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.errors import ExportError
from planner.export.formats import STEPS_MARK
from planner.language.faults import fault
from planner.language.names import named
from planner.language.spoken import _
from planner.settings import read_settings

STEPS_FILE = "steps.json"
WORDS = "text"  # what a person wrote, which stays so in every language


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A change: the command that made it, and the files on its other side, by name.

    Of what is said in a sentence, ``values`` fills in names and words of a person.
    """

    what: str
    files: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """What was done, in the language that is spoken now."""
        if not self.values:
            return self.what
        names = {key: one if key == WORDS else _(named(one)) for key, one in self.values.items()}
        return _(self.what).format(**names)


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be taken back and made again, the next one last."""

    back: tuple[KeptStep, ...] = ()
    again: tuple[KeptStep, ...] = ()

    def with_change(self, step: KeptStep) -> Steps:
        """Keep what was there before a change; what was taken back cannot be made again then."""
        return Steps((*self.back, step)[-most_steps() :])

    def moved(self, now: Mapping[str, str], *, is_back: bool) -> tuple[KeptStep, Steps]:
        """Give the step that is taken back or made again, and the steps then."""
        if is_back:
            step = self.back[-1]
            return step, Steps(self.back[:-1], (*self.again, replace(step, files=now)))
        step = self.again[-1]
        return step, Steps((*self.back, replace(step, files=now)), self.again[:-1])


def most_steps() -> int:
    """Give how many steps are kept."""
    return int(read_settings("documents/documents.toml")["kept"]["steps"])


def read_steps(folder: Path) -> Steps:
    """Read the steps of a folder; none where nothing was written over in it.

    Raises
    ------
    ExportError
        When the file is not as this program wrote it.
    """
    path = folder / STEPS_FILE
    if not path.exists():
        return Steps()
    try:
        raw = json.loads(path.read_text("utf-8"))
        return Steps(*(tuple(map(_step, raw[way])) for way in ("back", "again")))
    except (ValueError, KeyError, TypeError, zlib.error):
        raise fault(ExportError, "no_steps", str(path)) from None


def is_left_so(path: Path, content: bytes) -> bool:
    """Say whether a file is as the last step beside it left it: in a copy of a folder, too.

    The file of the steps is, where any of theirs is.
    """
    try:
        left = json.loads((path.parent / STEPS_FILE).read_text("utf-8"))["left"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if path.name == STEPS_FILE:
        others = (path.parent / name for name in left)
        return any(one.is_file() and is_left_so(one, one.read_bytes()) for one in others)
    return bool(left.get(path.name) == _digest(content.removeprefix(codecs.BOM_UTF8)))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def steps_text(steps: Steps, left: Mapping[str, str]) -> str:
    """Write steps as a file, their files packed, with digests of the files that they leave."""
    told = {
        way: [
            {"what": one.what, "files": {name: _packed(text) for name, text in one.files.items()}}
            | ({"values": dict(one.values)} if one.values else {})
            for one in each
        ]
        for way, each in (("back", steps.back), ("again", steps.again))
    }
    now = {"left": {name: _digest(text.encode()) for name, text in left.items()}}
    return f"{json.dumps({'schema': STEPS_MARK} | told | now)}\n"


def _step(raw: Mapping[str, Mapping[str, str]]) -> KeptStep:
    files = {name: _unpacked(text) for name, text in raw["files"].items()}
    return KeptStep(str(raw["what"]), files, raw.get("values", {}))


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(text: str) -> str:
    return zlib.decompress(base64.b64decode(text, validate=True)).decode()
