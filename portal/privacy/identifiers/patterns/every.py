"""Identifiers that are told by their shape, in the order in which they are looked for."""

from portal.privacy.identifiers.patterns.online import ONLINE
from portal.privacy.identifiers.patterns.pattern import Shape
from portal.privacy.identifiers.patterns.personal import PERSONAL
from portal.privacy.identifiers.patterns.things import THINGS

__all__ = ["SHAPES", "Shape"]

SHAPES: tuple[Shape, ...] = (*ONLINE, *PERSONAL, *THINGS)
