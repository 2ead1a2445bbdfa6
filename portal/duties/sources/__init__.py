"""Where what is asked comes from: a function for each kind of work that asks a journey for its facts and gives duties.

`requests.of_requests` and its kin in `returns`, `papers`, `accountability` and `standing` for those who act for an organisation, `chairs` for
meetings, `managers` and `first_steps` for the partnership. `portal.duties.asked` calls them all.
"""
