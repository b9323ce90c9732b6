"""The safety verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foods.nutrient import known_nutrients
from planner.document.blocks import (
    TITLE,
    WARNING,
    Block,
    Paragraph,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.export.schedule import SCHEDULE_TITLE, remark_texts, schedule_blocks
from planner.language.figures import number_text
from planner.language.spoken import _, mark, said, spoken
from planner.safety.finding import ALLOWED, MAGNESIUM, REFUSED, SafetyFinding
from planner.safety.gate import QUESTION, SafetyVerdict
from planner.safety.limits import safety_sentence
from planner.safety.nutrients import is_only_about_magnesium, who_advises
from planner.wire.safety import SafetyAnswer, WrittenSafetyFinding

_HEADLINES = {
    "allowed": mark("Supplement of magnesium: allowed"),
    "ask": mark("Supplement of magnesium: ask first, none until then"),
    "refused": mark("Supplement of magnesium: refused"),
}
_ANSWERS = {"allowed": mark("allowed"), "ask": mark("ask first"), "refused": mark("refused")}
_GENERAL = ("info", QUESTION)


def safety_answer(
    verdict: SafetyVerdict, assumed: Sequence[str] = (), stop: str = ""
) -> SafetyAnswer:
    """Return a verdict as it is written, complete.

    Parameters
    ----------
    verdict, assumed, stop
        As of ``safety_as_text``.
    """
    upper, schedule = verdict.upper_level, verdict.schedule
    return SafetyAnswer.of(
        verdict,
        stop=stop,
        nutrient_advice={
            key: _who(key, answer, verdict).removeprefix("; ")
            for key, answer in verdict.nutrients.items()
            if key != MAGNESIUM
        },
        assumed=assumed,
        upper_level_mg=upper and upper.value_mg,
        upper_level_source=upper and upper.source,
        findings=[
            WrittenSafetyFinding.of(one, of_magnesium_alone=is_only_about_magnesium(one.code))
            for one in verdict.findings
        ],
        schedule=schedule.lines if schedule.is_told else (),
        schedule_notes=remark_texts(schedule) if schedule.is_told else (),
        no_time_for=schedule.without_hour,
        questions=[one.text for one in verdict.findings if one.level == QUESTION],
    )


def safety_told(
    verdict: SafetyVerdict, assumed: Sequence[str] = (), stop: str = ""
) -> Iterator[Block]:
    """Return a verdict as blocks.

    Parameters
    ----------
    verdict, assumed
        What is said, and what of the body nobody gave.
    stop
        Why no plan of meals is made for this person; empty for most.
    """
    head, stopped = Paragraph(_headline(verdict), TITLE), paragraphs([spoken(stop)], WARNING)
    is_no = verdict.allowed == REFUSED  # else the stop stands above it
    yield from (head, *stopped) if is_no else (*stopped, head)
    if "age" in assumed:
        told = _("The age is not given: the answer is for the sample person's. Say --age.")
        yield Paragraph(told)
    understood = _("Understood: {reading}")
    yield from paragraphs(understood.format(reading=spoken(one.text)) for one in verdict.readings)
    taken = _("Taken already: {amount} mg of magnesium a day")
    yield Paragraph(taken.format(amount=f"{verdict.taken_elemental_mg:.0f}"))
    yield from paragraphs([] if stop else [_upper(verdict)])
    yield from section(_("Supplements of other nutrients"), bullets(_nutrients(verdict)))
    if verdict.avoided_words:
        names = ", ".join(sorted(verdict.avoided_words))
        yield Paragraph(_("Compounds to avoid: {names}").format(names=names))
    own = [one for one in verdict.findings if one.level not in _GENERAL]
    rules = (f"{_sign(one)} {spoken(one.text)} [{_mark(one)}]" for one in own)
    yield from section(_("What the rules say"), bullets(rules))
    yield from section(_(SCHEDULE_TITLE), schedule_blocks(verdict.schedule))
    questions = (spoken(one.text) for one in verdict.findings if one.level == QUESTION)
    yield from section(_("To be asked"), bullets(questions))
    known = (one for one in verdict.findings if one.level == "info" and one not in own)
    yield from section(_("To know"), bullets(spoken(one.text) for one in known))
    sources = dict.fromkeys(one.source for one in verdict.findings)
    yield from section(_("Sources"), bullets(sources))
    yield Paragraph(safety_sentence("not_medical_advice"))


def _headline(verdict: SafetyVerdict) -> str:
    words = _(_HEADLINES[verdict.allowed])
    if any(one.is_emergency for one in verdict.findings):
        return _("{answer}. This is an emergency: get help now.").format(answer=words)
    if verdict.is_allowed:
        most = f"{verdict.most_elemental_mg:.0f}"
        return _("{answer}, at most {most} mg a day more").format(answer=words, most=most)
    return words


def _nutrients(verdict: SafetyVerdict) -> Iterator[str]:
    """Say what the rules say to pills of other nutrients, and who is to be asked."""
    for nutrient, answer in verdict.nutrients.items():
        if nutrient != MAGNESIUM:
            name = _(known_nutrients()[nutrient].name)
            yield f"{name}: {_(_ANSWERS[answer])}{spoken(_who(nutrient, answer, verdict))}"


def _who(nutrient: str, answer: str, verdict: SafetyVerdict) -> str:
    if advice := who_advises(nutrient):
        return said("; {advice}", advice=said(advice))
    if nutrient in verdict.forbidden_nutrients or answer == ALLOWED:
        return "" if answer == ALLOWED else said("; ask your doctor")
    if verdict.allowed != ALLOWED:
        return said("; see below for whom to ask")
    return said("; ask your doctor")


def _mark(one: SafetyFinding) -> str:
    alone = one.verdict != ALLOWED and is_only_about_magnesium(one.code)
    return ", ".join([one.code, *([_("of magnesium alone")] if alone else []), _(one.confidence)])


def _upper(verdict: SafetyVerdict) -> str:
    upper = verdict.upper_level
    if upper is None:
        return _("No upper level is given")
    told = _(
        "Upper level: {amount} mg a day from supplements, antacids and laxatives together "
        "({source})"
    )
    return told.format(amount=number_text(f"{upper.value_mg:g}"), source=upper.source)


def _sign(one: SafetyFinding) -> str:
    return {"refused": _("NO "), "ask": _("ASK"), "allowed": "-  "}[one.verdict]
