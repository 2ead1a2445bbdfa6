"""The treatments of values, each a function over a column that reads each distinct text once.

`locations.outward_postcodes` cuts a postcode; `dates` (with `date_forms`), `times`, `demographics`, `counts` and `codes` hold the
others. `treated.each` is the one way to apply one to a column.
"""

from portal.privacy.recoding.codes import icd_codes, offence_codes
from portal.privacy.recoding.counts import counts
from portal.privacy.recoding.dates import dates
from portal.privacy.recoding.demographics import age_bands, ages, ages_from_births, ethnicities, sexes
from portal.privacy.recoding.locations import map_points, outward_postcodes
from portal.privacy.recoding.times import times
from portal.privacy.recoding.treated import Treated, TreatmentQuestion, UntreatedRow

__all__ = [
    "Treated",
    "TreatmentQuestion",
    "UntreatedRow",
    "age_bands",
    "ages",
    "ages_from_births",
    "counts",
    "dates",
    "ethnicities",
    "icd_codes",
    "map_points",
    "offence_codes",
    "outward_postcodes",
    "sexes",
    "times",
]
