"""Whether a line of a list is meant by what somebody typed: signs, accents, case and small slips forgiven."""

from difflib import SequenceMatcher

from portal.ground.wording import folded

_LEFT_OUT = frozenset({"and", "the", "of", "for", "a", "to"})
_SIGNS = str.maketrans({"'": "", ".": "", "-": " ", "&": " ", ",": " ", "(": " ", ")": " ", "/": " "})
_SLIP = 0.8  # how alike two words must be: one letter in five may be wrong
_LONG_ENOUGH = 5  # letters: of shorter words a slip makes another word


def is_meant(text: str, typed: str) -> bool:
    """Say whether every word that was typed stands in the text, whole, in part, or with a slip of the pen.

    'st marys' means St Mary's, 'constabulry' the Constabulary, '7k3m4p' the reference 7K3-M4P-QRT. Nothing typed means all.
    """
    wanted = [word for word in _words(typed) if word not in _LEFT_OUT] or _words(typed)
    words = _words(text)
    joined = "".join(words)
    return all(_stands(word, words, joined) for word in wanted)


def _stands(wanted: str, words: list[str], joined: str) -> bool:
    if any(wanted in word for word in words) or (len(wanted) >= _LONG_ENOUGH and wanted in joined):
        return True
    return len(wanted) >= _LONG_ENOUGH and any(
        word[0] == wanted[0] and SequenceMatcher(None, wanted, word).ratio() >= _SLIP for word in words
    )


def _words(text: str) -> list[str]:
    return folded(text).translate(_SIGNS).split()
