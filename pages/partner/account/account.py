"""Screen: your own account."""

import streamlit as st

from portal.accounts.authentication.sessions import end_one_session, live_sessions
from portal.accounts.self_service.profile import change_details, has_second_step, sign_out_everywhere
from portal.duties.scheduled.digest import DIGEST_TITLES, DigestChoice, choose_digest, digest_choice
from portal.ground.act import ROLE_TITLES
from portal.ground.wording import day_and_time
from portal.ui import visitor
from portal.ui.blocks import LinkTo, Tag, facts, link_button, links, table
from portal.ui.fields import text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import at_field, kept, problems_kept

act = visitor.act()
st.title("Your account")
show_done()
roles = [ROLE_TITLES[post.role] for post in sorted(act.person.posts, key=lambda post: post.role)]
facts([("E-mail address", act.person.email), *[("Role", role) for role in roles]])

problems = kept()
with st.form("account.details"):
    name = text_field(
        "Full name", "account.name", value=act.person.name, problems=problems, most=200, autocomplete="name"
    )
    position = text_field(
        "Job title or role",
        "account.position",
        value=act.person.position,
        problems=problems,
        most=200,
        autocomplete="organization-title",
    )
    if st.form_submit_button("Save my details"):
        with problems_kept():
            change_details(act, name=name, position=position)
            done("Your details are saved")

links([LinkTo("Say when you are away, and who stands in", "/away")])
st.header("Reminders by mail")
st.write("This is the list of all that is asked of you. A letter about one request or loss comes all the same.")
with st.form("account.digest"):
    at_field(problems, "digest")
    choices = list(DigestChoice)
    now = choices.index(digest_choice(act))
    chosen = st.radio("How often are you reminded of what is asked?", choices, index=now, format_func=DIGEST_TITLES.get)
    if st.form_submit_button("Save how often"):
        with problems_kept():
            choose_digest(act, chosen)
            done("How often you are reminded is saved")

st.header("Signing in")
second = has_second_step(act)
facts({"Second step": Tag("On", "done") if second else Tag("Off", "ended")})
links(
    [
        LinkTo("Change your password", "/change-password"),
        LinkTo("Change your e-mail address", "/change-address"),
        LinkTo("Second step and recovery codes" if second else "Turn on a second step", "/second-step"),
    ]
)

st.header("Where you are signed in")
sessions = live_sessions(act, visitor.session_secret())
rows = [(day_and_time(one.began), day_and_time(one.seen), "This one" if one.here else "") for one in sessions]
table("Sessions of your account", ["Signed in", "Last used", "Where"], rows, hide_caption=True)
for other in (one for one in sessions if not one.here):
    if st.button(f"End the session of {day_and_time(other.began)}", key=f"account.end.{other.id[:12]}"):
        end_one_session(act, other.id)
        st.rerun()
st.write("Do you not know one of these? Sign out everywhere, then change your password.")
if st.button("Sign out everywhere", key="account.everywhere"):
    sign_out_everywhere(act)
    st.rerun()
st.header("Your data")
st.write("All that your account holds, in files that open without the portal.")
link_button("Download my data (ZIP)", "/files/my-data.zip")
link_button("Go to the home page", "/")
