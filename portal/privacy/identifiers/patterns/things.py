"""Shapes of what belongs to people: vehicles, homes, cases."""

from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.patterns import validators
from portal.privacy.identifiers.patterns.pattern import CODES, DL, DR, NUMBER, PLACES, REFERRED, SCHOOLS, L, R, Shape

THINGS: tuple[Shape, ...] = (
    Shape(
        IdentifierKind.VRM,
        rf"(?i){L}([a-z]{{2}}[ \-]?\d{{2}}[ \-]?[a-z]{{3}}){R}",
        validators.current_plate,
        never=CODES,
        digits=2,
    ),
    Shape(
        IdentifierKind.VRM,
        rf"(?i){L}([a-hj-npr-tv-y]\d{{1,3}}[ \-]?[a-z]{{3}}){R}",
        validators.prefix_plate,
        never=CODES | SCHOOLS,
        digits=1,
    ),
    Shape(
        IdentifierKind.VRM,
        rf"(?i){L}([a-z]{{3}}[ \-]?\d{{1,3}}[ ]?[a-z]){R}",
        validators.suffix_plate,
        never=CODES | SCHOOLS,
        digits=1,
    ),
    Shape(
        IdentifierKind.VRM,
        r"(?i)\b((?:vrm|vrn|reg(?:istration)?|index|plate|number plate)[ ]*(?:nos?\b\.?|num(?:ber)?|mark)?[ ]*[.:#=\-]*[ ]*(?:[a-z]{1,3}[ ]?\d{1,4}[ ]?[a-z]{0,3}|\d{1,4}[ ]?[a-z]{1,3}))\b",
        validators.enough_for_plate,
        never=CODES | SCHOOLS,
        digits=1,
        needs=(
            "vr",
            "reg",
            "index",
            "plate",
        ),
    ),
    Shape(
        IdentifierKind.POSTCODE,
        rf"(?i){L}([a-z][ ]?[a-z]?[ ]?[0-9oil][ ]?[a-z0-9]?[ .\-]{{0,4}}[0-9oil][ ]?[a-z][ ]?[a-z]){R}",
        validators.postcode,
        never=SCHOOLS,
        digits=1,
    ),
    Shape(
        IdentifierKind.REFERENCE,
        r"(?i)([a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})",
        digits=8,
        needs=("-",),
    ),
    Shape(
        IdentifierKind.REFERENCE,
        rf"(?i){L}({REFERRED}{NUMBER}(?:[a-z]{{1,6}}[ ]?[-/*]?[ ]?)?\d[\da-z/\-*.]*\d[a-z]{{0,3}}(?:[ ]of[ ]\d[\d/.\-]+)?){R}",
        validators.reference,
        never=CODES,
        digits=3,
    ),
    Shape(IdentifierKind.REFERENCE, rf"(?i){L}([a-z]\d{{4}}[a-z]{{2}}){R}", validators.prisoner, never=CODES, digits=4),
    Shape(IdentifierKind.REFERENCE, rf"{L}(\d{{2,}}[ ]?\*[ ]?\d{{3,}}(?:[*/\-]\d+)*){R}", digits=5, needs=("*",)),
    Shape(
        IdentifierKind.REFERENCE,
        rf"(?i){L}([a-z]{{1,6}}[0-9]?[ ]?[/*\-][ ]?\d{{2,}}(?:[ ]?[/*\-][ ]?[a-z0-9]{{1,10}})+){R}",
        validators.enough_digits,
        never=CODES,
        digits=3,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        IdentifierKind.REFERENCE,
        rf"(?i){L}(\d{{1,4}}[a-z]{{1,3}}\d?[/*\-]\d{{3,}}(?:[/*\-]\d{{1,4}})?){R}",
        never=CODES,
        digits=4,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        IdentifierKind.REFERENCE,
        rf"(?i){L}(\d{{2,}}[/*\-]\d{{3,}}(?:[/*\-][a-z0-9]{{1,10}})*){R}",
        validators.long_number,
        never=CODES,
        digits=5,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        IdentifierKind.REFERENCE,
        rf"(?i){L}(\d{{4,}}[/*\-](?:\d{{1,2}}[a-z]{{3}}\d{{2,4}}|\d{{2,8}}|[a-z]{{1,3}}\d*)){R}",
        validators.long_number,
        never=CODES,
        digits=4,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        IdentifierKind.REFERENCE,
        rf"(?i){L}([a-z]{{1,6}}[ \-]?\d{{5,}}[a-z0-9]{{0,6}}){R}",
        validators.lettered_number,
        never=CODES,
        digits=5,
    ),
    Shape(
        IdentifierKind.REFERENCE, rf"(?i){L}(\d{{1,3}}[a-z]{{1,3}}\d{{4,}}[a-z0-9]{{0,6}}){R}", never=CODES, digits=5
    ),
    Shape(
        IdentifierKind.REFERENCE, rf"{DL}(\d(?:[ .\-/]?\d){{6,}}){DR}", validators.long_number, never=CODES, digits=7
    ),
    Shape(
        IdentifierKind.REFERENCE,
        rf"(?:^|[^a-zA-Z0-9$.,])(\d{{5,}}){R}",
        validators.bare_number,
        never=CODES | SCHOOLS,
        digits=5,
    ),
    Shape(
        IdentifierKind.AGE,
        r"(?i)\b(age[d]?[ :\-]*\d{1,3}(?:[ ]?(?:yrs?|years?|y/?o)(?:[ \-]?old)?)?)\b",
        only=PLACES,
        digits=1,
        needs=("age",),
    ),
    Shape(
        IdentifierKind.AGE,
        r"(?i)\b(\d{1,3}[ \-]?(?:yrs?|years?|months?)[ \-]?(?:old|of age)|\d{1,3}[ ]?y[/.]?o)\b",
        only=PLACES,
        digits=1,
        needs=(
            "y",
            "month",
        ),
    ),
    Shape(
        IdentifierKind.AGE,
        rf"(?i){L}([mf][ ]?/[ ]?\d{{1,2}}|\d{{1,2}}[ ]?/[ ]?[mf]){R}",
        only=PLACES,
        digits=1,
        needs=("/",),
    ),
    Shape(
        IdentifierKind.AGE,
        r"(?i)\b(aged (?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)(?:[ ]?\(\d{1,3}\))?)",
        only=PLACES,
        digits=0,
        needs=("aged",),
    ),
)
