"""A good and a bad example answer for each task that is answered in words. Every person and place in them is made up."""

EXAMPLES: dict[str, tuple[str, str]] = {
    "items": (
        "What: calls to 14 Mill Lane since 1 March. Why: to show whether the noise is kept up.",
        "Everything you hold on this family.",
    ),
    "purpose": (
        "To decide whether to ask the court for an injunction about noise and threats at Mill Lane.",
        "For our files.",
    ),
    "necessity": (
        "Only you hold the record of calls. Without it we cannot show a pattern, and the neighbours stay at risk.",
        "It would be useful to know.",
    ),
    "effect": (
        "With a court order the threats should stop. The last order of this kind ended the calls within a month.",
        "It will help.",
    ),
    "depersonalised_enough": (
        "We must act about one named tenant. Counts for the street would not tell us who made the threats.",
        "Names are easier.",
    ),
    "public_interest_reason": (
        "Two neighbours over 80 have been threatened. Their safety weighs more than his wish to keep this private.",
        "The public has a right to know.",
    ),
    "hra_aim": (
        "To stop threats against two neighbours, and to protect their right to live at home in peace.",
        "To deal with him.",
    ),
    "hra_vulnerable": (
        "Two neighbours over 80, one of them with dementia, live next door.",
        "There might be children about.",
    ),
    "hra_risk": ("He has threatened neighbours three times since May, once with a knife.", "He is known to us."),
    "hra_vulnerability": ("They live alone, cannot move away, and are afraid to answer the door.", "They are old."),
    "hra_impact": (
        "He could lose his tenancy. He has a brother nearby and would be rehoused.",
        "None, he has only himself to blame.",
    ),
    "hra_proportionate": (
        "We tried two visits and a warning letter. The next step needs proof, and we ask for six months only.",
        "Yes, it is fair.",
    ),
    "hra_less_intrusive": (
        "We asked him and he denied it. Figures for the street do not show who it was.",
        "We have not thought of one.",
    ),
    "retention": (
        "Until the court case ends, and then for one year under our retention schedule.",
        "As long as we like.",
    ),
    "subject": ("John Fictional, born 4 May 1990, 14 Mill Lane, Anytown.", "The man at number 14."),
}
