"""Screen: your signature: what was signed, what happens next, your copy."""

import streamlit as st

from portal.agreement.signing.confirmation import CHECK_DAYS
from portal.agreement.signing.sign import mine
from portal.ground.calendar.working_calendar import working_days_after
from portal.ground.wording import day, day_and_time, today
from portal.ui.agreement.signing import begin_form, found
from portal.ui.blocks import LinkTo, facts, link_button, links, panel
from portal.ui.words import plain

here = found()
if here is None or not here.signing.outcome:
    st.title("Nothing is signed on this device yet")
    st.write("The link in our e-mail opens your signature on any device.")
    links([LinkTo("Sign the agreement", "/sign")])
    st.stop()

signed = mine(here.act, here.secret)
st.title("You have signed")
panel(f"{signed.organisation} has signed", f"Your reference is {signed.reference}.")
facts({"Edition": signed.edition_title, "Signed": day_and_time(signed.signed_at)})
link_button("Download your signed copy (PDF)", "/sign/copy", primary=True)

st.header("What happens next")
by = day(working_days_after(today(signed.signed_at), CHECK_DAYS))
match signed.status:
    case "confirmed":
        st.write("The Information Manager has confirmed it. Your organisation is in the public register.")
        links([LinkTo("See it in the register", f"/register?organisation={signed.slug}")])
    case "asked":
        st.write("The Information Manager has a question about it. Look in your e-mail.")
    case "declined":
        st.write("The Information Manager did not confirm it. Our e-mail to you says why. You can sign again.")
        begin_form("Sign again", again=True)
    case _:
        st.write(f"The Information Manager checks the signature by {by}. Then the public register shows it.")

st.header("What to do now")
st.markdown("- Keep the signed copy: it is your original.\n- Tell your colleagues what you agreed to.")
st.write(f"Something wrong? Give the Information Manager your reference: {plain(signed.reference)}.")
links([LinkTo("Check a document or a reference", "/verify"), LinkTo("Read the agreement", "/agreement")])
