"""Screen: settings: the partnership's facts, and how the Section 4 check works."""

import streamlit as st

from portal.ground.partnership import facts as known_facts
from portal.partnership import changes
from portal.partnership.blanks import LONGEST, blanks
from portal.ui import visitor
from portal.ui.blocks import LinkTo, facts, links
from portal.ui.fields import text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import kept, problems_kept

act = visitor.act()
known = known_facts(act.store)
st.title("Settings")
problems = kept()
show_done()


st.header("The partnership and the agreement")
st.write(
    "These words fill the agreement until it comes into force. The edition in force keeps the words it was authorised with; change those by drafting the next edition."
)
with st.form("settings.blanks"):
    filled = {}
    for title, group in blanks():
        st.subheader(title)
        for blank in group:
            filled[blank.key] = text_field(
                blank.label,
                f"settings.{blank.key}",
                value=known.placeholders.get(blank.key, ""),
                hint=f"Like {blank.example}",
                problems=problems,
                most=LONGEST,
            )
    if st.form_submit_button("Save these words", type="primary"):
        with problems_kept():
            changes.change_blanks(act, filled)
            done("The words are saved")

st.header("The look")
links([LinkTo("Change the logo or the colour", "/look")])

st.header("The Section 4 check")
weighing = st.checkbox("Weigh benefit against harm", value=known.weighing, key="settings.weighing")
if st.button("Save how the check works", key="settings.weigh"):
    changes.change_weighing(act, weighing=weighing)
    done("The check is saved")

st.header("Quarterly returns")
links([LinkTo("Say who sends which data set", "/return-providers"), LinkTo("Places we know", "/places")])

st.header("Meetings")
links([LinkTo("How long meetings keep names", "/meeting-keeping")])

st.header("How this portal runs")
facts(
    {
        "Its address": visitor.settings().base_url,
        "Mail": "Sent" if visitor.settings().smtp_url else "Waits to be handed over",
        "Largest upload": f"{visitor.settings().max_upload_mb} MB",
    }
)
