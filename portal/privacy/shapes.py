"""Identifiers that are told by their shape: a pattern each in linear time, and a check where the shape alone is too wide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.privacy import checks
from portal.privacy.kinds import Kind, Setting

Match = Any  # google-re2 ships no types


@dataclass(frozen=True)
class Shape:
    """One pattern: group 1 is what goes; `check` answers None (not one), False (one by shape) or True (proven)."""

    kind: Kind
    pattern: str
    check: Callable[[str, Setting], bool | None] = checks.by_shape
    only: frozenset[Setting] | None = None
    never: frozenset[Setting] = frozenset()
    digits: int = 2
    """How many figures a text must hold before this shape is looked for at all."""
    needs: tuple[str, ...] = ()
    """What small-letter pieces, any of them, a text must hold before this shape is looked for at all."""

    def fits(self, setting: Setting) -> bool:
        """Say whether this shape is looked for in such a text."""
        return setting not in self.never and (self.only is None or setting in self.only)

    def possible(self, low: str, figures: int) -> bool:
        """Say whether a text (in small letters, with so many figures) can hold this shape; quick, and never wrong with no."""
        return figures >= self.digits and (not self.needs or any(piece in low for piece in self.needs))


_CODES = frozenset({Setting.CODE})
_SCHOOLS = frozenset({Setting.SCHOOL})
_PLACES = frozenset({Setting.PLACE})
_L, _R = r"(?:^|[^a-zA-Z0-9])", r"(?:$|[^a-zA-Z0-9])"
_DL, _DR = r"(?:^|[^0-9])", r"(?:$|[^0-9])"
_SEP = r"[ .,\-/()*]{0,4}"
_EXTENSION = r"(?:[ ]*(?:x|ext\.?|extension)[ ]*\d{2,5})?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:(?:19|20)\d{2}|'?\d{2})"
_NUMBER = r"[ ]*(?:nos?\b\.?|num\b|numbers?|ref\b|reference|id\b|#)?[ ]*[.:#=/\-]*[ ]*"
_AT = r"(?:[ ]*@[ ]*|[ ]*[(\[{<][ ]*at[ ]*[)\]}>][ ]*)"
_DOT = r"(?:[ ]*\.[ ]*|[ ]*[(\[{<][ ]*dot[ ]*[)\]}>][ ]*|[ ]+dot[ ]+)"
_END = r"(?:com|net|org|uk|co|info|io|me|eu|gov|edu|biz|live|email|mail)"
_HOST = rf"[a-zA-Z0-9\-]{{1,40}}(?:{_DOT}[a-zA-Z0-9\-]{{1,40}})"
_MAIL_HOSTS = (
    r"(?:g ?mail|google ?mail|hot ?mail|outlook|yahoo|icloud|live|aol|proton ?mail|btinternet|sky|talktalk|virginmedia)"
)
_REFERRED = (
    r"(?:crimes?|incidents?|inc|cad|logs?|custody|cust|occ(?:urrence)?|urn|ref|refs|reference|case|cr|crn|niche|athena|storm|event|"
    r"nominal|nom|complaint|police|report|ticket|claim|policy|collision|irs|epcr|id|serial|exhibit|prison|noms|delius|oasys|"
    r"asset|uci|record|account|no|number|job|intel|operation|op|cris|call|ecns)"
)

SHAPES: tuple[Shape, ...] = (
    Shape(
        Kind.REFERENCE,
        r"(?i)\b((?:cad|log|inc(?:ident)?)?[ ]*(?:no\.?)?[ ]*\d{1,5}[ ]?(?:[/\-]|of)[ ]?\d{1,2}[/\-]?[a-z]{3}[/\-]?\d{2,4})\b",
        digits=4,
    ),
    Shape(
        Kind.EMAIL,
        rf"(?i)([a-zA-Z0-9._%+'\-]{{1,40}}(?:{_AT}){_HOST}{{1,4}})",
        digits=0,
        needs=(
            "@",
            "(at",
            "( at",
            "[at",
            "[ at",
            "{at",
            "{ at",
            "<at",
            "< at",
        ),
    ),
    Shape(
        Kind.EMAIL,
        rf"(?i)([a-zA-Z0-9._%+'\-]{{1,40}}[ ]+at[ ]+(?:{_HOST}{{0,3}}[ ]+dot[ ]+{_END}(?:[ ]+dot[ ]+{_END})?))",
        digits=0,
        needs=(" dot ",),
    ),
    Shape(
        Kind.EMAIL,
        rf"(?i)([a-zA-Z0-9._%+'\-]{{1,40}}[ ]+at[ ]+{_MAIL_HOSTS}(?:[ ]*[.][ ]*{_END}|[ ]+{_END}){{0,2}}){_R}",
        checks.mailbox,
        digits=0,
        needs=(" at ",),
    ),
    Shape(Kind.EMAIL, r"(?i)([a-zA-Z0-9._%+'\-]{1,40}@[a-zA-Z0-9\-]{2,40})", digits=0, needs=("@",)),
    Shape(
        Kind.URL,
        r"(?i)((?:https?|ftp|hxxps?)[ ]?:[ ]?//\S+|www[ ]?\.[ ]?\S+)",
        digits=0,
        needs=(
            "//",
            "www",
            "tp:",
            "tps:",
        ),
    ),
    Shape(
        Kind.URL,
        rf"(?i){_L}((?:[a-zA-Z0-9\-]{{1,40}}\.){{1,5}}(?:com|net|org|co\.uk|uk|info|io|tv|ly|app|eu|me|gg)(?:/\S*)?){_R}",
        digits=0,
        needs=(".",),
    ),
    Shape(
        Kind.WHAT3WORDS,
        r"(?i)((?:/{3}|w3w|what ?3 ?words|what three words)[ :./]*[a-zA-Z]{2,20}\.[a-zA-Z]{2,20}\.[a-zA-Z]{2,20})",
        digits=0,
        needs=(
            "///",
            "w3w",
            "what",
        ),
    ),
    Shape(
        Kind.WHAT3WORDS,
        rf"{_L}([a-z]{{3,20}}\.[a-z]{{3,20}}\.[a-z]{{3,20}}){_R}",
        checks.three_words,
        digits=0,
        needs=(".",),
    ),
    Shape(Kind.HANDLE, r"(?i)(?:^|[^a-zA-Z0-9.])(@[ ]?[a-zA-Z0-9_][a-zA-Z0-9_.\-]{1,40})", digits=0, needs=("@",)),
    Shape(
        Kind.HANDLE,
        r"(?i)\b((?:insta(?:gram)?|ig|snap(?:chat)?|fb|facebook|tik ?tok|twitter|discord|telegram|kik|whats ?app|psn|gamertag|steam|roblox|youtube)"
        r"[ ]*(?:name|handle|user(?:name)?|id|acc(?:ount)?|profile|page)?[ ]*[:=@\-][ ]*[a-zA-Z0-9_][a-zA-Z0-9_.\-]{2,40})",
        checks.handle,
        digits=0,
        needs=(
            "insta",
            "ig",
            "snap",
            "fb",
            "facebook",
            "tik",
            "twitter",
            "discord",
            "telegram",
            "kik",
            "whats",
            "psn",
            "gamer",
            "steam",
            "roblox",
            "youtube",
        ),
    ),
    Shape(
        Kind.HANDLE,
        r"(?i)\b((?:insta(?:gram)?|snap(?:chat)?|facebook|tik ?tok|twitter|discord|telegram|kik|psn|gamertag|user ?name|handle)[ ]+"
        r"(?:name|handle|user(?:name)?|is|id)?[ ]*[a-zA-Z0-9_.\-]*[\d_][a-zA-Z0-9_.\-]*)",
        digits=0,
        needs=(
            "insta",
            "snap",
            "facebook",
            "tik",
            "twitter",
            "discord",
            "telegram",
            "kik",
            "psn",
            "gamer",
            "user",
            "handle",
        ),
    ),
    Shape(
        Kind.HANDLE,
        rf"(?i){_L}([a-zA-Z0-9]{{1,30}}(?:_+[a-zA-Z0-9]{{1,30}}){{1,5}}){_R}",
        checks.underscored,
        digits=0,
        needs=("_",),
    ),
    Shape(Kind.IP, rf"{_DL}(\d{{1,3}}(?:\.\d{{1,3}}){{3}}){_DR}", checks.ip_address, digits=4),
    Shape(
        Kind.IP,
        rf"(?i){_L}((?:[0-9a-f]{{1,4}}:){{3,7}}(?::?[0-9a-f]{{1,4}})?|[0-9a-f]{{1,4}}(?::[0-9a-f]{{0,4}}){{3,7}}|(?:[0-9a-f]{{2}}-){{5}}[0-9a-f]{{2}}){_R}",
        digits=0,
        needs=(
            ":",
            "-",
        ),
    ),
    Shape(
        Kind.IBAN,
        rf"(?i){_L}([a-z]{{2}}\d{{2}}(?:[ \-]?[a-z0-9]{{4}}){{2,7}}(?:[ \-]?[a-z0-9]{{1,4}})?){_R}",
        checks.iban,
        digits=8,
    ),
    Shape(
        Kind.DRIVING_LICENCE,
        rf"(?i){_L}([a-z9]{{5}}[ \-]?\d{{6}}[ \-]?[a-z9]{{2}}[ \-]?[a-z0-9][ \-]?[a-z]{{2}}(?:[ ]?\d{{2}})?){_R}",
        checks.licence,
        digits=7,
    ),
    Shape(Kind.CARD, rf"{_DL}(\d(?:[ \-]{{0,2}}\d){{12,18}}){_DR}", checks.card, digits=13),
    Shape(
        Kind.BANK,
        rf"(?i)((?:sort ?code|s/c|sc)?[ :]*\d{{2}}[ \-./]?\d{{2}}[ \-./]?\d{{2}}[ ,/;:.\-]*(?:and|&)?[ ]*(?:a/?c(?:c(?:oun)?t?)?|acc|account)?[ ]*(?:no|num|number)?[ ]*[.:#]*[ ]*\d{{4}}[ ]?\d{{4}}){_DR}",
        checks.bank,
        digits=14,
    ),
    Shape(
        Kind.BANK,
        rf"(?i)\b((?:sort ?code|a/c|acct?|account)(?:[ ]*(?:no|num|number))?[ ]*[.:#\-]*[ ]*\d(?:[ \-]?\d){{5,9}}){_DR}",
        digits=6,
        needs=(
            "sort",
            "a/c",
            "acc",
        ),
    ),
    Shape(
        Kind.BIRTH_DATE,
        rf"(?i)\b((?:d[ .]?o[ .]?b[ .]?|date of birth|birth ?date|birthday|born(?: on| in)?|b\.)[ :.\-=]*"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./\-]*(?:\d{{1,2}}|{_MONTH})[ ./\-,]*{_YEAR}|{_MONTH}[ ]*(?:\d{{1,2}}(?:st|nd|rd|th)?)?[ ,.\-]*{_YEAR}|(?:19|20)\d{{2}}(?:[/.\-]\d{{1,2}}[/.\-]\d{{1,2}})?|\d{{6}}|\d{{8}})){_DR}",
        digits=3,
        needs=(
            "d",
            "b",
        ),
    ),
    Shape(
        Kind.BIRTH_DATE,
        rf"{_DL}(\d{{1,2}}[ ]?[/.\-\\|][ ]?\d{{1,2}}[ ]?[/.\-\\|][ ]?(?:\d{{4}}|'?\d{{2}})){_DR}",
        checks.day,
        digits=4,
    ),
    Shape(
        Kind.BIRTH_DATE, rf"{_DL}(\d{{1,2}}[ ]{{1,2}}\d{{1,2}}[ ]{{1,2}}(?:19|20)\d{{2}}){_DR}", checks.day, digits=6
    ),
    Shape(
        Kind.BIRTH_DATE,
        rf"{_DL}((?:19|20)\d{{2}}[ ]?[/.\- ][ ]?\d{{1,2}}[ ]?[/.\- ][ ]?\d{{1,2}}){_DR}",
        checks.iso_day,
        digits=6,
    ),
    Shape(
        Kind.BIRTH_DATE,
        rf"(?i){_DL}(\d{{1,2}}[ ]?(?:st|nd|rd|th)?[ .\-/,]{{0,2}}(?:of )?[ ]?{_MONTH}[ .,\-/]{{0,3}}{_YEAR}){_DR}",
        digits=3,
    ),
    Shape(
        Kind.BIRTH_DATE,
        rf"(?i)\b({_MONTH}[ .\-]{{0,2}}\d{{1,2}}[ ]?(?:st|nd|rd|th)?[ ,.\-/]{{1,3}}(?:(?:19|20)\d{{2}}|'\d{{2}})){_DR}",
        digits=3,
    ),
    Shape(Kind.PNC, rf"(?i){_DL}((?:19|20)?\d{{2}}[ ]?/[ ]?\d{{4,7}}[ ]?[a-z]){_R}", digits=6, needs=("/",)),
    Shape(Kind.CRO, rf"(?i){_DL}((?:cro[ :.no]*)?\d{{3,6}}[ ]?/[ ]?\d{{2}}[ ]?[a-z]){_R}", digits=5, needs=("/",)),
    Shape(
        Kind.CRO,
        r"(?i)\b(cro[ :.#]*(?:no\.?|number)?[ :.#]*(?:sf)?[ ]?\d{1,6}[ ]?/[ ]?\d{2}[ ]?[a-z]?)\b",
        digits=3,
        needs=("cro",),
    ),
    Shape(
        Kind.PHONE,
        rf"(?i)(?:^|[^0-9])((?:\b(?:tel(?:ephone)?|mob(?:ile)?|phone|ph|call|ring|text|contact|t|m)[ .:]*(?:no|num|number|on)?[ .:]*)?(?:\+|00)?[ ]?44{_SEP}(?:0{_SEP})?[1-9](?:{_SEP}\d){{8,9}}{_EXTENSION}){_DR}",
        digits=9,
    ),
    Shape(
        Kind.PHONE,
        rf"(?i)(?:^|[^0-9])((?:\b(?:tel(?:ephone)?|mob(?:ile)?|phone|ph|call|ring|text|contact)[ .:]*(?:no|num|number|on)?[ .:]*)?(?:\(?0|\bo){_SEP}[1-9](?:{_SEP}[\do]){{8,9}}{_EXTENSION}){_DR}",
        checks.phone,
        digits=6,
    ),
    Shape(Kind.PHONE, rf"(?:^|[^0-9])(\+\d(?:{_SEP}\d){{7,13}}){_DR}", digits=8, needs=("+",)),
    Shape(
        Kind.PHONE,
        rf"(?i)\b((?:tel(?:ephone)?|mob(?:ile)?|phone|ph|fax|landline|call(?:er)? ?back|ring|text|dial)[ .:]*(?:no|num|number|on|is)?[ .:]*\d(?:[ \-]?\d){{4,10}}){_DR}",
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
        Kind.UPN,
        rf"(?i){_L}([a-hj-np-rt-z][ \-]?\d(?:[ \-]?\d){{10}}[ \-]?[\da-hj-np-rt-z]){_R}",
        checks.upn,
        digits=12,
    ),
    Shape(
        Kind.UPN,
        r"(?i)\b((?:former )?upn[ :.#]*(?:no\.?|number)?[ :.#]*[a-z]?[ ]?\d(?:[ \-]?\d){6,12}[a-z]?)\b",
        digits=7,
        needs=("upn",),
    ),
    Shape(
        Kind.NHS,
        r"(?i)\b(nhs[ :.#]*(?:no\b\.?|num(?:ber)?)?[ :.#]*\d(?:[ .\-]{0,2}\d){8,9})\b",
        checks.nhs_said,
        digits=9,
        needs=("nhs",),
    ),
    Shape(
        Kind.ULN,
        r"(?i)\b(uln[ :.#]*(?:no\b\.?|number)?[ :.#]*\d(?:[ \-]?\d){8,9})\b",
        checks.uln_said,
        digits=9,
        needs=("uln",),
    ),
    Shape(Kind.NHS, rf"{_DL}(\d(?:[ .\-]{{0,2}}\d){{9}}){_DR}", checks.nhs, digits=10),
    Shape(Kind.PHONE, rf"{_DL}((?:44[ ]?)?7\d{{3}}[ \-]?\d{{3}}[ \-]?\d{{3}}){_DR}", digits=10),
    Shape(Kind.ULN, rf"{_DL}(\d(?:[ \-]?\d){{9}}){_DR}", checks.uln, digits=10),
    Shape(
        Kind.NINO,
        rf"(?i){_L}([a-ceghj-pr-tw-z][ ]?[a-ceghj-npr-tw-z](?:[ .\-/]{{0,2}}\d){{6}}[ .\-/]{{0,2}}[a-d]){_R}",
        never=_CODES,
        digits=6,
    ),
    Shape(
        Kind.NINO,
        rf"(?i){_L}([a-ceghj-pr-tw-z][a-ceghj-npr-tw-z](?:[ ]?\d{{2}}){{3}}){_R}",
        checks.nino_bare,
        never=_CODES,
        digits=6,
    ),
    Shape(
        Kind.PASSPORT,
        r"(?i)\b(passport[ :.#]*(?:nos?\b\.?|num(?:ber)?)?[ :.#]*(?:gbr|uk)?[ ]?[a-z]{0,2}[ ]?\d(?:[ ]?\d){5,8}[a-z]?)\b",
        digits=6,
        needs=("passport",),
    ),
    Shape(
        Kind.GMC,
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
        Kind.HOSPITAL,
        rf"(?i)\b((?:hosp(?:ital)?|mrn|pas|patient|pt|unit|h/n|hn|rio|systmone|emis|district|ur){_NUMBER}[a-z]{{0,3}}[ ]?\d(?:[ \-]?\d){{3,9}}[a-z]?)\b",
        checks.enough_digits,
        never=_CODES,
        digits=4,
    ),
    Shape(
        Kind.WARRANT,
        r"(?i)\b((?:w?pc|dc|ps|ds|di|pcso|sgt|insp|dci|collar|warrant|shoulder|constable|officer|epaulette)(?:[ ]*(?:nos?\b\.?|num(?:ber)?))?[ ]*[.:#]*[ ]?[a-z]{0,2}\d{2,6}[a-z]?)\b",
        checks.warrant,
        digits=2,
    ),
    Shape(Kind.WARRANT, r"(?i)\b(\d{2,6}[ ]+(?:w?pc|dc|ps|pcso|sgt|insp))\b", checks.warrant, digits=2),
    Shape(
        Kind.UPRN,
        r"(?i)\b(u[ps]rn[ :.#]*(?:no\b\.?|number)?[ :.#]*\d(?:[ ]?\d){3,11})\b",
        digits=4,
        needs=(
            "prn",
            "srn",
        ),
    ),
    Shape(
        Kind.COORDINATES,
        rf"(?:^|[^0-9.])([nsNS]?[ ]?-?\d{{1,2}}\.\d{{3,}}[ ]?[nsNS]?[ ,;/]+[ewEW]?[ ]?-?\d{{1,3}}\.\d{{3,}}[ ]?[ewEW]?){_DR}",
        digits=6,
        needs=(".",),
    ),
    Shape(
        Kind.COORDINATES,
        rf"(?i){_DL}((?:e(?:asting)?[ :]*)?\d{{6}}(?:\.\d+)?[ ,;/]+(?:n(?:orthing)?[ :]*)?\d{{6}}(?:\.\d+)?){_DR}",
        digits=12,
    ),
    Shape(
        Kind.COORDINATES,
        rf"(?i){_L}([h-jn-ps-t][a-hj-z][ ]?(?:\d{{3}}[ ]?\d{{3}}|\d{{4}}[ ]?\d{{4}}|\d{{5}}[ ]?\d{{5}})){_R}",
        checks.grid,
        never=_CODES,
        digits=6,
    ),
    Shape(
        Kind.VRM,
        rf"(?i){_L}([a-z]{{2}}[ \-]?\d{{2}}[ \-]?[a-z]{{3}}){_R}",
        checks.current_plate,
        never=_CODES,
        digits=2,
    ),
    Shape(
        Kind.VRM,
        rf"(?i){_L}([a-hj-npr-tv-y]\d{{1,3}}[ \-]?[a-z]{{3}}){_R}",
        checks.prefix_plate,
        never=_CODES | _SCHOOLS,
        digits=1,
    ),
    Shape(
        Kind.VRM,
        rf"(?i){_L}([a-z]{{3}}[ \-]?\d{{1,3}}[ ]?[a-z]){_R}",
        checks.suffix_plate,
        never=_CODES | _SCHOOLS,
        digits=1,
    ),
    Shape(
        Kind.VRM,
        r"(?i)\b((?:vrm|vrn|reg(?:istration)?|index|plate|number plate)[ ]*(?:nos?\b\.?|num(?:ber)?|mark)?[ ]*[.:#=\-]*[ ]*(?:[a-z]{1,3}[ ]?\d{1,4}[ ]?[a-z]{0,3}|\d{1,4}[ ]?[a-z]{1,3}))\b",
        checks.enough_for_plate,
        never=_CODES | _SCHOOLS,
        digits=1,
        needs=(
            "vr",
            "reg",
            "index",
            "plate",
        ),
    ),
    Shape(
        Kind.POSTCODE,
        rf"(?i){_L}([a-z][ ]?[a-z]?[ ]?[0-9oil][ ]?[a-z0-9]?[ .\-]{{0,4}}[0-9oil][ ]?[a-z][ ]?[a-z]){_R}",
        checks.postcode,
        never=_SCHOOLS,
        digits=1,
    ),
    Shape(
        Kind.REFERENCE, r"(?i)([a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})", digits=8, needs=("-",)
    ),
    Shape(
        Kind.REFERENCE,
        rf"(?i){_L}({_REFERRED}{_NUMBER}(?:[a-z]{{1,6}}[ ]?[-/*]?[ ]?)?\d[\da-z/\-*.]*\d[a-z]{{0,3}}(?:[ ]of[ ]\d[\d/.\-]+)?){_R}",
        checks.reference,
        never=_CODES,
        digits=3,
    ),
    Shape(Kind.REFERENCE, rf"(?i){_L}([a-z]\d{{4}}[a-z]{{2}}){_R}", checks.prisoner, never=_CODES, digits=4),
    Shape(Kind.REFERENCE, rf"{_L}(\d{{2,}}[ ]?\*[ ]?\d{{3,}}(?:[*/\-]\d+)*){_R}", digits=5, needs=("*",)),
    Shape(
        Kind.REFERENCE,
        rf"(?i){_L}([a-z]{{1,6}}[0-9]?[ ]?[/*\-][ ]?\d{{2,}}(?:[ ]?[/*\-][ ]?[a-z0-9]{{1,10}})+){_R}",
        checks.enough_digits,
        never=_CODES,
        digits=3,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        Kind.REFERENCE,
        rf"(?i){_L}(\d{{1,4}}[a-z]{{1,3}}\d?[/*\-]\d{{3,}}(?:[/*\-]\d{{1,4}})?){_R}",
        never=_CODES,
        digits=4,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        Kind.REFERENCE,
        rf"(?i){_L}(\d{{2,}}[/*\-]\d{{3,}}(?:[/*\-][a-z0-9]{{1,10}})*){_R}",
        checks.long_number,
        never=_CODES,
        digits=5,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        Kind.REFERENCE,
        rf"(?i){_L}(\d{{4,}}[/*\-](?:\d{{1,2}}[a-z]{{3}}\d{{2,4}}|\d{{2,8}}|[a-z]{{1,3}}\d*)){_R}",
        checks.long_number,
        never=_CODES,
        digits=4,
        needs=(
            "/",
            "*",
            "-",
        ),
    ),
    Shape(
        Kind.REFERENCE,
        rf"(?i){_L}([a-z]{{1,6}}[ \-]?\d{{5,}}[a-z0-9]{{0,6}}){_R}",
        checks.lettered_number,
        never=_CODES,
        digits=5,
    ),
    Shape(Kind.REFERENCE, rf"(?i){_L}(\d{{1,3}}[a-z]{{1,3}}\d{{4,}}[a-z0-9]{{0,6}}){_R}", never=_CODES, digits=5),
    Shape(Kind.REFERENCE, rf"{_DL}(\d(?:[ .\-/]?\d){{6,}}){_DR}", checks.long_number, never=_CODES, digits=7),
    Shape(
        Kind.REFERENCE, rf"(?:^|[^a-zA-Z0-9$.,])(\d{{5,}}){_R}", checks.bare_number, never=_CODES | _SCHOOLS, digits=5
    ),
    Shape(
        Kind.AGE,
        r"(?i)\b(age[d]?[ :\-]*\d{1,3}(?:[ ]?(?:yrs?|years?|y/?o)(?:[ \-]?old)?)?)\b",
        only=_PLACES,
        digits=1,
        needs=("age",),
    ),
    Shape(
        Kind.AGE,
        r"(?i)\b(\d{1,3}[ \-]?(?:yrs?|years?|months?)[ \-]?(?:old|of age)|\d{1,3}[ ]?y[/.]?o)\b",
        only=_PLACES,
        digits=1,
        needs=(
            "y",
            "month",
        ),
    ),
    Shape(
        Kind.AGE, rf"(?i){_L}([mf][ ]?/[ ]?\d{{1,2}}|\d{{1,2}}[ ]?/[ ]?[mf]){_R}", only=_PLACES, digits=1, needs=("/",)
    ),
    Shape(
        Kind.AGE,
        r"(?i)\b(aged (?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)(?:[ ]?\(\d{1,3}\))?)",
        only=_PLACES,
        digits=0,
        needs=("aged",),
    ),
)
