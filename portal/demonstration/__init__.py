"""The fictional demonstration partnership: two years of a county district, made only through the portal's own services."""

from portal.demonstration.loading import load, people

__all__ = ["load", "people"]
