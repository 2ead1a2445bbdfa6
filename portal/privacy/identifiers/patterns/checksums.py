"""Check digits and letters of the numbers that carry one."""

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS_LENGTH = 10
_CARD_LENGTHS = range(13, 20)


def is_nhs(digits: str) -> bool:
    """Say whether ten digits hold the NHS number's check digit (modulus 11)."""
    if len(digits) != _NHS_LENGTH or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def is_uln(digits: str) -> bool:
    """Say whether ten digits hold the unique learner number's check digit."""
    if len(digits) != _NHS_LENGTH or digits[0] == "0":
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 0 and 10 - rest == int(digits[9])


def is_upn(text: str) -> bool:
    """Say whether a pupil number begins with its right check letter (modulus 23)."""
    letter, body = text[0].upper(), text[1:].upper()
    last = body[-1]
    values = [int(char) for char in body[:-1]] + [int(last) if last.isdigit() else _UPN_LETTERS.find(last)]
    return _UPN_LETTERS[sum(value * weight for value, weight in zip(values, range(2, 14), strict=False)) % 23] == letter


def is_card(digits: str) -> bool:
    """Say whether digits hold a payment card's check digit (Luhn)."""
    if len(digits) not in _CARD_LENGTHS or len(set(digits)) == 1:
        return False
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(digits), start=1)]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0  # noqa: PLR2004 - the algorithm's own nine


def is_iban(text: str) -> bool:
    """Say whether an international bank number holds its check digits (modulus 97)."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(char, 36)) for char in turned.upper())) % 97 == 1
