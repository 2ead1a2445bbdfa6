"""Shapes of the numbers that people, patients, pupils and officers carry."""

from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.patterns import validators
from portal.privacy.identifiers.patterns.pattern import CODES, DL, DR, EXTENSION, MONTH, NUMBER, SEP, YEAR, L, R, Shape

PERSONAL: tuple[Shape, ...] = (
    Shape(
        IdentifierKind.IBAN,
        rf"(?i){L}([a-z]{{2}}\d{{2}}(?:[ \-]?[a-z0-9]{{4}}){{2,7}}(?:[ \-]?[a-z0-9]{{1,4}})?){R}",
        validators.iban,
        digits=8,
    ),
    Shape(
        IdentifierKind.DRIVING_LICENCE,
        rf"(?i){L}([a-z9]{{5}}[ \-]?\d{{6}}[ \-]?[a-z9]{{2}}[ \-]?[a-z0-9][ \-]?[a-z]{{2}}(?:[ ]?\d{{2}})?){R}",
        validators.licence,
        digits=7,
    ),
    Shape(IdentifierKind.CARD, rf"{DL}(\d(?:[ \-]{{0,2}}\d){{12,18}}){DR}", validators.card, digits=13),
    Shape(
        IdentifierKind.BANK,
        rf"(?i)((?:sort ?code|s/c|sc)?[ :]*\d{{2}}[ \-./]?\d{{2}}[ \-./]?\d{{2}}[ ,/;:.\-]*(?:and|&)?[ ]*(?:a/?c(?:c(?:oun)?t?)?|acc|account)?[ ]*(?:no|num|number)?[ ]*[.:#]*[ ]*\d{{4}}[ ]?\d{{4}}){DR}",
        validators.bank,
        digits=14,
    ),
    Shape(
        IdentifierKind.BANK,
        rf"(?i)\b((?:sort ?code|a/c|acct?|account)(?:[ ]*(?:no|num|number))?[ ]*[.:#\-]*[ ]*\d(?:[ \-]?\d){{5,9}}){DR}",
        digits=6,
        needs=(
            "sort",
            "a/c",
            "acc",
        ),
    ),
    Shape(
        IdentifierKind.BIRTH_DATE,
        rf"(?i)\b((?:d[ .]?o[ .]?b[ .]?|date of birth|birth ?date|birthday|born(?: on| in)?|b\.)[ :.\-=]*"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./\-]*(?:\d{{1,2}}|{MONTH})[ ./\-,]*{YEAR}|{MONTH}[ ]*(?:\d{{1,2}}(?:st|nd|rd|th)?)?[ ,.\-]*{YEAR}|(?:19|20)\d{{2}}(?:[/.\-]\d{{1,2}}[/.\-]\d{{1,2}})?|\d{{6}}|\d{{8}})){DR}",
        digits=3,
        needs=(
            "d",
            "b",
        ),
    ),
    Shape(
        IdentifierKind.BIRTH_DATE,
        rf"{DL}(\d{{1,2}}[ ]?[/.\-\\|][ ]?\d{{1,2}}[ ]?[/.\-\\|][ ]?(?:\d{{4}}|'?\d{{2}})){DR}",
        validators.day,
        digits=4,
    ),
    Shape(
        IdentifierKind.BIRTH_DATE,
        rf"{DL}(\d{{1,2}}[ ]{{1,2}}\d{{1,2}}[ ]{{1,2}}(?:19|20)\d{{2}}){DR}",
        validators.day,
        digits=6,
    ),
    Shape(
        IdentifierKind.BIRTH_DATE,
        rf"{DL}((?:19|20)\d{{2}}[ ]?[/.\- ][ ]?\d{{1,2}}[ ]?[/.\- ][ ]?\d{{1,2}}){DR}",
        validators.iso_day,
        digits=6,
    ),
    Shape(
        IdentifierKind.BIRTH_DATE,
        rf"(?i){DL}(\d{{1,2}}[ ]?(?:st|nd|rd|th)?[ .\-/,]{{0,2}}(?:of )?[ ]?{MONTH}[ .,\-/]{{0,3}}{YEAR}){DR}",
        digits=3,
    ),
    Shape(
        IdentifierKind.BIRTH_DATE,
        rf"(?i)\b({MONTH}[ .\-]{{0,2}}\d{{1,2}}[ ]?(?:st|nd|rd|th)?[ ,.\-/]{{1,3}}(?:(?:19|20)\d{{2}}|'\d{{2}})){DR}",
        digits=3,
    ),
    Shape(IdentifierKind.PNC, rf"(?i){DL}((?:19|20)?\d{{2}}[ ]?/[ ]?\d{{4,7}}[ ]?[a-z]){R}", digits=6, needs=("/",)),
    Shape(
        IdentifierKind.CRO, rf"(?i){DL}((?:cro[ :.no]*)?\d{{3,6}}[ ]?/[ ]?\d{{2}}[ ]?[a-z]){R}", digits=5, needs=("/",)
    ),
    Shape(
        IdentifierKind.CRO,
        r"(?i)\b(cro[ :.#]*(?:no\.?|number)?[ :.#]*(?:sf)?[ ]?\d{1,6}[ ]?/[ ]?\d{2}[ ]?[a-z]?)\b",
        digits=3,
        needs=("cro",),
    ),
    Shape(
        IdentifierKind.PHONE,
        rf"(?i)(?:^|[^0-9])((?:\b(?:tel(?:ephone)?|mob(?:ile)?|phone|ph|call|ring|text|contact|t|m)[ .:]*(?:no|num|number|on)?[ .:]*)?(?:\+|00)?[ ]?44{SEP}(?:0{SEP})?[1-9](?:{SEP}\d){{8,9}}{EXTENSION}){DR}",
        digits=9,
    ),
    Shape(
        IdentifierKind.PHONE,
        rf"(?i)(?:^|[^0-9])((?:\b(?:tel(?:ephone)?|mob(?:ile)?|phone|ph|call|ring|text|contact)[ .:]*(?:no|num|number|on)?[ .:]*)?(?:\(?0|\bo){SEP}[1-9](?:{SEP}[\do]){{8,9}}{EXTENSION}){DR}",
        validators.phone,
        digits=6,
    ),
    Shape(IdentifierKind.PHONE, rf"(?:^|[^0-9])(\+\d(?:{SEP}\d){{7,13}}){DR}", digits=8, needs=("+",)),
    Shape(
        IdentifierKind.PHONE,
        rf"(?i)\b((?:tel(?:ephone)?|mob(?:ile)?|phone|ph|fax|landline|call(?:er)? ?back|ring|text|dial)[ .:]*(?:no|num|number|on|is)?[ .:]*\d(?:[ \-]?\d){{4,10}}){DR}",
        digits=5,
        needs=(
            "tel",
            "mob",
            "phone",
            "ph",
            "fax",
            "landline",
            "call",
            "ring",
            "text",
            "dial",
        ),
    ),
    Shape(
        IdentifierKind.UPN,
        rf"(?i){L}([a-hj-np-rt-z][ \-]?\d(?:[ \-]?\d){{10}}[ \-]?[\da-hj-np-rt-z]){R}",
        validators.upn,
        digits=12,
    ),
    Shape(
        IdentifierKind.UPN,
        r"(?i)\b((?:former )?upn[ :.#]*(?:no\.?|number)?[ :.#]*[a-z]?[ ]?\d(?:[ \-]?\d){6,12}[a-z]?)\b",
        digits=7,
        needs=("upn",),
    ),
    Shape(
        IdentifierKind.NHS,
        r"(?i)\b(nhs[ :.#]*(?:no\b\.?|num(?:ber)?)?[ :.#]*\d(?:[ .\-]{0,2}\d){8,9})\b",
        validators.nhs_said,
        digits=9,
        needs=("nhs",),
    ),
    Shape(
        IdentifierKind.ULN,
        r"(?i)\b(uln[ :.#]*(?:no\b\.?|number)?[ :.#]*\d(?:[ \-]?\d){8,9})\b",
        validators.uln_said,
        digits=9,
        needs=("uln",),
    ),
    Shape(IdentifierKind.NHS, rf"{DL}(\d(?:[ .\-]{{0,2}}\d){{9}}){DR}", validators.nhs, digits=10),
    Shape(IdentifierKind.PHONE, rf"{DL}((?:44[ ]?)?7\d{{3}}[ \-]?\d{{3}}[ \-]?\d{{3}}){DR}", digits=10),
    Shape(IdentifierKind.ULN, rf"{DL}(\d(?:[ \-]?\d){{9}}){DR}", validators.uln, digits=10),
    Shape(
        IdentifierKind.NINO,
        rf"(?i){L}([a-ceghj-pr-tw-z][ ]?[a-ceghj-npr-tw-z](?:[ .\-/]{{0,2}}\d){{6}}[ .\-/]{{0,2}}[a-d]){R}",
        never=CODES,
        digits=6,
    ),
    Shape(
        IdentifierKind.NINO,
        rf"(?i){L}([a-ceghj-pr-tw-z][a-ceghj-npr-tw-z](?:[ ]?\d{{2}}){{3}}){R}",
        validators.nino_bare,
        never=CODES,
        digits=6,
    ),
    Shape(
        IdentifierKind.PASSPORT,
        r"(?i)\b(passport[ :.#]*(?:nos?\b\.?|num(?:ber)?)?[ :.#]*(?:gbr|uk)?[ ]?[a-z]{0,2}[ ]?\d(?:[ ]?\d){5,8}[a-z]?)\b",
        digits=6,
        needs=("passport",),
    ),
    Shape(
        IdentifierKind.GMC,
        r"(?i)\b((?:gmc|nmc|gdc|gphc|hcpc|swe)[ :.#]*(?:nos?\b\.?|num(?:ber)?|pin|ref|reg)?[ :.#]*(?:[a-z]{1,2})?\d[\da-z]{4,9})\b",
        digits=4,
        needs=(
            "gmc",
            "nmc",
            "gdc",
            "gphc",
            "hcpc",
            "swe",
        ),
    ),
    Shape(
        IdentifierKind.HOSPITAL,
        rf"(?i)\b((?:hosp(?:ital)?|mrn|pas|patient|pt|unit|h/n|hn|rio|systmone|emis|district|ur){NUMBER}[a-z]{{0,3}}[ ]?\d(?:[ \-]?\d){{3,9}}[a-z]?)\b",
        validators.enough_digits,
        never=CODES,
        digits=4,
    ),
    Shape(
        IdentifierKind.WARRANT,
        r"(?i)\b((?:w?pc|dc|ps|ds|di|pcso|sgt|insp|dci|collar|warrant|shoulder|constable|officer|epaulette)(?:[ ]*(?:nos?\b\.?|num(?:ber)?))?[ ]*[.:#]*[ ]?[a-z]{0,2}\d{2,6}[a-z]?)\b",
        validators.warrant,
        digits=2,
    ),
    Shape(IdentifierKind.WARRANT, r"(?i)\b(\d{2,6}[ ]+(?:w?pc|dc|ps|pcso|sgt|insp))\b", validators.warrant, digits=2),
    Shape(
        IdentifierKind.UPRN,
        r"(?i)\b(u[ps]rn[ :.#]*(?:no\b\.?|number)?[ :.#]*\d(?:[ ]?\d){3,11})\b",
        digits=4,
        needs=(
            "prn",
            "srn",
        ),
    ),
    Shape(
        IdentifierKind.COORDINATES,
        rf"(?:^|[^0-9.])([nsNS]?[ ]?-?\d{{1,2}}\.\d{{3,}}[ ]?[nsNS]?[ ,;/]+[ewEW]?[ ]?-?\d{{1,3}}\.\d{{3,}}[ ]?[ewEW]?){DR}",
        digits=6,
        needs=(".",),
    ),
    Shape(
        IdentifierKind.COORDINATES,
        rf"(?i){DL}((?:e(?:asting)?[ :]*)?\d{{6}}(?:\.\d+)?[ ,;/]+(?:n(?:orthing)?[ :]*)?\d{{6}}(?:\.\d+)?){DR}",
        digits=12,
    ),
    Shape(
        IdentifierKind.COORDINATES,
        rf"(?i){L}([h-jn-ps-t][a-hj-z][ ]?(?:\d{{3}}[ ]?\d{{3}}|\d{{4}}[ ]?\d{{4}}|\d{{5}}[ ]?\d{{5}})){R}",
        validators.grid,
        never=CODES,
        digits=6,
    ),
)
