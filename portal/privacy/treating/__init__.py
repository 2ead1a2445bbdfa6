"""The treatments of values, each a function over a column that reads each distinct text once (depersonalisation 4.2)."""

from portal.privacy.treating.codes import categories, counts, icd_codes, offence_codes
from portal.privacy.treating.days import dates
from portal.privacy.treating.hours import times
from portal.privacy.treating.people import age_bands, ages, ages_from_births, ethnicities, sexes
from portal.privacy.treating.treated import Problem, Question, Treated
from portal.privacy.treating.wheres import areas, map_points, outward_postcodes, places, schools

__all__ = [
    "Problem",
    "Question",
    "Treated",
    "age_bands",
    "ages",
    "ages_from_births",
    "areas",
    "categories",
    "counts",
    "dates",
    "ethnicities",
    "icd_codes",
    "map_points",
    "offence_codes",
    "outward_postcodes",
    "places",
    "schools",
    "sexes",
    "times",
]
