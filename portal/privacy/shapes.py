"""Identifiers that are told by their shape, in the order in which they are looked for."""

from portal.privacy.shape import Shape
from portal.privacy.shapes_online import ONLINE
from portal.privacy.shapes_personal import PERSONAL
from portal.privacy.shapes_things import THINGS

__all__ = ["SHAPES", "Shape"]

SHAPES: tuple[Shape, ...] = (*ONLINE, *PERSONAL, *THINGS)
