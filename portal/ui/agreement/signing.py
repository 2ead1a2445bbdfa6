"""What the pages of the signing journey share: whose signing this is, where one stands, where to go next."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from portal.agreement.editions.wording import EditionWords, whole_words_in_force
from portal.agreement.errors import TextChangedError
from portal.agreement.reach import Reach
from portal.agreement.register.organisations import NewOrganisation, organisation
from portal.agreement.signing.journey import STEPS, SigningJourney, cookie_name, signing
from portal.agreement.signing.sign import signed_already
from portal.ground.act import Act
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.process.runtime import running
from portal.ground.wording import clock, day, today
from portal.ui import visitor
from portal.ui.blocks import LinkTo, links, own_address, panel
from portal.ui.flow import go
from portal.ui.problems import at_field, keep
from portal.ui.visitor import act
from portal.ui.words import escaped


@dataclass(frozen=True, kw_only=True)
class SigningPage:
    """Where somebody is in the journey: the act, the token of their signing, and what it holds."""

    act: Act
    secret: str
    signing: SigningJourney

    @property
    def words(self) -> EditionWords:
        """Give the words in force today, whole: who signs them is a party to them."""
        return whole_words_in_force(self.act.store, today(self.act.at))


def reach() -> Reach:
    """Say how this portal reaches people."""
    settings = running().settings
    return Reach(base_url=settings.base_url, mail=settings.smtp_url is not None)


def token() -> str:
    """Give the token of the signing in this browser, '' where there is none."""
    return visitor.cookie(cookie_name(secure=running().settings.secure))


def found() -> SigningPage | None:
    """Give the signing in this browser, None where there is none."""
    now, secret = act(), token()
    try:
        return SigningPage(act=now, secret=secret, signing=signing(now, secret)) if secret else None
    except NotFoundError:
        return None


def on_step(address: str, title: str) -> SigningPage:
    """Begin a page of the journey: step, title, and the signing. What is signed already goes to its confirmation.

    Without a signing the page says how to begin, and ends there.
    """
    here = found()
    if here is None:
        st.title("Begin here")
        st.write("We have no answers for you on this device. They are kept for 28 days where you gave them.")
        begin_form("Begin to sign")
        st.stop()
    if here.signing.outcome:
        go("sign-done")
    number = STEPS.index(address) + 1
    kept = f" · Saved at {clock(here.signing.saved_at)}" if here.signing.said("email") else ""
    back_link(f"/{STEPS[number - 2]}" if number > 1 else "/sign", f"Step {number} of {len(STEPS)}{kept}")
    st.title(title)
    return here


def say_signed(act: Act, organisation_id: str | None, edition_id: str) -> bool:
    """Say that an organisation has signed an edition, where it has, so that nobody answers questions for nothing."""
    at = signed_already(act.store, organisation_id, edition_id) if organisation_id else None
    if organisation_id is None or at is None:
        return False
    name = organisation(act.store, organisation_id).name
    panel(f"{name} has signed already", f"This edition was signed on {day(at)}. You need not sign again.")
    links([LinkTo("See who has signed", "/register"), LinkTo("Check a reference", "/verify")])
    return True


def back_link(href: str, where: str = "") -> None:
    """Draw the link to the step before, and where one stands."""
    said = f'<span class="portal-step"> · {escaped(where)}</span>' if where else ""
    st.html(f'<p class="portal-back"><a href="{escaped(own_address(href))}" target="_self">Back</a>{said}</p>')


def begin_form(words: str, *, again: bool = False) -> None:
    """Draw the button that begins a signing: a plain post, so that its token goes where scripts cannot read it."""
    hidden = '<input type="hidden" name="do" value="again">' if again else ""
    kind = "portal-button portal-second" if again else "portal-button"
    st.html(f'<form method="post" action="/sign/begin">{hidden}<button class="{kind}">{escaped(words)}</button></form>')


def lead_back(error: AnswersNeededError | TextChangedError) -> None:
    """Keep what is wrong and lead to where it is mended: the text to its page, an answer to the list of answers."""
    if isinstance(error, AnswersNeededError):
        keep(error.problems)
        st.rerun()
    keep({"": error.message})
    go("sign-read")


def new_organisation_form(
    here: SigningPage, told: NewOrganisation, problems: Mapping[str, str]
) -> NewOrganisation | None:
    """Ask about an organisation that is not on the list; gives what was typed once it is sent."""
    listed = sorted(here.words.edition.organisation_types, key=lambda kind: kind.title)
    titles = {kind.id: kind.title for kind in listed}
    with st.form("sign_organisation.new", border=False):
        at_field(problems, "name")
        name = st.text_input(
            "Name of your organisation", told.name, max_chars=200, autocomplete="organization", key="new.name"
        )
        at_field(problems, "kind")
        kind = st.selectbox(
            "What kind of organisation is it?",
            options=list(titles),
            index=list(titles).index(told.kind) if told.kind in titles else None,
            format_func=titles.__getitem__,
            key="new.kind",
        )
        at_field(problems, "contact")
        contact = st.text_input("Its public e-mail address (optional)", told.contact, max_chars=300, key="new.contact")
        at_field(problems, "number")
        number = st.text_input("Charity or company number (optional)", told.number, max_chars=200, key="new.number")
        at_field(problems, "another")
        another = "another" in problems or st.session_state.get("new.another")
        other = bool(another) and st.checkbox("It is another organisation", key="new.another")
        sent = st.form_submit_button("Continue", type="primary")
    given = NewOrganisation(name=name, kind=kind or "", contact=contact, number=number, another=other)
    return given if sent else None
