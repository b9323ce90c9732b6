"""Which supplements of other nutrients than magnesium a person may have.

Fails closed: a rule means for every nutrient what it means for magnesium, unless
``configs/safety/nutrients.toml`` says that it speaks of magnesium alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from planner.safety.finding import ALLOWED, ASK, MAGNESIUM, REFUSED, VERDICTS, SafetyFinding
from planner.safety.person import Person
from planner.safety.read import read_safety_settings


def judge_nutrients(
    person: Person, findings: Iterable[SafetyFinding], forbidden: frozenset[str]
) -> Mapping[str, str]:
    """Give nutrient key → ``allowed``, ``ask`` or ``refused``.

    Parameters
    ----------
    person
        Who asks; a state may be the only one in which a plan chooses a nutrient.
    findings
        Everything that rules say.
    forbidden
        Nutrients of which a rule allows no supplement.
    """
    told = tuple(findings)
    known = read_safety_settings("nutrients")["known"]  # magnesium first
    return MappingProxyType({key: _judge(key, person, told, forbidden) for key in known})


def is_only_about_magnesium(code: str) -> bool:
    """Whether the finding with this code says nothing about other nutrients."""
    return code in read_safety_settings("nutrients")["only_magnesium"]


def who_advises(nutrient: str) -> str:
    """Say who is to be asked about a nutrient, whatever the rules say; empty for most."""
    who: str = read_safety_settings("nutrients")["who"].get(nutrient, "")
    return who


def _judge(
    nutrient: str, person: Person, findings: Iterable[SafetyFinding], forbidden: frozenset[str]
) -> str:
    verdicts = [verdict for one in findings for verdict in _verdicts(nutrient, one)]
    if nutrient in forbidden:
        verdicts.append(REFUSED)
    states = read_safety_settings("nutrients")["only_in_state"].get(nutrient)
    if states is not None and person.state not in states:
        verdicts.append(ASK)
    return max(verdicts, key=VERDICTS.index, default=ASK)


def _verdicts(nutrient: str, finding: SafetyFinding) -> Iterator[str]:
    is_silent = nutrient != MAGNESIUM and is_only_about_magnesium(finding.code)
    yield ALLOWED if is_silent else finding.verdict
    asked = read_safety_settings("nutrients")["asked"]
    if any(nutrient in asked.get(action, (action,)) for action in finding.actions):
        yield ASK
