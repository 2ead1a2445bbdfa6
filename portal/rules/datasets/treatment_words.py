"""What is kept of a field, in words, by the name of its treatment."""

TREATMENT_WORDS = {
    "category": "As a category; other details are taken out",
    "date": "The day",
    "time": "Hours and minutes",
    "location": "Street or landmark, without house numbers and names",
    "area": "The area only",
    "outward_postcode": "The first half of the postcode",
    "school": "The school's name and address",
    "age_years": "Age in years; never a birth date",
    "age_band": "An age band",
    "sex": "Male, female, other or not known",
    "ethnicity_group": "An ethnic group",
    "count": "A whole number",
    "keep": "The quarter you choose",
}
