"""A signature on paper: recorded with its scan, confirmed by a second manager, and said to be on paper everywhere."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from PIL import Image
from sqlmodel import select

from models.agreements import PaperScan
from models.record import AuditEntry
from portal.agreement.errors import AlreadySignedError, CannotSignError, OwnSignatureError
from portal.agreement.notices.standing import standing_of
from portal.agreement.register.organisations import NewOrganisation
from portal.agreement.register.public_register import entry
from portal.agreement.signing.confirmation import confirm, decline
from portal.agreement.signing.copies import signed_copy
from portal.agreement.signing.evidence import copy_for_manager, waiting
from portal.agreement.signing.on_paper import PaperWords, open_paper, record_paper
from portal.agreement.verification import check_pdf, check_reference
from portal.ground.act import PUBLIC, Act, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError
from tests.builders import a_partnership, a_person, an_organisation
from tests.conftest import NOW
from tests.signing_builders import NO_MAIL, a_manager, a_signatory

BASE = "http://127.0.0.1:8501"


def a_scan():
    picture = Image.new("L", (60, 40), "white")
    picture.putpixel((5, 5), 0)
    exif = Image.Exif()
    exif[0x013B] = "Eve the author"
    kept = io.BytesIO()
    picture.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


def told(organisation=None, **more):
    words = {
        "organisation_id": organisation.id if organisation else "",
        "edition": "2026",
        "name": "Winifred Clerk",
        "position": "Clerk",
        "signed_on": "1 October 2026",
    }
    return PaperWords(**{**words, **more})


def recorded(act, manager, organisation, key="k" * 32, **more):
    return record_paper(act.as_(manager), told(organisation, **more), a_scan(), key=key)


@pytest.mark.clause("s16.declaration")
@pytest.mark.clause("s16.copy-to-information-manager")
def test_a_paper_counts_once_a_second_manager_has_confirmed_it_and_says_so_everywhere(here):
    first, second, council = a_manager(here), a_manager(here, "Dan Okafor"), an_organisation(here)
    made = recorded(here, first, council)
    assert standing_of(here.store, council.id) is None
    assert [one.id for one in waiting(here.as_(second))] == [made]
    with pytest.raises(OwnSignatureError, match="recorded this paper"):
        confirm(here.as_(first), made, how="I have the paper", reach=NO_MAIL)
    assert open_paper(here.as_(second), made).kind == "jpeg"
    confirm(here.as_(second), made, how="Compared with the scan", reach=NO_MAIL)
    found, (change,) = entry(here.store, council.slug, NOW.date())
    assert (found.edition, found.since) == ("2026", date(2026, 10, 1))
    assert change.edition_words("2026 edition") == "2026 edition, on paper"
    pdf, reference = signed_copy(here.as_(first), made, BASE)
    said = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Signed on 1 October 2026, on paper" in said
    assert "Signed electronically" not in said
    for answer in (check_pdf(here, pdf), check_reference(here, reference)):
        assert answer.good
        assert any("2026 edition on paper on 1 October 2026" in one for one in answer.sentences)


def test_the_scan_is_sealed_stripped_and_each_opening_recorded(here):
    first, council = a_manager(here), an_organisation(here)
    made = recorded(here, first, council)
    with reading(here.store.engine) as session:
        row = session.get(PaperScan, made)
    opened = open_paper(here.as_(first), made).content
    assert b"Eve" in a_scan()
    assert b"Eve" not in opened
    assert opened not in row.scan
    assert b"Winifred" not in row.scan
    with reading(here.store.engine) as session:
        events = session.exec(select(AuditEntry.event).where(AuditEntry.subject == f"signature:{made}")).all()
    assert events == ["agreement:paper-recorded", "record:rows-changed", "agreement:paper-opened"]


@pytest.mark.parametrize("role", [Role.PARTNER, Role.APPROVER, Role.CHAIR, Role.OFFICER])
def test_only_managers_record_and_open_papers(here, role):
    council = an_organisation(here)
    made = recorded(here, a_manager(here), council)
    person = a_person(here, "Not Me", role, organisation=council)
    with pytest.raises(NotAllowedError):
        open_paper(here.as_(person), made)
    with pytest.raises(NotAllowedError):
        recorded(here, person, council, key="other")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"position": "x" * 201}, "position"),
        ({"signed_on": "26 November 2026"}, "signed_on"),
        ({"signed_on": "1 May 2026"}, "signed_on"),
        ({"signed_on": "soon"}, "signed_on"),
        ({"edition": "1066"}, "edition"),
        ({"email": "no address"}, "email"),
        ({"organisation_id": ""}, "organisation"),
    ],
)
def test_what_the_paper_must_say(here, more, field):
    with pytest.raises(AnswersNeededError) as refused:
        recorded(here, a_manager(here), an_organisation(here), **more)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_file_that_is_no_scan_is_refused(here, data):
    with pytest.raises(AnswersNeededError) as refused:
        record_paper(here.as_(a_manager(here)), told(an_organisation(here)), data, key="k")
    assert set(refused.value.problems) == {"scan"}


def test_two_clicks_record_one_paper(both_stores):
    act = Act(store=both_stores, person=PUBLIC, at=NOW)
    a_partnership(act)
    manager, council = a_manager(act), an_organisation(act)
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _n: recorded(act, manager, council), range(4)))
    assert len(made) == 1


def test_an_organisation_that_has_signed_signs_no_older_paper(here):
    manager, council = a_manager(here), an_organisation(here)
    a_signatory(here, manager, council)
    with pytest.raises(AlreadySignedError):
        recorded(here, manager, council)
    with pytest.raises(CannotSignError, match="newer"):
        recorded(here, manager, council, edition="2009", signed_on="1 October 2010")


def test_a_declined_paper_can_be_recorded_again_and_a_new_organisation_is_added(here):
    first, second = a_manager(here), a_manager(here, "Dan Okafor")
    new = NewOrganisation(name="Thornby Parish Council", kind="parish_council")
    made = recorded(here, first, None, new=new)
    decline(here.as_(second), made, reason="The scan shows another name")
    again = recorded(here, second, None, new=new, key="again")
    assert copy_for_manager(here.as_(first), again).organisation.name == "Thornby Parish Council"
    assert copy_for_manager(here.as_(first), again).method == "paper"
    confirm(replace(here, person=first), again, how="Compared", reach=NO_MAIL)
