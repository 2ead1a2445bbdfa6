"""A meeting's code, said aloud and typed on a phone; and the three words by which a Chair knows a signature again."""

import hashlib
import secrets
import unicodedata
from pathlib import Path

from portal.ground.wording import CLEAR_ALPHABET

LENGTH = 6  # 25 signs in 6 places: 244,140,625 codes (threat AZ12; the odds stand in `door`)
LONG = 10  # for a door at which somebody guesses
# What a person may write instead of a sign of ours; none of these stands in a code, so that nothing is lost.
_LOOK_ALIKES = str.maketrans("0O1IL2Z5S8B", "QQ7JJ776633")
_LETTERS = "Alfa Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Tango Uniform Victor Whiskey X-ray Yankee"
_SPOKEN = {word[0]: word for word in _LETTERS.split()} | {
    "3": "three",
    "4": "four",
    "6": "six",
    "7": "seven",
    "9": "nine",
}
# 128 short plain words, each unlike the others to the ear: three of them make two million checks.
WORDS = tuple((Path(__file__).with_name("words.txt")).read_text(encoding="ascii").split())


def make_code(length: int = LENGTH) -> str:
    """Make a meeting's code of signs that cannot be mixed up."""
    return "".join(secrets.choice(CLEAR_ALPHABET) for _ in range(length))


def as_typed(typed: str) -> str:
    """Read a code as a person typed it: case, spaces, dashes and look-alikes are forgiven; '' where it is no code."""
    wide = unicodedata.normalize("NFKC", typed[:40]).upper()
    code = "".join(c for c in wide if c.isalnum()).translate(_LOOK_ALIKES)
    return code if len(code) in {LENGTH, LONG} and all(c in CLEAR_ALPHABET for c in code) else ""


def in_two(code: str) -> str:
    """Write a code as it is shown: KXR 4TM."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def spoken(code: str) -> str:
    """Write a code as it is read out: Kilo, X-ray, Romeo, four, Tango, Mike."""
    return ", ".join(_SPOKEN[sign] for sign in code)


def three_words(line_id: str) -> str:
    """Give the check that stands on the signer's phone and on the Chair's list: maple-river-kettle."""
    picked = hashlib.sha256(f"three words:{line_id}".encode()).digest()
    return "-".join(WORDS[value % len(WORDS)] for value in picked[:3])
