"""Our own estimates for nutrients that a release does not give; rules in ``estimates.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Amounts = Mapping[str, float | None]
Estimate = tuple[float, str]

SIGNIFICANT_DIGITS = 4
MG_PER_G = 1000


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at.

    Parameters
    ----------
    food_id, group, release
        Id, food group and release of the food.
    origin, flags
        Words of the catalogue.
    amounts
        Nutrient key → amount [the key's unit per 100 g], the release's own figures and overlays.
    tryptophan_g
        Tryptophan [g per 100 g]; ``None`` where unknown.
    """

    food_id: str
    group: str
    release: str
    origin: frozenset[str]
    flags: frozenset[str]
    amounts: Amounts
    tryptophan_g: float | None


def estimate_amounts(subject: Subject, rules: Mapping[str, Any]) -> dict[str, Estimate]:
    """Return nutrient key → (amount, rule) for what the release leaves open and a rule can tell."""
    lactose = _lactose(subject, rules["lactose"])
    found = {
        "niacin_ne_mg": _niacin_equivalents(subject, rules["niacin_equivalents"]),
        "lactose_g": lactose,
        "added_sugars_g": _added_sugars(subject, rules["added_sugars"], lactose),
        "magnesium_added_mg": _magnesium_added(subject, rules["magnesium_added"]),
        "calcium_added_mg": _calcium_added(subject, rules["calcium_added"]),
    }
    return {
        key: (_rounded(estimate[0]), estimate[1])
        for key, estimate in found.items()
        if estimate is not None and subject.amounts.get(key) is None
    }


def _magnesium_added(subject: Subject, rule: Mapping[str, Any]) -> Estimate | None:
    return None if subject.food_id in rule["unknown"] else (0.0, rule["rules"][0])


def _niacin_equivalents(subject: Subject, rule: Mapping[str, Any]) -> Estimate | None:
    niacin, protein = subject.amounts.get("niacin_mg"), subject.amounts.get("protein_g")
    if niacin is None:
        return None
    by_tryptophan, by_protein = rule["rules"]
    if subject.tryptophan_g is not None:
        more = subject.tryptophan_g * MG_PER_G / rule["tryptophan_mg_per_niacin_mg"]
        return niacin + more, by_tryptophan
    return (
        None
        if protein is None
        else (niacin + protein * rule["niacin_mg_per_protein_g"], by_protein)
    )


def _lactose(subject: Subject, rule: Mapping[str, Any]) -> Estimate | None:
    none, of_sugars = rule["rules"]
    if "dairy" not in subject.origin:
        return 0.0, none
    share = rule["foods"].get(subject.food_id, rule["share_of_sugars"].get(subject.group))
    sugars = subject.amounts.get("sugars_g")
    if share is None or (sugars is None and share > 0):
        return None
    most = rule["at_most_g"].get(subject.group, float("inf"))
    return min((sugars or 0.0) * share, most), of_sugars


def _added_sugars(
    subject: Subject, rule: Mapping[str, Any], lactose: Estimate | None
) -> Estimate | None:
    none, of_sugars = rule["rules"]
    if "added_sugar" not in subject.flags:
        return 0.0, none
    sugars = subject.amounts.get("sugars_g")
    if sugars is None:
        return None
    own = rule["own_sugars_g"].get(subject.group)
    whole = None if own is None else max(sugars - own, 0.0)
    share = rule["foods"].get(subject.food_id, rule["share_of_sugars"].get(subject.group))
    added = whole if share is None else sugars * share
    measured = subject.amounts.get("lactose_g")
    milk_sugar = measured if measured is not None else (lactose or (0.0,))[0]
    return None if added is None else (max(min(added, sugars - milk_sugar), 0.0), of_sugars)


def _calcium_added(subject: Subject, rule: Mapping[str, Any]) -> Estimate | None:
    none, above = rule["rules"]
    if "ca_fortified" not in subject.flags:
        return 0.0, none
    calcium, base = subject.amounts.get("calcium_mg"), rule["unfortified_mg"].get(subject.group)
    return None if calcium is None or base is None else (max(calcium - base, 0.0), above)


def _rounded(amount: float) -> float:
    return float(f"{amount:.{SIGNIFICANT_DIGITS}g}")
