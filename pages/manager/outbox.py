"""Screen: messages that wait, and links and codes to hand over in person."""

import streamlit as st

from portal.ground.wording import counted, day_and_time
from portal.record.outbox import SECRET_MARK, STILL_WORKS, show_secret, try_again, waiting
from portal.ui import visitor
from portal.ui.blocks import facts, inset, pages, panel
from portal.ui.problems import kept, problems_kept
from portal.ui.words import plain, typed

SIZE = 20
act = visitor.act()
st.title("Messages waiting")
if visitor.settings().smtp_url:
    st.write("The portal sends these by mail. It tries again by itself, for as long as a message is of use.")
else:
    st.write("This portal cannot send mail. Read what waits, and hand links and codes over yourself.")
kept()
if visitor.settings().smtp_url and st.button("Try again now"):
    st.session_state["outbox.again"] = try_again(act)
    st.rerun()
if (again := st.session_state.pop("outbox.again", None)) is not None:
    inset(f"{counted(again, 'message')} will be tried within a minute.")
if secret := st.session_state.pop("outbox.secret", None):
    panel(
        f"Hand this over to {secret[0]}, in person or by phone",
        "It is shown once. That you opened it is in the record.",
        standing="waiting",
    )
    st.code(secret[1], language=None)

page = visitor.page_asked()
found, total = waiting(act, page=page, size=SIZE)
st.write(
    f"{counted(total, 'message')}. Links and codes to hand over come first." if total else "No message is waiting."
)
whole = bool(found) and st.toggle("Open every message, to read out or print this page", key="outbox.whole")
for message in found:
    st.header(plain(message.subject))
    facts({"To": message.to, "Written": day_and_time(message.queued_at)})
    with st.expander("Read the message", expanded=whole):
        typed(message.body.replace(SECRET_MARK, "[the link or code]"))
    if message.secret_shown_at:
        inset(f"{message.secret_shown_by} opened the link or code on {day_and_time(message.secret_shown_at)}.")
    elif message.has_secret and act.at - message.queued_at > STILL_WORKS:
        inset("The link or code in it is more than 7 days old and may no longer work. Send a new one.")
    elif message.has_secret and st.button("Show the link or code, once", key=f"outbox.show.{message.id}"):
        with problems_kept():
            st.session_state["outbox.secret"] = message.to, show_secret(act, message.id)
        st.rerun()
    if message.last_error:
        st.write(plain(message.state))
pages(total, SIZE, page, lambda n: f"/outbox?page={n}")
