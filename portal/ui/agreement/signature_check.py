"""A signature as the Information Manager sees it: its facts, the evidence, and what was decided."""

import streamlit as st

from portal.agreement.editions.wording import kind_title
from portal.agreement.signing.evidence import SignatureDetails
from portal.ground.wording import day_and_time
from portal.record.audit import history
from portal.record.events import in_words
from portal.ui.blocks import Cell, LinkTo, Tag, facts, links, panel, table
from portal.ui.visitor import store
from portal.ui.words import typed

_SIGNED = {"drawn": "Drawn by hand: see the signed copy", "paper": "On paper: open the scan and compare"}
_PROMISED = "Not asked here: it was known already, or stands on the paper"
_HOW = {
    "paper": "Signed on paper",
    "code": "Checked by a code sent to it",
    "link": "Checked by a link sent to it",
    "account": "Checked by the signer's account",
    "manager": "Checked by an Information Manager",
}


def signature_facts(copy: SignatureDetails) -> None:
    """Show who signed what, when and how."""
    facts(
        [
            ("Organisation", copy.organisation.name),
            ("Kind", kind_title(copy.organisation.kind)),
            ("Edition", copy.edition_title),
            ("Signed", day_and_time(copy.signed_at)),
            ("Name", copy.name),
            ("Job title or role", copy.position),
            ("E-mail address", copy.email or "Not known"),
            ("Signature", _SIGNED.get(copy.method, copy.typed)),
            ("Reference", copy.reference),
            ("Hash of the text", copy.text_sha256),
        ]
    )


def evidence_shown(copy: SignatureDetails) -> None:
    """Show what speaks for the right to sign, and what asks for care."""
    seen = copy.evidence
    domain: Cell = {
        None: Tag("Not known: the organisation's own address is not on record", "waiting"),
        True: Tag("Matches the organisation's own address", "done"),
        False: Tag("Is not the organisation's own address", "stopped"),
    }[seen.domain_matches]
    rows: list[tuple[str, Cell]] = [
        (
            "Address",
            Tag(_HOW.get(seen.email_checked_how, "Not checked yet"), "done" if seen.email_checked_how else "waiting"),
        ),
        ("Domain of the address", domain),
        (
            "Known person",
            Tag("Known from before", "done") if seen.known_person else Tag("Not known from before", "waiting"),
        ),
        ("They say", "I am allowed to sign"),
        ("The promise about the Protocol", f"They answered yes to: {copy.promise}" if copy.promise else _PROMISED),
    ]
    if seen.free_mail:
        rows.append(("Take care", Tag("A free mail address: anybody can have one", "stopped")))
    rows += [
        ("Take care", Tag(f"The name looks like {name}. Make sure that it is not meant to be taken for it", "stopped"))
        for name in seen.looks_like
    ]
    near = [name for name in seen.near_names if name not in seen.looks_like]
    if near:
        rows.append(("Names like it", ", ".join(near)))
    facts(rows)


def decided(copy: SignatureDetails) -> None:
    """Show what was decided, by whom and when, with the history; nothing while it waits."""
    if copy.is_over and copy.status in {"waiting", "asked"}:
        panel("The organisation has left since", "There is nothing to decide.", standing="ended")
    elif copy.decided_at is not None:
        said = {"confirmed": "Confirmed", "declined": "Declined", "asked": "A question was asked"}[copy.status]
        standing = {"confirmed": "done", "declined": "stopped", "asked": "waiting"}[copy.status]
        panel(said, f"{copy.decided_by} decided this on {day_and_time(copy.decided_at)}.", standing=standing)  # type: ignore[arg-type]  # one of the four standings
        typed(copy.decision_words)
        if copy.status == "confirmed":
            links([LinkTo("See it in the register", f"/register?organisation={copy.organisation.slug}")])


def history_shown(copy: SignatureDetails) -> None:
    """Show what happened to a signature, in words."""
    with st.expander("History"):
        entries = history(store(), f"signature:{copy.id}")
        rows = [(day_and_time(one.at), one.actor_name, in_words(one.event)) for one in entries]
        table("What happened", ("When", "Who", "What"), rows, hide_caption=True)
