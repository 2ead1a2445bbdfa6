"""Screen: a signature to check: the facts, then confirm, ask or decline."""

import streamlit as st

from portal.agreement.signing.confirmation import ask, confirm, decline
from portal.agreement.signing.evidence import copy_for_manager, waiting
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day
from portal.ui.agreement.signature_check import decided, evidence_shown, history_shown, signature_facts
from portal.ui.agreement.signing import reach
from portal.ui.blocks import LinkTo, inset, link_button, links, panel, table
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

now = act()
signature_id = st.query_params.get("id", "")
if not signature_id:
    st.title("Signatures to check")
    lines = waiting(now)
    if lines:
        headings = ("Organisation", "Edition", "Signed", "Reference")
        rows = [
            (LinkTo(o.organisation, f"/signature?id={o.id}"), o.edition, day(o.signed_at), o.reference) for o in lines
        ]
        table("Waiting, the oldest first", headings, rows)
    else:
        st.write("Nothing is waiting.")
    links([LinkTo("Record a signature on paper", "/signature-paper")])
    st.stop()

copy = copy_for_manager(now, signature_id)
links([LinkTo("All signatures to check", "/signature")])
st.title("A signature to check")
problems = kept()
decided(copy)
signature_facts(copy)
link_button("Open the signed copy (PDF)", f"/signature/copy/{copy.id}")
if copy.method == "paper":
    link_button("Open the scan of the paper", f"/signature/scan/{copy.id}")
st.header("May this person sign?")
evidence_shown(copy)

if copy.is_own:
    panel(
        "You recorded this" if copy.method == "paper" else "You signed this yourself",
        "Another Information Manager must check it.",
        standing="waiting",
    )
elif copy.status in {"waiting", "asked"} and not copy.is_over:
    choices = {
        "confirm": "Confirm: it goes into the public register",
        "ask": "Ask the signer a question",
        "decline": "Decline: the signature does not count, and the signer is told why",
    }
    with st.form("signature.decide", border=False):
        at_field(problems, "choice")
        choice = st.radio("What do you decide?", options=list(choices), index=None, format_func=choices.__getitem__)
        at_field(problems, "words")
        words = st.text_area("How you checked, your question, or the reason", max_chars=1000, key="signature.words")
        if not copy.evidence.email_checked_how:
            inset("No mail could check the address. Say how you checked it, such as by telephone on a public number.")
        if st.form_submit_button("Record the decision", type="primary"):
            with problems_kept():
                match choice:
                    case "confirm":
                        confirm(now, copy.id, how=words, reach=reach())
                    case "ask":
                        ask(now, copy.id, question=words)
                    case "decline":
                        decline(now, copy.id, reason=words)
                    case _:
                        raise AnswersNeededError({"choice": "Select what you decide"})
                st.rerun()
history_shown(copy)
