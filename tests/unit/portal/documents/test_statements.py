from datetime import date

import pytest

from portal.documents.layout.flow import LabelledLine
from portal.documents.statements import (
    AccessRecord,
    NoticePaper,
    NoticePassage,
    PartySignature,
    SharingPaper,
    View,
    access_paper,
    notice_paper,
    sharing_paper,
)

from .samples import AT, SHA, letterhead, words


def a_sharing(**changes):
    values = {
        "title": "Incidents at pools",
        "parties": ("Anytown Parish Council", "Anyshire Police"),
        "answers": (
            LabelledLine("Exactly what is this sharing for?", "**Not bold** <b>or markup</b>"),
            LabelledLine("How?", ""),
        ),
        "laws": ("Crime and Disorder Act 1998, section 115",),
        "signatures": (
            PartySignature(
                organisation="Anytown Parish Council", name="Siân Ó Briain 李小龙", post="Clerk", signed_at=AT
            ),
        ),
        "in_force_at": AT,
        "edition": "2026 edition",
        "edition_sha256": SHA,
        "words_sha256": SHA[::-1],
        "review": "Review it when anything changes.",
        "questions": "In doubt, ask there.",
    }
    return SharingPaper(**(values | changes))


def a_record(**changes):
    values = {
        "kind": "Freedom of information",
        "holder": "Anytown Parish Council",
        "requester": "Peregrine Oddfellow",
        "asked_for": "Call logs",
        "received_on": date(2026, 5, 1),
        "due_on": date(2026, 6, 1),
        "extension": "",
        "views": (View("Anyshire Police", "May we?", "Part of it should be held back", "Page 2.", "1 May 2026"),),
        "outcome": "Given out in part",
        "exemption": "section 40(2)",
        "reason": "Page 2 names a witness.",
        "without_views": "",
        "decided_by": "Pat Chairman",
        "position": "Chairman",
        "decided_at": AT,
        "edition": "2026 edition",
        "sha256": SHA,
    }
    return AccessRecord(**(values | changes))


@pytest.mark.clause("app5.statement")
def test_a_statement_shows_its_words_as_typed_its_laws_and_every_signature():
    found = words(sharing_paper(letterhead(), a_sharing()))
    for part in (
        "Between Anytown Parish Council and Anyshire Police",
        "Incidents at pools",
        "**Not bold** <b>or markup</b>",
        "Not answered",
        "section 115",
        "For Anytown Parish Council",
        "Siân Ó Briain",
        "2:30:05pm BST",
        "Review it when anything changes.",
        "In doubt, ask there.",
        SHA,
        SHA[::-1],
    ):
        assert part in found
    assert "Post Clerk Date and time 1 May 2026 at 2:30:05pm BST Signature Siân Ó Briain" in found
    assert "Laws that the parties use" not in words(sharing_paper(letterhead(), a_sharing(laws=())))


@pytest.mark.clause("s5.consult-originator")
@pytest.mark.clause("s15.foi-case-by-case")
def test_a_record_keeps_the_views_beside_the_decision():
    found = words(access_paper(letterhead(), a_record()))
    for part in ("Peregrine Oddfellow", "Anyshire Police", "Part of it should be held back", "section 40(2)"):
        assert part in found
    assert "The decision is the holder's own." in found
    alone = words(access_paper(letterhead(), a_record(views=(), exemption="", position="", extension="Nine years")))
    assert "The holder asked no partner for a view." in alone
    assert "The partners' views were weighed" not in alone
    assert "Exemption" not in alone
    assert "Nine years" in alone
    assert "They rang" in words(access_paper(letterhead(), a_record(without_views="They rang")))


@pytest.mark.clause("s6.fair-obtaining")
def test_a_notice_is_its_passages():
    passages = (NoticePassage("Who we are", ("We keep people safe.",)), NoticePassage("Why", (), ("To stop crime",)))
    notice = NoticePaper(
        title="How we share information about you",
        organisation="Anytown Parish Council",
        made_on=date(2026, 5, 1),
        passages=passages,
    )
    found = words(notice_paper(letterhead(marking=""), notice))
    for part in ("How we share information about you", "1 May 2026", "We keep people safe.", "• To stop crime"):
        assert part in found
