"""Signings at every stage, made through the product's own services."""

import base64
import io
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageDraw

from portal.agreement.editions import authorisation, drafting
from portal.agreement.editions.passages import passage_at
from portal.agreement.editions.views import own_edition
from portal.agreement.editions.wording import words_in_force
from portal.agreement.notices import notices
from portal.agreement.reach import Reach
from portal.agreement.register.organisations import NewOrganisation
from portal.agreement.signing import confirmation, email_check, journey, sign
from portal.ground.act import PUBLIC, Role
from portal.ground.wording import today
from tests.builders import a_person

SECURITY = {  # Section 9, in the words of each edition
    "2026": "you keep to the security rules",
    "2009": "agrees to adhere to the specified standards of security",
}

NO_MAIL = Reach(base_url="http://127.0.0.1:8501", mail=False)
MAIL = Reach(base_url="http://127.0.0.1:8501", mail=True)
REASONS = notices.NoticeDetails(
    reason="The council reviews how it shares.",
    evidence="Minute 12 of the council",
    name="Jo Bell",
    position="Clerk",
)


def at(act, **ago):
    """The same act by the public, some time later."""
    return replace(act, person=PUBLIC, at=act.at + timedelta(**ago))


def ready_to_sign(
    act, organisation=None, *, email="ann@thornby.example", name="Ann Clerk", new=None, drawing=""
) -> str:
    """A signing with every answer given; returns its token."""
    secret = journey.begin(act)
    email_check.give_address(act, secret, email, NO_MAIL)
    if organisation is not None:
        journey.choose_organisation(act, secret, organisation.id)
    else:
        journey.describe_organisation(
            act, secret, new or NewOrganisation(name="Thornby Parish Council", kind="parish_council")
        )
    journey.answer_right(act, secret, protocol="yes", authority="yes")
    journey.have_read(act, secret, words_in_force(act.store, today(act.at)).sha256)
    typed = "" if drawing else name
    journey.answer_name(act, secret, name=name, position="Clerk", typed=typed, drawing=drawing)
    return secret


def a_signature(act, organisation=None, **more) -> sign.SignatureReceipt:
    return sign.sign(act, ready_to_sign(act, organisation, **more), NO_MAIL)


def a_signatory(act, manager, organisation=None, **more) -> sign.SignatureReceipt:
    """An organisation in the register: signed, and confirmed by the manager."""
    made = a_signature(replace(act, person=PUBLIC), organisation, **more)
    confirmation.confirm(act.as_(manager), made.id, how="Telephoned on the public number", reach=NO_MAIL)
    return made


def a_manager(act, name="Priya Shah"):
    return a_person(act, name, Role.MANAGER)


def a_drawing(width=300, height=90, *, blank=False) -> str:
    """A drawn signature, as the page sends it: base64 of a PNG."""
    picture = Image.new("RGB", (width, height), "white")
    if not blank:
        ImageDraw.Draw(picture).line([(10, 20), (80, 60), (150, 25), (250, 70)], fill="black", width=3)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return base64.b64encode(kept.getvalue()).decode()


def link(path):
    return f"http://127.0.0.1:8501{path}"


def a_draft(act, manager, *, words="Each partner answers for what it shares.", begins="1 December 2026") -> str:
    """A draft by a manager in which the first paragraph of Section 13 has other words; returns its id."""
    by = act.as_(manager)
    draft = drafting.begin(by)
    change_paragraph(by, draft, words)
    drafting.describe(by, draft, change="Section 13 says who answers", force_from=begins)
    return draft


def change_paragraph(by, draft, words, part="13 Review of this agreement", number=1) -> None:
    text = own_edition(by, draft).words.edition.text
    drafting.change_passage(by, draft, place=(part, number), was=passage_at(text, part, number).mark, words=words)


def a_published_edition(act, **more) -> str:
    """An edition drafted by a manager and authorised by a second one and a chair; returns its id."""
    manager = a_person(act, "Mia Draft", Role.MANAGER)
    draft = a_draft(act, manager, **more)
    sha256 = drafting.hand_over(act.as_(manager), draft, link)
    for name, role in (("Ola Second", Role.MANAGER), ("Cleo Chair", Role.CHAIR)):
        authorisation.authorise(act.as_(a_person(act, name, role)), draft, shown_sha256=sha256, link=link)
    return draft
