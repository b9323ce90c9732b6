"""``--preset``: a request that is shipped, under the flags."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from planner.errors import ConfigError
from planner.faults import fault
from planner.request.presets import preset_names, read_preset

preset_option = click.option(
    "--preset",
    type=click.Choice(preset_names()),
    help=f"Begin with a shipped request instead of a file: {', '.join(preset_names())}; other "
    "flags win over it. Where several eat in it, --sex and the like are each one's own: "
    "--eater name=Anna,sex=f,age=34.",
)


def preset_table(name: str | None, request_path: Path | None) -> Mapping[str, Any]:
    """Give a preset in the shape of a request file; empty without a name.

    Raises
    ------
    ConfigError
        When a file is given too: it would not be plain which of them wins.
    """
    if name is None:
        return {}
    if request_path is not None:
        raise fault(ConfigError, "preset_and_file")
    return read_preset(name)
