"""An accent colour that everybody can read: 4.5:1 on white (WCAG 2.2, 1.4.3)."""

import re

LEAST = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")


def accent(typed: str) -> str:
    """Give a colour as it is kept, '' for none. Raises ValueError where it is no colour like #0b5d57."""
    colour = typed.strip().lower()
    if colour and not colour.startswith("#"):
        colour = f"#{colour}"
    if colour and not _HEX.fullmatch(colour):
        raise ValueError("Write the colour as # and six digits or letters, like #0b5d57")
    return colour


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21 (WCAG's relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str) -> str:
    """Darken a colour until it can be read on white; one that can already stays as it is."""
    red, green, blue = _parts(colour)
    while contrast(_written(red, green, blue), "#ffffff") < LEAST:
        red, green, blue = int(red * 0.95), int(green * 0.95), int(blue * 0.95)
    return _written(red, green, blue)


def lightened(colour: str) -> str:
    """Lighten a colour until it can be read on the dark page."""
    red, green, blue = _parts(colour)
    while contrast(_written(red, green, blue), "#10191c") < 2 * LEAST:
        red, green, blue = (min(255, c + max(4, (255 - c) // 12)) for c in (red, green, blue))
    return _written(red, green, blue)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own knee
        for part in (c / 255 for c in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
