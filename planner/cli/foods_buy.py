"""``magplan foods buy``: what a budget buys of magnesium, without planning a week."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli.help import GroupedCommand
from planner.cli.options import build_request, request_argument, request_options
from planner.cli.output import show
from planner.errors import ConfigError, RefusedError
from planner.export.printed import buys_told
from planner.language.faults import fault
from planner.language.shops import shopping_in


@click.command(
    name="buy",
    cls=GroupedCommand,
    epilog="Example: magplan foods buy --sex f --age 34 --budget-per-week 15 --shops eu",
)
@request_argument
@request_options
def buy_command(request_path: Path | None, **flags: Any) -> None:
    """Show what brings the most magnesium for a budget, in whole packages, without a plan.

    Takes what `magplan plan` takes: who eats, what they leave out, what is at home (--pantry).
    """
    from planner.table.for_money import buys_for_money
    from planner.table.prepare import prepare_table

    request = build_request(request_path, **flags)
    if request.preferences.budget_per_week is None:
        raise fault(ConfigError, "no_budget_to_buy")
    with shopping_in(request.shops):
        buys = buys_for_money(prepare_table(request))
        if not buys:
            raise fault(RefusedError, "no_target_to_buy")
        show(buys_told(buys))
