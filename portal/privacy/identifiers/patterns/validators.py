"""What a shape must also be before it counts: None says no, False says yes by its shape, True says proven by its check digit."""

import re2

from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.lexicon import WordSense, lexicon, own_words, sort_of
from portal.privacy.identifiers.patterns import checksums
from portal.privacy.postcodes import KEPT

_NOT_DIGIT = re2.compile(r"[^0-9]+")
_ROAD = re2.compile(r"(?i)^[abm] ?\d{1,4}$")
_YEARS = re2.compile(r"^(?:19|20)\d{2}(?:[/\-](?:19|20)?\d{2})?$")
_OFFENCE = re2.compile(r"(?i)^[a-z]{2}\d{5}[a-z]?$")
_ONS = re2.compile(r"(?i)^[enswkj]\d{8}$")
_LAST_BITS = re2.compile(r"[\p{L}\p{N}/*.\-]+$")
_ORDINALS = frozenset({"1st", "2nd", "3rd", *(f"{digit}th" for digit in range(10))})
AREAS = frozenset(area.upper() for area in own_words("postcode_areas"))
_MEASURES = frozenset({"km", "cm", "mm", "mi", "kv", "kg"})  # 'M1 5km from J24' is a road
_PHONE = range(10, 12)
_OUTWARD = re2.compile(KEPT)
_MONTHS = 12
_DAYS = 31
_BYTE = 255
_LONG = 7
_BARE = {Setting.PLACE: 5}


def digits_of(text: str) -> str:
    """Give a text's digits alone."""
    return "".join(filter(str.isdigit, text))


def plain_of(text: str) -> str:
    """Give a text's letters and digits alone, in capitals."""
    return "".join(filter(str.isalnum, text)).upper()


def by_shape(_text: str, _setting: Setting) -> bool | None:
    """Take the shape as enough."""
    return False


def mailbox(text: str, _setting: Setting) -> bool | None:
    """'john at gmail' is a mailbox; 'fire at sky' is not, unless its first word is no everyday word."""
    first = text.split(maxsplit=1)[0]
    ends = any(text.lower().rstrip().endswith(end) for end in (".com", " com", ".uk", " uk", ".net", ".org", ".co"))
    return False if ends or not sort_of(first) & WordSense.WORD else None


def three_words(text: str, _setting: Setting) -> bool | None:
    """Three words joined by dots; a web page's or an initial's ending is another matter."""
    return None if text.startswith("www") else False


def handle(text: str, _setting: Setting) -> bool | None:
    """'Facebook: abuse' is a category; 'snap: jay_99' is a person."""
    last = str(_LAST_BITS.search(text.replace("_", "0")).group())
    return None if last.isalpha() and sort_of(last) & WordSense.WORD else False


def underscored(text: str, _setting: Setting) -> bool | None:
    """'violence_against_person' is a code; 'jay_leics_99' is a person."""
    parts = [part for part in text.split("_") if part]
    return (
        None if all(part.isalpha() and sort_of(part) & (WordSense.WORD | WordSense.PLACE) for part in parts) else False
    )


def ip_address(text: str, _setting: Setting) -> bool | None:
    """Every part of a network address is at most 255."""
    return False if all(int(part) <= _BYTE for part in text.split(".")) else None


def iban(text: str, _setting: Setting) -> bool | None:
    """Prove by the check digits; British ones count by shape alone."""
    plain = plain_of(text)
    if checksums.is_iban(plain):
        return True
    return False if plain.startswith("GB") and plain[4:8].isalpha() else None


def licence(text: str, _setting: Setting) -> bool | None:
    """A driving licence's month is 1 to 12, or 51 to 62 for a woman."""
    plain = plain_of(text)
    return False if int(plain[6]) % 5 <= 1 and any(char.isalpha() for char in plain[:5]) else None


def card(text: str, _setting: Setting) -> bool | None:
    """Prove a payment card or a handset's number by its check digit."""
    return True if checksums.is_card(digits_of(text)) else None


def bank(text: str, _setting: Setting) -> bool | None:
    """A sort code and an account number are fourteen digits."""
    said = any(word in text.lower() for word in ("sort", "acc", "a/c", "s/c"))
    apart = any(mark in text.strip() for mark in " -/,")
    return False if said or apart else None


def day(text: str, _setting: Setting) -> bool | None:
    """A day and a month, in either order."""
    first, second = (int(part) for part in _NOT_DIGIT.split(text.strip())[:2])
    low, high = min(first, second), max(first, second)
    return False if 0 < low <= _MONTHS and 0 < high <= _DAYS else None


def iso_day(text: str, _setting: Setting) -> bool | None:
    """A year, then a day and a month."""
    return day(text[4:].lstrip(" /.-"), _setting)


def phone(text: str, _setting: Setting) -> bool | None:
    """Ten or eleven digits with the nought in front; a letter O may stand for a nought."""
    number = text.lower().replace("o", "0") if sum(char.isdigit() for char in text) >= _LONG else text
    return False if len(digits_of(number)) in (*_PHONE, 12) else None


def upn(text: str, _setting: Setting) -> bool | None:
    """Prove by the check letter; a pupil number with a wrong one still counts by its shape."""
    return checksums.is_upn(plain_of(text)) or False


def nhs(text: str, _setting: Setting) -> bool | None:
    """Prove by the check digit; three, three and four digits apart count by their shape."""
    if checksums.is_nhs(digits_of(text)):
        return True
    return False if [len(part) for part in _NOT_DIGIT.split(text)] == [3, 3, 4] else None


def nhs_said(text: str, _setting: Setting) -> bool | None:
    """A number called an NHS number."""
    return checksums.is_nhs(digits_of(text)) or False


def uln(text: str, _setting: Setting) -> bool | None:
    """Prove a learner number by its check digit."""
    return True if checksums.is_uln(digits_of(text)) else None


def uln_said(text: str, _setting: Setting) -> bool | None:
    """A number called a learner number."""
    return checksums.is_uln(digits_of(text)) or False


def nino_bare(text: str, setting: Setting) -> bool | None:
    """A National Insurance number without its last letter; in a category it may be an offence code."""
    return None if setting is Setting.CATEGORY and " " not in text else False


def warrant(text: str, _setting: Setting) -> bool | None:
    """'PC 4417' is an officer; a games console is not."""
    return None if plain_of(text) in {"PS1", "PS2", "PS3", "PS4", "PS5"} else False


def grid(text: str, _setting: Setting) -> bool | None:
    """A grid reference has as many figures each way."""
    return False if len(digits_of(text)) % 2 == 0 else None


def _is_word(letters: str) -> bool:
    return (
        bool(sort_of(letters) & (WordSense.WORD | WordSense.PLACE)) or letters.lower() in lexicon().also["never_names"]
    )


def _apart(text: str) -> bool:
    return " " in text or "-" in text


def current_plate(text: str, _setting: Setting) -> bool | None:
    """'AB12 CDE' is a plate; 'LE12 bus' is half a postcode and a word."""
    plain = plain_of(text)
    postal = plain[:2] in AREAS and text[2:4].isdigit() and text[2] != "0"
    word = _is_word(plain[-3:]) and (not text.isupper() or plain[-3:].lower() in own_words("after_postcode"))
    return None if postal and _apart(text) and word else False


def prefix_plate(text: str, setting: Setting) -> bool | None:
    """'A123 BCD' is a plate; 'A6 jct' is a road and a word, 'F10 use' a diagnosis."""
    plain = plain_of(text)
    plainly = plain[0] in "ABM" or not text.isupper() or setting is Setting.CATEGORY
    if _apart(text) and _is_word(plain[-3:]) and plainly:
        return None
    if _apart(text) and plain[0] in "ABM" and not text.isupper():
        return None
    short = len(plain) <= len("A1BCD")
    return None if short and setting is not Setting.REMARK and _is_word(plain[-3:]) else False


def suffix_plate(text: str, _setting: Setting) -> bool | None:
    """'ABC 123D' is a plate; 'Jct 21A' and 'bay 12b' are not."""
    plain = plain_of(text)
    sure = len(digits_of(text)) == len("123") and (text.isupper() or not _apart(text))
    if _is_word(plain[:3]) and not sure:
        return None
    return False if len(digits_of(text)) > 1 or not _apart(text) else None


def enough_for_plate(text: str, _setting: Setting) -> bool | None:
    """A plate has a figure and at least four signs after the word that announces it."""
    last = plain_of(text)
    return False if digits_of(last) else None


def parts_of_postcode(text: str) -> tuple[str, str] | None:
    """Split a full postcode, in any spelling, into outward and inward part; None where it is none."""
    plain = plain_of(text)
    if len(plain) < len("M11AA") or not any(char.isdigit() for char in plain):
        return None  # 'Ellis' is no E1 1IS
    outward, inward = plain[:-3], plain[-3:]
    inward = inward[0].translate(str.maketrans("OIL", "011")) + inward[1:]
    size = 2 if outward[1:2].isalpha() and outward[:2] in AREAS and len(outward) > len("AB") else 1
    outward = outward[:size] + outward[size : size + 1].translate(str.maketrans("OIL", "011")) + outward[size + 1 :]
    if len(outward) == len("AB1C") and outward[-1] in "OI":
        outward = outward[:-1] + outward[-1].translate(str.maketrans("OI", "01"))
    known = outward[:size] in AREAS or outward == "GIR0"
    if not (known and _OUTWARD.match(outward) and inward[0].isdigit() and inward[1:].isalpha()):
        return None
    return outward, inward


def postcode(text: str, _setting: Setting) -> bool | None:
    """A full postcode in any spelling; 'M1 2nd exit' is a road."""
    if parts_of_postcode(text) is None or not digits_of(text):
        return None
    swapped = len(digits_of(text)) == 1 and not text.isupper()
    if swapped and not text.replace(" ", "").islower():
        return None
    ordinal = (
        plain_of(text)[-3:].lower() in _ORDINALS
        and text[-1].islower()
        and plain_of(text)[0] in "ABM"
        and text[1:2].isdigit()
    )
    measure = text[-2:] in _MEASURES and plain_of(text)[0] in "ABM"
    return None if (ordinal or measure) and _apart(text.strip()) else False


def enough_digits(text: str, _setting: Setting) -> bool | None:
    """Four digits or more."""
    return False if sum(char.isdigit() for char in text) > len("123") else None


def reference(text: str, setting: Setting) -> bool | None:
    """What follows 'crime', 'log' or 'ref': not a road, not a year, not an offence code."""
    last = str(_LAST_BITS.search(text).group()).strip("/-.*")
    dated = bool(_YEARS.match(last)) and not text.lower().startswith(
        ("log", "inc ", "inc.", "cad", "ref", "urn", "cust", "no", "occ")
    )
    if _ROAD.match(last) or dated or (setting is Setting.CATEGORY and _OFFENCE.match(last)):
        return None
    return False if sum(char.isdigit() for char in text) > len("12") else None


def prisoner(text: str, _setting: Setting) -> bool | None:
    """'A1234BC' is a prisoner's number."""
    return False if text[0].isalpha() else None


def lettered_number(text: str, setting: Setting) -> bool | None:
    """Letters and a long number; areas' codes and offence codes are kept."""
    tight = text.replace(" ", "")
    if _ONS.match(tight) or (setting is Setting.CATEGORY and _OFFENCE.match(tight)):
        return None
    return False


def long_number(text: str, _setting: Setting) -> bool | None:
    """A number too long to be a count; two years are a period."""
    return None if _YEARS.match(text.strip()) else False


def bare_number(text: str, setting: Setting) -> bool | None:
    """A bare number that no count or code of this place has."""
    return (
        False if len(text) >= _BARE.get(setting, 6) and not (setting is Setting.COUNT and len(text) < _LONG) else None
    )
