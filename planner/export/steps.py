"""The steps of a kept plan: its files before each of its last changes."""

from __future__ import annotations

import base64
import codecs
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.errors import ExportError
from planner.export.formats import STEPS_MARK
from planner.faults import fault
from planner.settings import read_settings
from planner.shops import named

STEPS_FILE = "steps.json"
WORDS = "text"  # what a person wrote, which stays so in every language


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A change: the command that made it, and the files before it, by name.

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
        names = {key: one if key == WORDS else named(one) for key, one in self.values.items()}
        return self.what.format(**names)


def most_steps() -> int:
    """Give how many steps are kept."""
    return int(read_settings("documents/documents.toml")["kept"]["steps"])


def read_steps(folder: Path) -> tuple[KeptStep, ...]:
    """Read the steps of a folder, the last one last; none where nothing was written over in it.

    Raises
    ------
    ExportError
        When the file is not as this program wrote it.
    """
    path = folder / STEPS_FILE
    if not path.exists():
        return ()
    try:
        return tuple(map(_step, json.loads(path.read_text("utf-8"))["back"]))
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


def steps_text(steps: Sequence[KeptStep], left: Mapping[str, str]) -> str:
    """Write the last steps as a file, packed, with digests of the files that they leave."""
    back = [
        {"what": step.what, "files": {name: _packed(text) for name, text in step.files.items()}}
        | ({"values": dict(step.values)} if step.values else {})
        for step in steps[-most_steps() :]
    ]
    now = {name: _digest(text.encode()) for name, text in left.items()}
    return f"{json.dumps({'schema': STEPS_MARK, 'back': back, 'left': now})}\n"


def _step(raw: Mapping[str, Mapping[str, str]]) -> KeptStep:
    files = {name: _unpacked(text) for name, text in raw["files"].items()}
    return KeptStep(str(raw["what"]), files, raw.get("values", {}))


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(text: str) -> str:
    return zlib.decompress(base64.b64decode(text, validate=True)).decode()
