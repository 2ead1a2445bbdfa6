"""Say in words who could be picked out of a return: small groups, places with few people, and what joins would tell."""

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa

from portal.ground.wording import counted, listed
from portal.privacy.columns import at_once
from portal.privacy.risk.coarsening import STEPS, coarser, possible
from portal.privacy.risk.k_anonymity import RURAL, Risk, alone_and_below, encoded_once, groups_and_without, joins, rural
from portal.returns.matching.schema import targets_of
from portal.returns.report.file_report import CoarserOption, JoinsReport, RiskReport
from portal.rules.datasets.catalogue import data_set
from portal.spreadsheets.arrow_columns import count_true, flat, pc

JOINED_ON = ("date", "outward_postcode", "area")
_NEVER_TELL = frozenset({"dataset", "period"})  # the same for every record, or said by other columns


def risk_of(table: pa.Table, data_set_id: str, edition_id: str, few_people: frozenset[str] = frozenset()) -> RiskReport:
    """Return the risk of kept records, in figures and in sentences (s6, Depersonalised Data).

    Args:
        table: what is kept.
        data_set_id: the data set; its counts inside groups are counts already, so an aggregate set has its own sentence.
        edition_id: the edition whose fields hold.
        few_people: the partnership's own list of places with few people; where it has none, the list to start with.
    """
    fields = _fields(table.column_names, data_set_id, edition_id)
    few = _rural(table, frozenset(map(str.upper, few_people)) or RURAL)
    table = encoded_once(table, fields)
    figures, without = groups_and_without(table, fields)
    is_aggregate = data_set(data_set_id).level == "aggregate"
    options = [] if is_aggregate or not figures.unique else _coarser(table, without, data_set_id, edition_id)
    return RiskReport(
        **vars(figures),
        rural=few,
        below_threshold=figures.below > 0,
        words=(*_words(figures, few, is_aggregate=is_aggregate), *_said_of(options)),
        coarser=tuple(options),
    )


def _coarser(
    table: pa.Table, without: Mapping[str, tuple[int, int]], data_set_id: str, edition_id: str
) -> list[CoarserOption]:
    """Return what would be left alone after each step of coarsening, and after all of them."""
    steps = possible(table)

    def left(taken: Sequence[str]) -> tuple[int, int]:
        after = coarser(table, taken)
        gone = set(table.column_names) - set(after.column_names)
        if len(taken) == len(gone) == 1 and gone <= without.keys():
            return without[gone.pop()]
        return alone_and_below(after, _fields(after.column_names, data_set_id, edition_id))

    tries = {STEPS[step][1]: [step] for step in steps} | ({"all of these": steps} if len(steps) > 1 else {})
    counted = at_once(left, list(tries.values()))
    return [
        CoarserOption(",".join(taken), words, *told)
        for (words, taken), told in zip(tries.items(), counted, strict=True)
    ]


def _said_of(options: Sequence[CoarserOption]) -> list[str]:
    if not options:
        return []
    told = "; ".join(f"{each.change}: {each.unique:,}" for each in options)
    return [f"With less detail, so many would be like no other. With {told}."]


def _rural(table: pa.Table, codes: frozenset[str]) -> int:
    """Count the rows whose postcode, in its own column or in the place's text, is of a place with few people."""
    if "outward_postcode" in table.column_names:
        return rural(table["outward_postcode"], codes)
    if "location" not in table.column_names:
        return 0
    named = pc.match_substring_regex(flat(table["location"]), rf"(?i)\b(?:{'|'.join(map(re.escape, sorted(codes)))})\b")
    return count_true(pc.fill_null(named, fill_value=False))


def _fields(names: list[str], data_set_id: str, edition_id: str) -> list[str]:
    """Return the quasi-identifiers: every kept column but counts, and codes that repeat the words beside them."""
    counts = {target.name for target in targets_of(data_set_id, edition_id) if target.treatment == "count"}
    return [
        name
        for name in names
        if name not in _NEVER_TELL | counts
        and "." not in name
        and name.removesuffix("_code") not in set(names) - {name}
    ]


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
            said.append(
                f"{counted(risk.unique, 'record')} {'is' if risk.unique == 1 else 'are'} like no other in this return."
            )
        field, safe = max(risk.contributions.items(), key=lambda each: (each[1], each[0]))
        if safe:
            said.append(f"Most of this comes from the {field.replace('_', ' ')}: without it {safe:,} would be safe.")
    else:
        said.append(f"No group of fewer than {risk.threshold} agrees in {same}.")
    if few:
        said.append(f"{counted(few, 'record')} {'lies' if few == 1 else 'lie'} in postcodes where few people live.")
    if not is_aggregate and risk.unique * 2 > risk.rows:
        said.append(
            "Most records are like no other, so this may still be personal data. Treat it as such: share it only with the "
            "partners named in the agreement, and never publish the records."
        )
    elif risk.below or few:
        said.append("You may send it. A table is published only where such groups cannot be told from it.")
    return said


def told_by_joins(table: pa.Table, others: Mapping[str, pa.Table]) -> JoinsReport:
    """Return what could be told by joining the records with other returns of the quarter, in counts and in words.

    Args:
        table: what is kept.
        others: the title of each other return -> its records.
    """
    found = [each for each in joins(table, others, JOINED_ON) if "date" in each.on]
    words = []
    for each in found:
        if each.singled_out:
            where = listed([name.replace("_", " ") for name in each.on])
            times = "once" if each.singled_out == 1 else f"{each.singled_out:,} times"
            words.append(
                f"Beside '{each.other}' of the same quarter, one record of each meets {times} by {where}. "
                "The two are never published at that detail."
            )
    return JoinsReport(tuple(found), tuple(words))
