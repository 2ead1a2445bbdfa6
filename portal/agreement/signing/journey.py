"""The signing journey's answers: kept in a draft as they are given, so that refresh, Back and another device lose nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.agreement.editions.wording import words_in_force, words_to_sign
from portal.agreement.errors import TextChangedError
from portal.agreement.register.look_alikes import look_alikes
from portal.agreement.register.organisations import KnownOrganisation, NewOrganisation, check_new, organisation
from portal.agreement.signing.eligibility import SigningCapacity, must_ask, way_for
from portal.documents.layout.fonts import latin_wanted
from portal.documents.layout.pictures import hand_drawn
from portal.ground import drafts, rate_limits
from portal.ground.act import PUBLIC, Act
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import NAME_LENGTH, is_name, one_line, today

JOURNEY = "sign"
_COOKIE = "portal_sign"
STEPS = ("sign-email", "sign-organisation", "sign-authority", "sign-read", "sign-check")
_DRAWING_WIDEST = 1_600  # pixels, a sharp screen's
_DRAWING_BYTES = 200_000  # a drawn signature is 10 kB; more is something else
_BEGINNINGS = rate_limits.Limit(kind="sign-begin", most=300, within=timedelta(hours=1))  # from one network


@dataclass(frozen=True, kw_only=True)
class SigningJourney:
    """How far one signing has come. `outcome` is the signature's id once it is done."""

    draft_id: str
    saved_at: datetime
    outcome: str
    answers: Mapping[str, Any]

    def said(self, key: str) -> str:
        """Give one answer as text, '' where there is none."""
        return str(self.answers.get(key) or "")

    @property
    def email_settled(self) -> bool:
        """Say whether the address is checked, or is left to the manager because no mail can be sent."""
        return bool(self.said("email") and (self.said("email_how") or self.answers.get("email_later")))

    @property
    def new_organisation(self) -> NewOrganisation | None:
        """Give the organisation that was described because it is not on the list."""
        told = self.answers.get("new")
        return NewOrganisation(**told) if told else None


def cookie_name(*, secure: bool) -> str:
    """Give the name of the cookie that holds a signing's token; behind TLS its prefix binds it to this very host."""
    return f"__Host-{_COOKIE}" if secure else _COOKIE


def begin(act: Act, *, network: str = "") -> str:
    """Begin a signing; returns the token that holds its draft (256 random bits), to be kept in a cookie.

    `network` is where it is begun, so that a flood from elsewhere holds nobody up; only its keyed hash is kept.

    It is held by the token even for a person with an account, so that both go the same way.
    """
    words_to_sign(act.store, today(act.at))
    rate_limits.attempt(act, (_BEGINNINGS, network))
    answers = {"network": act.store.vault.keyed_hash(f"sign-network:{network}")}
    if act.person.signed_in:
        answers |= {"email": act.person.email, "email_how": "account", "email_at": act.at.isoformat()}
        answers |= {"name": act.person.name, "position": act.person.position}
        if act.person.organisation_id:
            answers["organisation_id"] = act.person.organisation_id
    return drafts.begin(act.as_(PUBLIC), JOURNEY, answers)[1]


def signing(act: Act, secret: str) -> SigningJourney:
    """Find a signing again by its token. Raises NotFoundError."""
    return _shown(drafts.resume(act, JOURNEY, secret=secret))


def keep(act: Act, secret: str, **answers: object) -> SigningJourney:
    """Add answers to a signing. What is already signed stays as it is."""
    return _shown(drafts.save(act, JOURNEY, answers, secret=secret))


def choose_organisation(act: Act, secret: str, organisation_id: str) -> SigningJourney:
    """Choose an organisation of the list. Choosing another one forgets what was answered for the first."""
    before = signing(act, secret)
    chosen = organisation(act.store, organisation_id)
    forget = {} if before.said("organisation_id") == chosen.id else {"protocol": "", "authority": ""}
    return keep(act, secret, organisation_id=chosen.id, new=None, **forget)


def describe_organisation(act: Act, secret: str, new: NewOrganisation) -> SigningJourney:
    """Describe an organisation that is not on the list. Raises AnswersNeededError, also where its name looks like one there."""
    made = check_new(words_in_force(act.store, today(act.at)).edition, new)
    alike = [] if new.another else look_alikes(act.store, made.name)
    if alike:
        raise AnswersNeededError(
            {
                "another": f"This looks like {alike[0]}. Search the list again and choose that one, or say that yours is another"
            }
        )
    told = {"name": made.name, "kind": made.kind, "contact": made.contact, "number": made.number}
    return keep(act, secret, organisation_id="", new=told, protocol="", authority="")


def answer_right(act: Act, secret: str, *, protocol: str, authority: str) -> SigningCapacity:
    """Answer whether the organisation may sign, and whether this person may sign for it; says which way leads on.

    `protocol` (yes or no) counts only where the edition's question must be asked; `authority` is yes, other or unsure.
    An organisation that may not sign is asked no more. Raises AnswersNeededError.
    """
    problems = {}
    asked = must_ask(chosen(act, signing(act, secret)))
    if asked and protocol not in {"yes", "no"}:
        problems["protocol"] = "Select yes or no"
    if not (asked and protocol == "no") and authority not in {"yes", "other", "unsure"}:
        problems["authority"] = "Select whether you are allowed to sign"
    if problems:
        raise AnswersNeededError(problems)
    keep(act, secret, protocol=protocol if asked else "", authority=authority)
    return way(act, secret)


def way(act: Act, secret: str) -> SigningCapacity:
    """Say what the chosen organisation does, as far as it is known (the question unanswered counts as no)."""
    now = signing(act, secret)
    known = chosen(act, now)
    edition = words_in_force(act.store, today(act.at)).edition
    said = now.said("protocol") == "yes" if must_ask(known) else bool(known and known.protocol_signatory)
    return way_for(edition, kind_signing(act, now), protocol=said)


def have_read(act: Act, secret: str, shown_sha256: str) -> SigningJourney:
    """Keep which words were shown when the person went on from reading.

    Raises TextChangedError where they are no longer the words in force.
    """
    words = words_to_sign(act.store, today(act.at))
    if shown_sha256 != words.sha256:
        raise TextChangedError
    return keep(act, secret, shown=shown_sha256, edition=words.edition.id, read_at=act.at.isoformat())


def answer_name(act: Act, secret: str, *, name: str, position: str, typed: str, drawing: str) -> SigningJourney:
    """Keep who signs and the signature: typed words, or a drawing (base64 of a PNG). Raises AnswersNeededError."""
    answers = {"name": one_line(name), "position": one_line(position), "typed": one_line(typed), "drawing": drawing}
    problems = who_problems(answers)
    if problems:
        raise AnswersNeededError(problems)
    return keep(act, secret, **answers)


def who_problems(answers: Mapping[str, Any]) -> dict[str, str]:
    """Say what is missing or wrong in name, position and signature: field -> sentence."""
    problems = {}
    for field, what in (("name", "your full name"), ("position", "your job title or role")):
        said = str(answers.get(field) or "")
        if not is_name(said):
            problems[field] = f"Enter {what}"
        elif len(said) > NAME_LENGTH:
            problems[field] = f"{what.capitalize()} must be {NAME_LENGTH} characters or fewer"
    if "name" not in problems and (wanted := latin_wanted(str(answers.get("name") or ""))):
        problems["name"] = wanted
    typed, drawing = str(answers.get("typed") or ""), str(answers.get("drawing") or "")
    if drawing:
        if drawn(drawing) is None:
            problems["drawing"] = "Draw your signature again, or type it"
    elif not is_name(typed):
        problems["typed"] = "Type your signature, or draw it"
    elif len(typed) > NAME_LENGTH:
        problems["typed"] = f"Your signature must be {NAME_LENGTH} characters or fewer"
    return problems


def drawn(drawing: str) -> bytes | None:
    """Give the PNG of a signature drawn on the signing page, or None where it is no such picture, too big, or blank."""
    return hand_drawn(drawing, most=_DRAWING_BYTES, widest=_DRAWING_WIDEST)


def chosen(act: Act, now: SigningJourney) -> KnownOrganisation | None:
    """Give the organisation chosen from the list, if it was."""
    return organisation(act.store, now.said("organisation_id")) if now.said("organisation_id") else None


def organisation_name(act: Act, now: SigningJourney) -> str:
    """Give the name of the organisation that this signing is for, '' while none is chosen."""
    known, new = chosen(act, now), now.new_organisation
    return known.name if known else new.name if new else ""


def kind_signing(act: Act, now: SigningJourney) -> str:
    """Give the kind of the organisation that this signing is for, '' while none is chosen."""
    known, new = chosen(act, now), now.new_organisation
    return known.kind if known else new.kind if new else ""


def next_step(act: Act, secret: str) -> str:
    """Give the address of the first step that is still open: where a returning person goes on."""
    now = signing(act, secret)
    if now.outcome:
        return "sign-done"
    return next((step for step in STEPS[:-1] if _is_open(act, now, secret, step)), STEPS[-1])


def _is_open(act: Act, now: SigningJourney, secret: str, step: str) -> bool:
    match step:
        case "sign-email":
            return not now.email_settled
        case "sign-organisation":
            return chosen(act, now) is None and now.new_organisation is None
        case "sign-authority":
            return now.said("authority") != "yes" or way(act, secret) is not SigningCapacity.SIGN
        case _:
            return now.said("shown") != words_in_force(act.store, today(act.at)).sha256


def _shown(draft: drafts.SavedDraft) -> SigningJourney:
    return SigningJourney(draft_id=draft.id, saved_at=draft.saved_at, outcome=draft.outcome, answers=draft.answers)
