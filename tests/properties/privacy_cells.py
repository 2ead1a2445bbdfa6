"""Cells as offices write them, made up: some hold an identifier that must go, some only look as if they did.

As a module it measures: `python -m tests.properties.privacy_cells --cells 50000` prints recall and survival by kind.
"""

import argparse
import random
import re
import string
import sys
import time
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from portal.privacy.grammar.category import wording
from portal.privacy.grammar.lists import NONE
from portal.privacy.grammar.place import place
from portal.privacy.grammar.school import school
from portal.privacy.identifiers.finding import find
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind, Setting
from portal.privacy.identifiers.patterns.checksums import is_card, is_nhs, is_uln, is_upn
from portal.rules.datasets.catalogue import book

PLACE, CATEGORY, SCHOOL, HEADING = Setting.PLACE, Setting.CATEGORY, Setting.SCHOOL, Setting.HEADING

_WORDS = tomllib.loads((Path(__file__).parents[1] / "cases" / "privacy_words.toml").read_text("utf-8"))
GIVEN = _WORDS["given"]
SURNAMES = _WORDS["surnames"]
STREET = _WORDS["streets"]
TOWN = _WORDS["towns"]
OFFENCE = _WORDS["offences"]
LABELS = frozenset(code.label for each in book().code_lists for code in each.codes)
LETTERS = string.ascii_uppercase
DIGITS = ["".join(chr(zero + at) for at in range(10)) for zero in (0x0660, 0x0966, 0x1D7CE, 0xFF10)]
TWINS = str.maketrans(
    "aceopxyjsiABCEHKMOPTXS",
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0458\u0455\u0456\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425\u0405",
)


@dataclass(frozen=True)
class Cell:
    """A cell, where it stands, and what in it must be gone (nothing: all of it must survive)."""

    text: str
    setting: Setting
    kind: IdentifierKind | None = None
    secrets: tuple[str, ...] = ()


def _digits(rng: random.Random, size: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(size))


def _letters(rng: random.Random, size: int, alphabet: str = LETTERS) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def _where(rng: random.Random, test, make):
    while not test(text := make(rng)):
        pass
    return text


def name(rng: random.Random) -> tuple[str, tuple[str, ...]]:
    """A person in one of the ways that offices write one, and the words that must go."""
    given, surname = rng.choice(GIVEN), rng.choice(SURNAMES)
    form = rng.choice(
        [
            f"{given} {surname}",
            f"{given} {surname}",
            f"{surname.upper()}, {given}",
            f"{surname}, {given}",
            f"{surname.upper()} {given}",
            f"{given[0]} {surname}",
            f"{given[0]}. {surname}",
            f"{given[0]}.{rng.choice(LETTERS)}. {surname}",
            f"{surname}, {given[0]}",
            f"Mr {surname}",
            f"Mrs {surname}",
            f"Miss {given} {surname}",
            f"Ms {given[0]} {surname}",
            f"Dr {surname}",
            f"mr {surname.lower()}",
            f"{given} {surname}".upper(),
            f"{given} {surname}".lower(),
            f"c/o {surname}",
            f"c/o {given} {surname}",
            f"h/a of {surname}",
            f"home of {given} {surname}",
            f"informant {surname}",
            f"informant: {given} {surname}",
            f"rep by {given}",
            f"known as {given}",
            f"with co-d {surname}",
            f"ask for {given}",
            f"ring {given}",
            f"aka {given}",
            f"PC {_digits(rng, 4)} {surname}",
            f"PC {surname}",
            f"{given} {rng.choice(GIVEN)} {surname}",
            f"Mr & Mrs {surname}",
            f"{given}-{rng.choice(GIVEN)} {surname}",
            f"NOK {given} {surname}",
        ]
    )
    words = [
        word
        for word in re.findall(r"[^\W\d_]{3,}", form)
        if word.lower() in {given.lower(), *surname.lower().split("-"), surname.lower()}
    ]
    return form, tuple(words)


def phone(rng):
    body = rng.choice(["7700 900", "7911 12", "116 496 0", "1509 55", "20 7946 0"])
    need = 10 - len(body.replace(" ", ""))
    number = body + _digits(rng, need)
    lead = rng.choice(["0", "+44 ", "+44 (0)", "0044 ", "0"])
    text = lead + number
    return rng.choice(
        [text, text.replace(" ", ""), text.replace(" ", "-"), text.replace(" ", "."), f"tel {text}", f"ring {text}"]
    )


def nino(rng):
    text = (
        f"{rng.choice('ABCEGHJKLMNPRSTWXYZ')}{rng.choice('ABCEGHJKLMNPRSTWXYZ')}{_digits(rng, 6)}{rng.choice('ABCD')}"
    )
    return rng.choice([text, text.lower(), f"{text[:2]} {text[2:4]} {text[4:6]} {text[6:8]} {text[8]}", f"NI {text}"])


def nhs(rng):
    text = _where(rng, is_nhs, lambda r: r.choice("4679") + _digits(r, 9))
    return rng.choice(
        [text, f"{text[:3]} {text[3:6]} {text[6:]}", f"{text[:3]}-{text[3:6]}-{text[6:]}", f"NHS No. {text}"]
    )


def postcode(rng):
    area = rng.choice(["LE", "LE", "NG", "CV", "B", "M", "DE", "PE", "SW", "E"])
    out = f"{area}{rng.randint(1, 9)}{rng.choice(['', str(rng.randint(0, 9))])}"
    inward = f"{rng.randint(0, 9)}{_letters(rng, 2, 'ABDEFGHJLNPQRSTUWXYZ')}"
    text = f"{out} {inward}"
    return rng.choice(
        [
            text,
            text.replace(" ", ""),
            text.lower(),
            text.replace(" ", "  "),
            text.replace(" ", "-"),
            " ".join(text.replace(" ", "")),
        ]
    ), inward


def upn(rng):
    return _where(rng, is_upn, lambda r: r.choice("ABCDEFGHJKLMNPQRTUVWXYZ") + _digits(r, 12))


def uln(rng):
    return _where(rng, is_uln, lambda r: r.choice("123456789") + _digits(r, 9))


def vrm(rng):
    low = "ABCDEFGHJKLMNOPRSTUVWXYZ"
    text = rng.choice(
        [
            f"{_letters(rng, 2, low)}{rng.choice(['05', '12', '57', '66', '71', '24'])} {_letters(rng, 3, low)}",
            f"{rng.choice('CDEFGHJKLNPRSTVWXY')}{rng.randint(10, 999)} {_letters(rng, 3, 'BCDFGHJKLMNPRSTVWXY')}",
            f"{_letters(rng, 3, 'BCDFGHJKLMNPRSTVWXY')} {rng.randint(10, 999)}{rng.choice('CDEFGHJKLNPRSTVWXY')}",
        ]
    )
    return rng.choice([text, text.replace(" ", ""), f"reg {text}", text.replace(" ", "").lower()])


def birth(rng):
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2018)
    named = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    form = rng.choice(
        [
            f"{day:02d}/{month:02d}/{year}",
            f"{day}.{month}.{year % 100:02d}",
            f"{day}-{month:02d}-{year}",
            f"{year}-{month:02d}-{day:02d}",
            f"{day} {named} {year}",
            f"{day}th {named} {year}",
            f"{named} {day}, {year}",
        ]
    )
    return rng.choice([form, f"DOB {form}", f"dob: {form}", f"born {form}"])


def reference(rng):
    return rng.choice(
        [
            f"26*{_digits(rng, 6)}",
            f"26/{_digits(rng, 6)}",
            f"crime ref {_digits(rng, 9)}",
            f"CR/{_digits(rng, 6)}/26",
            f"CAD {_digits(rng, 4)}/12MAR26",
            f"inc no {_digits(rng, 4)}",
            f"LP-20260312-{_digits(rng, 4)}",
            f"33CB/{_digits(rng, 4)}/26",
            f"log {_digits(rng, 4)}",
            f"URN 33AB{_digits(rng, 7)}",
            f"26000{_digits(rng, 6)}",
            f"ref {_letters(rng, 2)}{_digits(rng, 6)}",
            f"custody EN/{_digits(rng, 6)}/26",
        ]
    )


def card(rng):
    text = _where(rng, is_card, lambda r: "4" + _digits(r, 15))
    return rng.choice([text, " ".join(text[at : at + 4] for at in range(0, 16, 4))])


def _name_parts(rng):
    given, surname = rng.choice(GIVEN), rng.choice(SURNAMES)
    return f"{fold(given)}.{fold(surname)}".lower().replace("'", "")


SHAPED = {
    IdentifierKind.PHONE: phone,
    IdentifierKind.NINO: nino,
    IdentifierKind.NHS: nhs,
    IdentifierKind.UPN: upn,
    IdentifierKind.ULN: uln,
    IdentifierKind.VRM: vrm,
    IdentifierKind.BIRTH_DATE: birth,
    IdentifierKind.REFERENCE: reference,
    IdentifierKind.CARD: card,
    IdentifierKind.EMAIL: lambda rng: rng.choice(
        [
            "{0}@example.com",
            "{0}@gmail.com",
            "{0} at gmail dot com",
            "{0} (at) example.co.uk",
            "{0} [at] hotmail [dot] com",
            "{0} @ outlook.com",
        ]
    ).format(_name_parts(rng)),
    IdentifierKind.PNC: lambda rng: (
        f"{rng.choice(['', 'PNC '])}{rng.choice(['2019', '98', '07'])}/{_digits(rng, 7)}{rng.choice(LETTERS)}"
    ),
    IdentifierKind.CRO: lambda rng: (
        f"{rng.choice(['', 'CRO '])}{_digits(rng, 6)}/{_digits(rng, 2)}{rng.choice(LETTERS)}"
    ),
    IdentifierKind.HANDLE: lambda rng: rng.choice(["@{0}", "insta: {0}", "snap: {0}", "Instagram {0}"]).format(
        f"{rng.choice(GIVEN).lower()}_{_digits(rng, 2)}"
    ),
    IdentifierKind.WARRANT: lambda rng: rng.choice(["PC {0}", "PC{0}", "DC {0}", "warrant no {0}", "PCSO {0}"]).format(
        _digits(rng, 4)
    ),
    IdentifierKind.BANK: lambda rng: rng.choice(
        ["{0}-{1}-{2} {3}", "sort code {0}-{1}-{2} account {3}", "{0} {1} {2} a/c {3}"]
    ).format(_digits(rng, 2), _digits(rng, 2), _digits(rng, 2), _digits(rng, 8)),
    IdentifierKind.URL: lambda rng: rng.choice(["https://facebook.com/{0}", "www.{0}.co.uk", "{0}.com/profile"]).format(
        _letters(rng, 8).lower()
    ),
    IdentifierKind.IP: lambda rng: (
        f"{rng.randint(11, 250)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}"
    ),
    IdentifierKind.DRIVING_LICENCE: lambda rng: (
        f"{_letters(rng, 5)}{_digits(rng, 1)}{rng.choice(['01', '12', '51', '62'])}{_digits(rng, 3)}{_letters(rng, 2)}{_digits(rng, 1)}{_letters(rng, 2)}"
    ),
    IdentifierKind.PASSPORT: lambda rng: f"passport {rng.choice(['no ', '', 'number '])}{_digits(rng, 9)}",
    IdentifierKind.HOSPITAL: lambda rng: rng.choice(["hosp no {0}", "MRN {0}", "hospital number S{0}"]).format(
        _digits(rng, 7)
    ),
    IdentifierKind.UPRN: lambda rng: f"UPRN {_digits(rng, 12)}",
    IdentifierKind.COORDINATES: lambda rng: rng.choice(
        [f"52.6{_digits(rng, 4)}, -1.1{_digits(rng, 4)}", f"4{_digits(rng, 5)} 3{_digits(rng, 5)}"]
    ),
}


def disguised(rng: random.Random, text: str) -> str:
    """Hide a text from a plain pattern: invisible marks, look-alike letters, other digits, wide letters, odd spaces."""
    ways = (
        lambda: rng.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad").join(text),
        lambda: text.translate(TWINS),
        lambda: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text),
        lambda: text.translate(str.maketrans(string.digits, rng.choice(DIGITS))),
        lambda: text.replace(" ", rng.choice(["\u00a0", "\u2009", "\n", "\r\n", "\t", "\u3000"])),
        lambda: "\u202e" + text + "\u202c",
        lambda: "".join(char + "\u0301" if char.isalpha() and rng.random() < 0.3 else char for char in text),
    )
    return rng.choice(ways)()


def _around(rng: random.Random, text: str, setting: Setting) -> str:
    if setting is PLACE:
        street, town = rng.choice(STREET), rng.choice(TOWN)
        return rng.choice(
            [
                "{0}",
                "{0}, {1}",
                "{1}, {0}",
                "{1} ({0})",
                "o/s {1} - {0}",
                "{1}, {2}, {0}",
                "{0} / {1}",
                "{1} {0}",
                "Rear of {1}; {0}",
            ]
        ).format(text, street, town)
    offence = rng.choice(OFFENCE)
    return rng.choice(
        [
            "{0}",
            "{1} - {0}",
            "{1} ({0})",
            "{1}: {0}",
            "{1}, {0}",
            "{0} - {1}",
            "{1} by {0}",
            "{1} / {0}",
            "{1} against {0}",
        ]
    ).format(text, offence)


def planted(rng: random.Random) -> Cell:
    """Make a cell that holds an identifier."""
    setting = rng.choice([PLACE, PLACE, CATEGORY])
    pick = rng.random()
    if pick < 0.4:
        text, secrets = name(rng)
        kind = IdentifierKind.NAME
    elif pick < 0.5:
        text, inward = postcode(rng)
        kind, secrets = IdentifierKind.POSTCODE, (inward, text.replace(" ", ""))
    elif pick < 0.58:
        number, street = rng.randint(1, 999), rng.choice(STREET)
        form = rng.choice(["{0} {1}", "Flat {0}, {1}", "No. {0} {1}", "{0}a {1}", "{0}-{2} {1}", "Flat {0}A {2} {1}"])
        text = form.format(number, street, number + 2)
        return Cell(text + rng.choice(["", ", " + rng.choice(TOWN)]), PLACE, IdentifierKind.ADDRESS, (str(number),))
    else:
        kind = rng.choice(list(SHAPED))
        text = SHAPED[kind](rng)
        secrets = (text,)
    shown = disguised(rng, text) if rng.random() < 0.2 else text
    while True:
        whole = _around(rng, "\0", setting)
        if not leaks(Cell("", setting, kind, secrets), whole.replace("\0", "")):
            return Cell(whole.replace("\0", shown), setting, kind, secrets)


LAWFUL_PLACES = _WORDS["lawful_places"]
LAWFUL_CATEGORIES = _WORDS["lawful_categories"]
LAWFUL_SCHOOLS = _WORDS["lawful_schools"]
WORD_STREETS = [
    "Road",
    "Street",
    "Avenue",
    "Close",
    "Drive",
    "Way",
    "Crescent",
    "Court",
    "Gardens",
    "Terrace",
    "Grove",
    "Walk",
]


def lawful(rng: random.Random) -> Cell:
    """Make a cell that only looks as if somebody were named in it."""
    pick = rng.random()
    if pick < 0.35:
        return Cell(rng.choice(LAWFUL_PLACES), PLACE)
    if pick < 0.55:
        base = rng.choice([*GIVEN, *SURNAMES])
        street = f"{base} {rng.choice(WORD_STREETS)}"
        form = rng.choice(
            [
                "{0}",
                "{0}, {1}",
                "Outside {2}, {0}",
                "{0} j/w {3}",
                "near {0}",
                "Junction of {0} and {3}",
                "{0}/{3}",
                "{1}, {0}",
            ]
        )
        return Cell(
            form.format(
                street,
                rng.choice(TOWN),
                rng.choice(["Tesco", "Lidl", "bus stop", "school", "church", "pub", "shops"]),
                rng.choice(STREET),
            ),
            PLACE,
        )
    if pick < 0.9:
        return Cell(rng.choice(LAWFUL_CATEGORIES), CATEGORY)
    return Cell(rng.choice(LAWFUL_SCHOOLS), SCHOOL)


def _tokens(text: str) -> set[str]:
    return {token for token in re.split(r"[^\w']+", bare(text)) if token}


def bare(text: str) -> str:
    """Give a text without case, accents and disguise."""
    text = fold(text).lower().replace("ł", "l")
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def leaks(cell: Cell, kept: str) -> bool:
    """Say whether something that had to go is still there."""
    tight = re.sub(r"[^a-z0-9]", "", bare(kept))
    for secret in cell.secrets:
        plain = bare(secret)
        if cell.kind in {IdentifierKind.NAME, IdentifierKind.ADDRESS, IdentifierKind.POSTCODE}:
            gone = (
                plain not in _tokens(kept)
                if cell.kind is not IdentifierKind.POSTCODE
                else re.sub(r"[^a-z0-9]", "", plain) not in tight
            )
        else:
            figures = re.sub(r"[^a-z0-9]", "", plain)
            gone = figures[-6:] not in tight and figures[:6] not in tight
        if not gone:
            return True
    return False


FILE = NONE.beside((), TOWN)  # a file shows its towns: of a cell by itself 'Hinckley' before a street may be a house


def kept(text: str, setting: Setting) -> str:
    """Give what stays of a cell: by the grammar of its column, or in a text that is only looked at, all but what is found."""
    text = fold(text)
    if setting is SCHOOL:
        return school(text).text
    if setting is CATEGORY:
        return wording(text, LABELS).text
    if setting is PLACE:
        return place(text, FILE).text
    for one in reversed(find(text, setting)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def measure(cells: int, seed: int = 1) -> tuple[Counter, Counter, dict, list[Cell]]:
    """Clean many cells; gives what was planted and what leaked by kind, survival, and the failures."""
    rng = random.Random(seed)  # noqa: S311 - made-up cells, not secrets
    planted_by, leaked_by, survival, failed = Counter(), Counter(), Counter(), []
    for at in range(cells):
        if at % 2:
            cell = planted(rng)
            key = (cell.kind, cell.setting)
            planted_by[key] += 1
            if leaks(cell, kept(cell.text, cell.setting)):
                leaked_by[key] += 1
                failed.append(cell)
        else:
            cell = lawful(rng)
            survival[cell.setting, "all"] += 1
            if kept(cell.text, cell.setting) != fold(cell.text):
                survival[cell.setting, "hurt"] += 1
                failed.append(cell)
    return planted_by, leaked_by, survival, failed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cells", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=int, default=0)
    chosen = parser.parse_args()
    start = time.perf_counter()
    planted_by, leaked_by, survival, failed = measure(chosen.cells, chosen.seed)
    rows = [
        (f"{kind} in {setting}", count, count - leaked_by[kind, setting])
        for (kind, setting), count in sorted(planted_by.items())
    ]
    out = [f"{'kind':40} {'planted':>8} {'removed':>8} {'recall':>8}"]
    out += [f"{label:40} {count:8} {gone:8} {100 * gone / count:7.2f}%" for label, count, gone in rows]
    for setting in (PLACE, CATEGORY, SCHOOL):
        count, hurt = survival[setting, "all"], survival[setting, "hurt"]
        out.append(
            f"{'lawful in ' + setting:40} {count:8} {count - hurt:8} {100 * (count - hurt) / max(1, count):7.2f}%"
        )
    out.append(f"{chosen.cells} cells in {time.perf_counter() - start:.1f} s")
    out += [
        f"{cell.setting} {cell.kind} {cell.text!r} -> {kept(cell.text, cell.setting)!r}"
        for cell in failed[: chosen.failures]
    ]
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
