"""How a privacy notice is shown, and the fields that it is made from."""

from collections.abc import Mapping

import streamlit as st

from portal.ground.wording import day
from portal.privacy_notices.form_validation import NoticeOptions
from portal.privacy_notices.notices import IssuedPrivacyNotice
from portal.privacy_notices.wording import PURPOSES, NoticeChoices
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.fields import text_field
from portal.ui.problems import at_field
from portal.ui.words import plain


def show_notice(made: IssuedPrivacyNotice) -> None:
    """Show the notice that stands: where it is published, what it does not cover yet, its words, its files."""
    if made.uncovered:
        said = f"In use now, but not in this notice: {'; '.join(made.uncovered)}."
        panel("Make a new notice", said, standing="waiting")
    facts(
        [
            ("Notice", f"Number {made.number}, reference {made.reference}"),
            ("Made", f"{day(made.made_at)}, by {made.made_by}"),
            ("Published at", made.published_at or "Not recorded yet"),
            *([("Recorded on", day(made.published_on))] if made.published_on else []),
        ]
    )
    with st.expander("Read the notice"):
        for passage in made.words.passages:
            st.markdown(f"**{plain(passage.title)}**")
            for text in passage.paragraphs:
                st.write(plain(text))
            if passage.items:
                st.markdown("\n".join(f"- {plain(item)}" for item in passage.items))
    path = f"/files/privacy-notice/{made.id}"
    links(
        [
            LinkTo("Download as PDF", f"{path}.pdf"),
            LinkTo("Download as HTML, for your website", f"{path}.html"),
            LinkTo("Download as text", f"{path}.txt"),
        ]
    )


def notice_fields(
    scope: str, given: NoticeOptions, before: NoticeChoices | None, problems: Mapping[str, str]
) -> NoticeChoices:
    """Draw the fields of a new notice: what is in use is ticked, and what the last notice said stands again."""
    purposes = _purposes(scope, given, before, problems)
    ticked = set(given.used_gateways) | set(before.gateways if before else ())
    gateways = _ticks(scope, "gateways", "Which laws do you use?", given.gateways, ticked, problems)
    bases = set(before.conditions if before else ("art6-e",))
    conditions = _ticks(scope, "conditions", "Which lawful basis do you rely on?", given.conditions, bases, problems)
    at_field(problems, "recipients")
    names = tuple(dict.fromkeys((*(before.recipients if before else ()), *given.partners)))
    recipients = st.text_area(
        "Who do you share with? One on each line",
        value="\n".join(names),
        height=140,
        key=f"{scope}.recipients",
        on_change="ignore",
    )
    sensitive = st.checkbox(
        "We also share sensitive data, such as on health or crimes",
        value=before.sensitive if before else False,
        key=f"{scope}.sensitive",
    )
    at_field(problems, "keep")
    keep = st.text_area(
        "How long do you keep it?",
        value=before.keep if before else "We keep it no longer than the purpose needs.",
        max_chars=1000,
        height=90,
        key=f"{scope}.keep",
        on_change="ignore",
    )
    role = text_field(
        "Who to ask: a role",
        f"{scope}.contact_role",
        value=before.contact_role if before else "",
        hint="Such as: data protection officer. Name no person.",
        problems=problems,
        most=200,
    )
    contact = text_field(
        "How to reach them",
        f"{scope}.contact",
        value=before.contact if before else "",
        hint="An e-mail address, a phone number or a postal address",
        problems=problems,
    )
    return NoticeChoices(
        purposes=purposes,
        gateways=gateways,
        conditions=conditions,
        recipients=tuple(str(recipients or "").split("\n")),
        sensitive=sensitive,
        keep=str(keep or ""),
        contact_role=role,
        contact=contact,
    )


def _purposes(
    scope: str, given: NoticeOptions, before: NoticeChoices | None, problems: Mapping[str, str]
) -> tuple[str, ...]:
    st.markdown("**Why do you share?**")
    at_field(problems, "purposes")
    known = tuple(PURPOSES.values())
    chosen = before.purposes if before else known[:2]
    ticked = [
        sentence
        for code, sentence in PURPOSES.items()
        if st.checkbox(plain(sentence), value=sentence in chosen, key=f"{scope}.purpose.{code}")
    ]
    own = tuple(dict.fromkeys((*(one for one in chosen if one not in known), *given.purposes)))
    more = st.text_area(
        "Other reasons, one on each line. Those of your statements stand here: say them so that anybody understands.",
        value="\n".join(one.replace("\n", " ") for one in own),
        height=110,
        key=f"{scope}.purpose.more",
        on_change="ignore",
    )
    return (*ticked, *str(more or "").split("\n"))


def _ticks(
    scope: str,
    field: str,
    label: str,
    choices: tuple[tuple[str, str], ...],
    ticked: set[str],
    problems: Mapping[str, str],
) -> tuple[str, ...]:
    with st.expander(label, expanded=field in problems or bool(ticked & {one for one, _ in choices})):
        at_field(problems, field)
        return tuple(
            one
            for one, title in choices
            if st.checkbox(plain(title), value=one in ticked, key=f"{scope}.{field}.{one}")
        )
