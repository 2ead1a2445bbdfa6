"""Screen: how the portal keeps the agreement: each clause in plain words, what the portal does, and the proof in this build.

Clauses: s15.publish.
"""

import streamlit as st

from portal.app.clause_coverage import of_this_build, parts_of, proof_in_words
from portal.ui.blocks import LinkTo, facts, links, table

every = of_this_build()
parts = parts_of(every)
wanted = st.query_params.get("part", "")
chosen = wanted if wanted in parts else next(iter(parts))
proved = sum(one.proved for one in every)

st.title("How the portal keeps the agreement")
st.write(
    "Here is each clause that asks something of you, in plain words. Beside it stands what this portal does about it."
)
st.write(
    "We prove a clause like this: we take its feature out of the program, on trial. One of the clause's own tests must then notice."
)
facts({"Clauses": str(len(every)), "Proved in this build": f"{proved} of {len(every)}"})
st.header("Parts of the agreement")
links([LinkTo(title, f"/how-kept?part={key}") for key, title in parts.items() if key != chosen])

st.header(parts[chosen])
rows = [(one.says, one.portal, proof_in_words(one)) for one in every if one.part == chosen]
table(
    parts[chosen],
    ("What the agreement asks", "What the portal does", "Proof in this build"),
    rows,
    hide_caption=True,
)
links([LinkTo("Read the agreement", "/agreement"), LinkTo("See who has signed", "/register")])
