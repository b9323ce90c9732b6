"""One thing that a safety rule says, and the three answers there are."""

from __future__ import annotations

from dataclasses import dataclass

ALLOWED, ASK, REFUSED = "allowed", "ask", "refused"
VERDICTS = (ALLOWED, ASK, REFUSED)  # from the mildest to the strictest
MAGNESIUM = "magnesium_mg"

EMERGENCY = "EMERGENCY"


@dataclass(frozen=True, slots=True)
class SafetyFinding:
    """One thing that a rule says.

    Parameters
    ----------
    code
        Id of the rule, interaction or sentence.
    level
        Band of the rule, such as ``"G3a"`` or ``"mild"``, or how severe it is.
    text
        What it means, and who to ask.
    source, confidence
        Citation, and how sure it is.
    verdict
        What it means for a supplement of magnesium: ``allowed``, ``ask`` or ``refused``.
    actions
        Actions and advice of the rule.
    """

    code: str
    level: str
    text: str
    source: str
    confidence: str
    verdict: str = ALLOWED
    actions: tuple[str, ...] = ()

    @property
    def is_emergency(self) -> bool:
        """Whether help is needed now."""
        return EMERGENCY in self.actions
