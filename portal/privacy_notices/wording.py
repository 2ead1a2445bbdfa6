"""The words of a privacy notice: built from what an organisation uses, in plain English, as passages, text and HTML."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.documents.statements import NoticePassage
from portal.ground.wording import day
from portal.rules.edition.edition_type import Edition

PURPOSES = {
    "crime": "To stop crime, and to find out who did it",
    "disorder": "To deal with anti-social behaviour and disorder",
    "children": "To protect children and young people",
    "adults": "To protect adults who are at risk of harm",
    "victims": "To help victims and witnesses",
    "reoffending": "To keep people from offending again",
}
_RULE = "fair-notice"  # the rule of the edition that this notice keeps (s6)


@dataclass(frozen=True, kw_only=True)
class NoticeChoices:
    """What goes into a notice. `purposes` are sentences; `contact` is a role with an address, never a person."""

    purposes: tuple[str, ...]
    gateways: tuple[str, ...]
    conditions: tuple[str, ...]
    recipients: tuple[str, ...]
    sensitive: bool
    keep: str
    contact_role: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class NoticeWords:
    """A notice as it reads: whose, of which day, and its passages."""

    title: str
    organisation: str
    made_on: date
    passages: tuple[NoticePassage, ...]


def notice_words(
    of: Edition, organisation: str, partnership: str, choices: NoticeChoices, made_on: date
) -> NoticeWords:
    """Write the notice (clause s6.fair-obtaining): that facts may be shared, why, and under which duty or power."""
    return NoticeWords(
        title="How we share information about you",
        organisation=organisation,
        made_on=made_on,
        passages=(
            NoticePassage(
                "Who we are",
                (
                    f"{organisation} works with others in the {partnership} to keep people safe.",
                    "Sometimes we need to tell each other things about a person. This notice says why, and what the law says.",
                ),
            ),
            NoticePassage("Why we may share information about you", items=choices.purposes),
            _what(of, choices),
            NoticePassage(
                "Who we may share it with",
                ("We may tell these bodies, and they may tell us:",),
                choices.recipients,
            ),
            NoticePassage(
                "The laws that let us",
                ("We share only where a law lets us, and only where it is needed and fair.",),
                tuple(_law(of, one) for one in choices.gateways),
            ),
            NoticePassage(
                "Our lawful basis",
                ("Data protection law asks for a reason of its own. Ours:",),
                tuple(_condition(of, one) for one in choices.conditions),
            ),
            NoticePassage("How long we keep it", (choices.keep,)),
            _rights(choices),
            NoticePassage(
                "About this notice",
                (
                    f"Made on {day(made_on)} under the {of.about.short_title}. It asks each partner: “{of.rule(_RULE).text}”",
                ),
            ),
        ),
    )


def as_text(notice: NoticeWords) -> str:
    """Write a notice as plain text."""
    lines = [notice.title.upper(), notice.organisation, ""]
    for passage in notice.passages:
        lines += [passage.title, "-" * len(passage.title), *passage.paragraphs]
        lines += [f"* {item}" for item in passage.items]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def as_html(notice: NoticeWords) -> str:
    """Write a notice as a whole HTML page without script or style of its own, every typed word escaped."""
    parts = []
    for passage in notice.passages:
        parts.append(f"<h2>{html.escape(passage.title)}</h2>")
        parts += [f"<p>{_lines(text)}</p>" for text in passage.paragraphs]
        if passage.items:
            parts.append("<ul>" + "".join(f"<li>{_lines(item)}</li>" for item in passage.items) + "</ul>")
    title = html.escape(f"{notice.title}: {notice.organisation}")
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n</head>\n<body>\n<main>\n'
        f"<h1>{html.escape(notice.title)}</h1>\n<p>{html.escape(notice.organisation)}</p>\n{body}\n</main>\n</body>\n</html>\n"
    )


def choices_from(kept: Mapping[str, object]) -> NoticeChoices:
    """Read choices that were kept as JSON."""
    return NoticeChoices(
        purposes=_many(kept["purposes"]),
        gateways=_many(kept["gateways"]),
        conditions=_many(kept["conditions"]),
        recipients=_many(kept["recipients"]),
        sensitive=kept["sensitive"] is True,
        keep=str(kept["keep"]),
        contact_role=str(kept["contact_role"]),
        contact=str(kept["contact"]),
    )


def _what(of: Edition, choices: NoticeChoices) -> NoticePassage:
    kinds = [one for one in of.data_types if one.id == "personal" or (choices.sensitive and one.id == "sensitive")]
    return NoticePassage(
        "What we may share",
        (
            "Where information that names nobody will do, we use that.",
            "Where it will not, we share the least that will do, with as few people as we can.",
        ),
        tuple(f"{one.title}: {one.summary.partition('. ')[0].rstrip('.')}." for one in kinds),
    )


def _rights(choices: NoticeChoices) -> NoticePassage:
    return NoticePassage(
        "Your rights, and who to ask",
        (
            f"To use any of these rights, ask our {choices.contact_role}: {choices.contact}",
            "You can complain to us. If you are still unhappy, you can complain to the Information Commissioner's Office: ico.org.uk.",
        ),
        (
            "You can ask what we hold about you. You get an answer within one month.",
            "You can ask us to put it right, to delete it, or to stop using it. We look at it, though the law may let us go on.",
            "A person, not a machine, decides what is shared about you.",
        ),
    )


def _law(of: Edition, gateway_id: str) -> str:
    gateway = of.gateway(gateway_id)
    title = f"{gateway.title}, {gateway.provision}" if gateway.provision else gateway.title
    return f"{title}. {gateway.summary}"


def _condition(of: Edition, condition_id: str) -> str:
    condition = of.condition(condition_id)
    return f"{condition.short}: {condition.text}"


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.split("\n"))


def _many(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()
