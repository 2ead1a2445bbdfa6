"""Say in words who could be picked out of a return: small groups, places with few people, and what joins would tell."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from portal.ground.wording import counted, listed
from portal.privacy.risk.k_anonymity import RURAL, Risk, groups, joins, rural
from portal.returns.matching.schema import targets_of
from portal.rules.datasets.catalogue import data_set
from portal.spreadsheets.arrow_columns import count_true, flat, pc

JOINED_ON = ("date", "outward_postcode", "area")
_SINGLING_OUT = frozenset(
    {"date", "area", "outward_postcode", "location", "school_name", "age", "age_band", "gender", "ethnicity"}
)


def risk_of(table: pa.Table, data_set_id: str, edition_id: str) -> dict[str, object]:
    """Return the risk of kept records, in figures and in sentences (section 5).

    Args:
        table: what is kept.
        data_set_id: the data set; its counts inside groups are counts already, so an aggregate set has its own sentence.
        edition_id: the edition whose fields hold.
    """
    fields = _fields(table.column_names, data_set_id, edition_id)
    figures = groups(table, fields)
    few = _rural(table)
    return figures.as_dict() | {
        "rural": few,
        "below_threshold": figures.below > 0,
        "words": _words(figures, few, is_aggregate=data_set(data_set_id).level == "aggregate"),
    }


def _rural(table: pa.Table) -> int:
    """Count the rows whose postcode, in its own column or in the place's text, is of a place with few people."""
    if "outward_postcode" in table.column_names:
        return rural(table["outward_postcode"])
    if "location" not in table.column_names:
        return 0
    named = pc.match_substring_regex(flat(table["location"]), rf"\b(?:{'|'.join(sorted(RURAL))})\b")
    return count_true(pc.fill_null(named, fill_value=False))


def _fields(names: list[str], data_set_id: str, edition_id: str) -> list[str]:
    """Return the kept columns that could single a person out (section 5)."""
    categories = {target.name for target in targets_of(data_set_id, edition_id) if target.treatment == "category"}
    return [name for name in names if name in _SINGLING_OUT | categories]


def _words(risk: Risk, few: int, *, is_aggregate: bool) -> list[str]:
    if not risk.fields:
        return ["Nobody could be picked out by the columns that are kept."]
    same = listed([name.replace("_", " ") for name in risk.fields])
    said = []
    if is_aggregate:
        said.append("These are counts. Counts of fewer than 5 are shared with partners, and are never published.")
    elif risk.below:
        said.append(
            f"{risk.below:,} of {counted(risk.rows, 'record')} {'is' if risk.below == 1 else 'are'} in groups of fewer "
            f"than {risk.threshold} that agree in {same}."
        )
        if risk.unique:
            said.append(f"{counted(risk.unique, 'record')} {'stands' if risk.unique == 1 else 'stand'} alone.")
        field, safe = max(risk.contributions.items(), key=lambda each: (each[1], each[0]))
        if safe:
            said.append(f"Most of this comes from the {field.replace('_', ' ')}: without it {safe:,} would be safe.")
    else:
        said.append(f"No group of fewer than {risk.threshold} agrees in {same}.")
    if few:
        said.append(f"{counted(few, 'record')} {'lies' if few == 1 else 'lie'} in postcodes where few people live.")
    if risk.below or few:
        said.append("You may send it. A table is published only where such groups cannot be told from it.")
    return said


def told_by_joins(table: pa.Table, others: Mapping[str, pa.Table]) -> dict[str, object]:
    """Return what could be told by joining the records with other returns of the quarter, in counts and in words.

    Args:
        table: what is kept.
        others: the title of each other return -> its records.
    """
    found = [each for each in joins(table, others, JOINED_ON) if "date" in _list(each.get("on"))]
    words = []
    for each in found:
        single = each["singled_out"]
        if isinstance(single, int) and single:
            where = listed([str(name).replace("_", " ") for name in _list(each.get("on"))])
            times = "once" if single == 1 else f"{single:,} times"
            words.append(
                f"Beside '{each['other']}' of the same quarter, one record of each meets {times} by {where}. "
                "The two are never published at that detail."
            )
    return {"joins": found, "words": words}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()
