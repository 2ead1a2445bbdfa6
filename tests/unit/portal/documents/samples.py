"""Fictional papers with defaults, and how to read one back."""

import io
from datetime import UTC, date, datetime

from PIL import Image, ImageDraw
from pypdf import PdfReader

from portal.documents.agreement import AgreementPart, EditionText, GatewayLine, VersionLine
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, PaperSignature
from portal.documents.meetings.attendance import AttendanceList, Attendee
from portal.documents.notices import NoticeKind, StandingNoticePaper
from portal.documents.receipts import SignedAgreement
from portal.documents.requests.request import AnswerPaper, CheckPaper, DecisionPaper, ReasonLine, WrittenRequest
from portal.documents.returns import ColumnFate, Removed, ReturnCertificate

AT = datetime(2026, 5, 1, 13, 30, 5, tzinfo=UTC)
SHA = "3b1f" * 16
HEAD = "ab" * 32


def letterhead(**changes):
    values = {
        "partnership": "Anytown Community Safety Partnership",
        "reference": "7K3-M4P-QRT",
        "marking": "OFFICIAL",
        "made_at": AT,
        "verify_at": "https://portal.anytown.example/verify",
    }
    return Letterhead(**(values | changes))


def drawn(size=(300, 100)):
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 80), (60, 20), (120, 90), (280, 30)], fill=(10, 10, 60, 255), width=5)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def edition(**changes):
    values = {
        "title": "Information Sharing Agreement",
        "edition": "2026 edition",
        "sha256": SHA,
        "standing": "In force from 1 May 2026",
        "summary": (
            LabelledLine("Purpose", "To share information."),
            LabelledLine("Partners", "Anytown Parish Council"),
        ),
        "sections": (
            AgreementPart("1. Introduction", "We share **carefully**.\n\n- One\n- Two"),
            AgreementPart("2. Purpose", "## Why\n\nTo cut crime.\n\n1. First\n2. Second"),
        ),
        "gateways": (
            GatewayLine("Crime and Disorder Act 1998, section 115", "Lets anyone tell", "Any partner", "In force"),
        ),
        "appendices": (
            AgreementPart("Appendix 4: Handling", "| Action | OFFICIAL |\n|---|---|\n| Store papers | Locked |"),
        ),
        "versions": (VersionLine("1", "1 May 2026", "First edition", "Working Group"),),
    }
    return EditionText(**(values | changes))


def signed(**changes):
    values = {
        "edition": edition(),
        "declaration": "I sign for my organisation.",
        "organisation": "Anytown Parish Council",
        "name": "Siân Ó Briain",
        "position": "Clerk",
        "signature": PaperSignature(typed="Siân Ó Briain"),
        "signed_at": AT,
        "how": (LabelledLine("E-mail checked", "clerk@anytown.example, at 2:20pm"),),
    }
    return SignedAgreement(**(values | changes))


def attendee(**changes):
    values = {
        "name": "Ann Green",
        "organisation": "Anytown Parish Council",
        "signature": PaperSignature(typed="Ann Green"),
        "signed_at": AT,
        "how": "On their own phone",
    }
    return Attendee(**(values | changes))


def attendance(**changes):
    values = {
        "meeting": "Anytown Joint Action Group",
        "day": "5 May 2026",
        "place": "Town Hall",
        "chair": "Inspector Khan",
        "session": "Closed session",
        "edition": "2026 edition",
        "sha256": SHA,
        "statement": "We, the undersigned, accept the Protocol.",
        "undertakings": "- Tell nobody else.",
        "attendees": (attendee(),),
    }
    return AttendanceList(**(values | changes))


CONTENTS = (
    "Date",
    "Person",
    "What is asked for",
    "Purpose",
    "Reason in law",
    "Why it is needed",
    "What it will prevent",
    "Only for that purpose",
    "Requester",
    "Secure way to answer",
)  # fmt: skip - the ten, in the order of Section 6


def request(**changes):
    values = {
        "asked_by": "Anytown Parish Council",
        "asked_of": "Leicestershire Police",
        "sent_at": AT,
        "contents": tuple(LabelledLine(label, f"answer to {label.lower()}") for label in CONTENTS),
        "items": (LabelledLine("Dates of incidents", "To show how often"),),
        "check": CheckPaper(
            outcome="Talk to the investigating officer first",
            explanation="The check advises.",
            answers=(LabelledLine("Is it proportionate?", "Yes"),),
            reasons=(ReasonLine("The case is still being investigated.", "Section 4, Ongoing investigation"),),
            also=(ReasonLine("Say why.", "Section 4, Public interest"),),
            conditions=("Keep a record.",),
        ),
        "undertaking": "I will only use this information for this purpose.",
        "edition": "2026 edition",
        "sha256": SHA,
    }
    return WrittenRequest(**(values | changes))


def answer(**changes):
    values = {
        "decision": DecisionPaper.REFUSE,
        "request_reference": "7K3-M4P-QRT",
        "request_sent_at": AT,
        "asked_by": "Anytown Parish Council",
        "holder": "Leicestershire Police",
        "decided_by": "Priya Shah",
        "position": "Disclosure officer",
        "decided_at": AT,
        "reason": "The case is before the court.",
    }
    return AnswerPaper(**(values | changes))


def certificate(**changes):
    values = {
        "dataset": "police-asb",
        "dataset_name": "Anti-social behaviour incidents",
        "organisation": "Leicestershire Police",
        "period": "2026-Q1",
        "months": "January to March 2026",
        "submitted_at": AT,
        "edition": "2026 edition",
        "edition_sha256": SHA,
        "rules_sha256": "aa" * 32,
        "content_sha256": "bb" * 32,
        "rows_read": 312,
        "rows_kept": 309,
        "columns": (
            ColumnFate("Post Code", "postcode_district", "Cut to the first part"),
            ColumnFate("N•••", "", "Left out"),
        ),
        "removed": (Removed("Telephone number", 4, "Taken out of the text"),),
        "risk": (LabelledLine("Smallest group", "5 records"),),
    }
    return ReturnCertificate(**(values | changes))


def notice(**changes):
    values = {
        "kind": NoticeKind.SUSPENSION,
        "organisation": "Anytown Parish Council",
        "chair": "Inspector Khan",
        "reason": "A laptop was lost.",
        "effective": date(2026, 5, 1),
        "effects": ("No requests go to or from the organisation.",),
        "name": "Siân Ó Briain",
        "position": "Clerk",
        "signature": PaperSignature(typed="Siân Ó Briain"),
        "signed_at": AT,
        "edition": "2026 edition",
    }
    return StandingNoticePaper(**(values | changes))


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def words(pdf):
    """Give all text of a paper on one line, so that a line's end matters nowhere."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())
