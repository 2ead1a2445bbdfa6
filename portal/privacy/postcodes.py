"""The shape of a UK postcode, said once: of 'LE19 4AB' the outward part 'LE19' may be kept, the inward part '4AB' never.

It is wider than what Royal Mail gives out, so that what only resembles a postcode is cut too. Which areas there are,
`identifiers.patterns.validators` knows; `recoding.locations` cuts a column, and `grammar` a text.
"""

import re

OUTWARD = "[A-Za-z]{1,2}[0-9][A-Za-z0-9]?"
INWARD = "[0-9][A-Za-z]{2}"
KEPT = "^[A-Z]{1,2}[0-9][A-Z0-9]?$"  # an outward part as it is kept
IN_TEXT = re.compile(f"(?<![A-Za-z0-9])({OUTWARD})[ ]{{0,2}}({INWARD})(?![A-Za-z0-9])")
