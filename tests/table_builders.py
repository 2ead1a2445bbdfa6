"""Drawn tables of counts, skewed as real ones are, and a reader who tries every table there is."""

from itertools import product

from portal.privacy.suppression.tables import Axis, Counted, Key, SuppressedTable, TableShape, counted


def key(**fields: str) -> Key:
    return tuple(sorted(fields.items()))


def a_table(rows: list[list[int]], **flags) -> Counted:
    """Give a table of areas by kinds from its inner counts."""
    shape = TableShape(
        Axis("area", tuple(f"A{n}" for n in range(len(rows)))),
        Axis("kind", tuple(f"K{n}" for n in range(len(rows[0])))),
    )
    inner = {key(area=f"A{r}", kind=f"K{k}"): count for r, row in enumerate(rows) for k, count in enumerate(row)}
    return counted(shape, inner, **flags)


def a_drawn_table(chance, rows: int, columns: int, records: int, *, groups: bool = False) -> Counted:
    """Draw records into cells, so that few cells hold many and many hold few; lines that nothing falls in are left out."""
    tall = [chance.paretovariate(0.8) for _ in range(rows)]
    wide = [chance.paretovariate(0.8) for _ in range(columns)]
    inner: dict[Key, int] = {}
    for _ in range(records):
        one = key(area=f"A{chance.choices(range(rows), tall)[0]}", kind=f"K{chance.choices(range(columns), wide)[0]}")
        inner[one] = inner.get(one, 0) + 1
    areas, kinds = (tuple(sorted({one[place][1] for one in inner})) for place in (0, 1))
    half = len(areas) // 2
    districts = {"North": areas[:half], "South": areas[half:]} if groups and half else {}
    # A district's areas are listed whether or not anything happened there; otherwise its labels alone would say how many.
    return counted(TableShape(Axis("area", areas, districts), Axis("kind", kinds)), inner, labelled=not groups)


def months_of(table: Counted, chance) -> Counted:
    """Give the same records by area and month."""
    inner: dict[Key, int] = {}
    for one, count in table.counts.items():
        if table.shape.is_inner(one):
            for _ in range(count):
                now = key(area=dict(one)["area"], month=f"M{chance.randint(1, 3)}")
                inner[now] = inner.get(now, 0) + 1
    months = tuple(sorted({dict(one)["month"] for one in inner}))
    return counted(TableShape(table.shape.rows, Axis("month", months)), inner, labelled=table.labelled)


def primaries_alone(table: Counted, threshold: int = 5) -> SuppressedTable:
    """Withhold the small counts and nothing else: what must not pass."""
    return SuppressedTable(
        table.shape, {one: None if 1 <= count < threshold else count for one, count in table.counts.items()}
    )


def every_table(public: SuppressedTable, most: int) -> dict[Key, set[int]]:
    """Try every whole table up to `most` in a cell, and give the values that each withheld cell can have."""
    inner = [one for _, _, one in public.shape.cells() if public.shape.is_inner(one) and public.shown[one] is None]
    least = 0 if public.noughts_hidden else 1
    found: dict[Key, set[int]] = {one: set() for one in public.withheld()}
    known = {one: count for one, count in public.shown.items() if public.shape.is_inner(one) and count is not None}
    for guess in product(range(least, most + 1), repeat=len(inner)):
        table = counted(public.shape, known | dict(zip(inner, guess, strict=True)))
        fits = all(
            table.counts[one] == count if count is not None else table.counts[one] >= least
            for one, count in public.shown.items()
        )
        if fits and (not public.labelled or all(count for one, count in table.counts.items() if len(one) <= 1)):
            for one, values in found.items():
                values.add(table.counts[one])
    return found
