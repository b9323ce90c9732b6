"""The account of a plan as JSON values."""

from __future__ import annotations

import math
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from planner.explain.account import Account, BoundPrice, RuleRoom
from planner.language.spoken import ENGLISH, speaking
from planner.model.keys import RULES

SCHEMA = "magplan/explain/1"


@speaking(ENGLISH)
def account_as_json(account: Account) -> dict[str, Any]:
    """Give the account with everything that was found; what is no number is null."""
    return {
        "schema": SCHEMA,
        "days": list(account.days),
        "eaters": [{"name": name, **_plain(own)} for name, own in account.eaters.items()],
        "why_not": [
            {"eater": name, **_plain(one)}
            for name, answers in account.why_not.items()
            for one in answers
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, BoundPrice):
        key = value.key
        others = {
            one.name: getattr(value, one.name) for one in fields(BoundPrice) if one.name != "key"
        }
        about = {
            "row": key.name,
            "rule": key.rule,
            "subject": key.subject,
            "basis": key.basis or "total",
            "side": key.side,
            "preferred": key.preferred,
            "hard": not key.soft,
        }
        return about | _plain(others)
    if isinstance(value, RuleRoom):
        return {**asdict(value), "sentence": RULES[value.rule].sentence, "slack": value.is_slack}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value) if isinstance(value, str) else value
