"""Keep an agency's harmless wording for a category beside the code of the list that it stands for."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from portal.privacy import recoding as treat
from portal.privacy.columns import Coded
from portal.privacy.grammar import columns as grammar
from portal.privacy.grammar.category import digest_of, masked_wording, wording
from portal.privacy.recoding import Treated
from portal.privacy.recoding.codes import nearest_codes
from portal.returns.matching import value_shapes
from portal.returns.matching.category_aliases import codes_of_wordings, phrases_of
from portal.returns.matching.schema import Target
from portal.returns.pipeline.assemble import AssembledRecords
from portal.returns.pipeline.related_datasets import icd_code, is_icd
from portal.returns.treatment.kept_columns import KeptColumns, WithoutCode
from portal.spreadsheets.arrow_columns import Cells, coded_of, count_true, flat, pc, row_numbers, texts, values

_SURE_PARTS = re.compile(r"\s*[;|\n]\s*")
_MOST_ASKED = 200  # wordings of one field that the sender is asked about
_MOST_NEAREST = 50  # wordings for which the nearest codes are looked for
_LIKELY_PARTS = re.compile(r"\s*[,/&+]\s*")


def treat_category(kept: KeptColumns, gathered: AssembledRecords, target: Target, mapped: Mapping[str, str]) -> None:
    """Keep a category and its code."""
    column = gathered.columns[target.name]
    if not target.codes:
        treated = treat.offence_codes(column)
        kept.note(target.name, treated)
        kept.put(target.name, treated.column, target.name)
        return
    several = target.many > 1 and not is_icd(target.codes)
    way = _in_parts if several else _whole
    chosen = {digest: code for digest, code in mapped.items() if not code or code in target.codes}
    unknown: dict[str, str] = {}
    spread = kept.treat(target.name, column, lambda distinct: way(distinct, target, chosen, unknown))
    kept.without_code[target.name] = _asked_about(column, unknown, target, several=several)
    kept.put(target.name, spread.column, target.name)
    kept.put(f"{target.name}_code", spread.extra["code"], target.name)
    wordings = kept.columns[target.name]
    missing = pc.and_(pc.is_valid(wordings), pc.is_null(kept.columns[f"{target.name}_code"]))
    kept.unmapped[target.name] = count_true(missing)
    nearest = spread.treated.nearest if spread.treated is not None else {}
    unmapped = set(values(wordings.filter(missing).unique()))
    kept.nearest[target.name] = {wording: codes for wording, codes in nearest.items() if wording in unmapped}


def _asked_about(
    column: Cells, unknown: Mapping[str, str], target: Target, *, several: bool
) -> tuple[WithoutCode, ...]:
    """Give the wordings without a code, the commonest first: one question for all the rows of each."""
    if not unknown:
        return ()
    coded = coded_of(column)
    counted = pc.value_counts(coded.indices.drop_null())
    heights = dict(zip(row_numbers(counted.field(0)), row_numbers(counted.field(1)), strict=True))
    found: dict[str, WithoutCode] = {}
    for place, text in enumerate(values(coded.dictionary)):
        for part in _parts(text, target) if several else [text]:
            if part in unknown:
                digest, rows = digest_of(part), heights.get(place, 0)
                before = found.get(digest)
                first = before.first if before else int(pc.index(coded.indices, place).as_py())
                found[digest] = WithoutCode(digest, unknown[part], rows + (before.rows if before else 0), first)
    return tuple(sorted(found.values(), key=lambda one: (-one.rows, one.first))[:_MOST_ASKED])


def _whole(column: Cells, target: Target, mapped: Mapping[str, str], unknown: dict[str, str]) -> Treated:
    """Keep of each wording the words that are known, and give its code, which its other words may tell.

    Args:
        column: distinct texts.
        target: the field.
        mapped: digest of a wording -> code, as the sender chose it; '' where none fits.
        unknown: gets each text that has no code and was not asked about yet, with what of it may be shown.
    """
    sent = [text or "" for text in values(column)]
    phrases = frozenset([*target.codes, *target.codes.values(), *phrases_of(target.list_id)])
    treated = grammar.judged(column, lambda text: wording(text, phrases))
    wordings = values(flat(treated.column))
    if is_icd(target.codes):
        wordings = _tidied([one or _code_in(text, target) for one, text in zip(wordings, sent, strict=True)])
    found = codes_of_wordings(sent, target.list_id, target.codes)
    codes = [
        mapped.get(digest_of(text), code) or None if mapped else code for text, code in zip(sent, found, strict=True)
    ]
    unknown |= {
        text: one or masked_wording(text, phrases)
        for text, one, code in zip(sent, wordings, codes, strict=True)
        if text.strip() and code is None and not (mapped and digest_of(text) in mapped)
    }
    lacking = list(dict.fromkeys(one for one, code in zip(wordings, codes, strict=True) if one and code is None))
    nearest = nearest_codes(lacking[:_MOST_NEAREST], target.codes)
    return replace(
        treated,
        column=pa.chunked_array([texts(wordings)]),
        extra={"code": pa.chunked_array([texts(codes)])},
        nearest=nearest,
    )


def _code_in(text: str, target: Target) -> str:
    """Return the diagnosis of the list in words that are not kept: its code says it to four characters."""
    if not icd_code(text, target.codes):
        return ""
    return str(flat(treat.icd_codes(texts([text])).column)[0].as_py() or "")


def _tidied(wordings: list[str]) -> list[str]:
    """Write bare ICD-10 codes in one way, to four characters; words beside a code stay."""
    bare = [wording if value_shapes.ICD.fullmatch(wording.strip()) else None for wording in wordings]
    tidy = flat(treat.icd_codes(texts(bare)).column).to_pylist()
    return [one or wording for one, wording in zip(tidy, wordings, strict=True)]


def _in_parts(column: Cells, target: Target, mapped: Mapping[str, str], unknown: dict[str, str]) -> Treated:
    """Treat a field that may hold several values in one cell, each by itself; they are kept as 'A; B'."""
    coded = column.dictionary_encode()
    split = [_parts(value, target) for value in values(coded.dictionary)]
    single = list(dict.fromkeys(part for parts in split for part in parts))
    treated = _whole(texts(single), target, mapped, unknown)
    wording = dict(zip(single, flat(treated.column).to_pylist(), strict=True))
    code = dict(zip(single, flat(treated.extra["code"]).to_pylist(), strict=True))
    shown = texts(_joined(parts, wording) for parts in split).take(coded.indices)
    codes = texts(_joined(parts, code) for parts in split).take(coded.indices)
    place = {part: index for index, part in enumerate(single)}
    holding: dict[int, list[int]] = {}
    for index, parts in enumerate(split):
        for part in parts:
            holding.setdefault(place[part], []).append(index)
    findings = tuple(
        each._replace(row=row) for each in treated.findings for row in _rows_with(coded, holding.get(each.row, []))
    )
    return replace(
        treated,
        column=pa.chunked_array([shown]),
        extra={"code": pa.chunked_array([codes])},
        findings=findings,
        problems=(),
    )


def _parts(value: str, target: Target) -> list[str]:
    parts = [part for part in _SURE_PARTS.split(value) if part]
    found: list[str] = []
    for part in parts:
        finer = [each for each in _LIKELY_PARTS.split(part) if each]
        between_commas = [each for each in part.split(", ") if each.strip()]
        found += next((way for way in (finer, between_commas) if _are_several(way, target)), [part])
    return list(dict.fromkeys(found))


def _are_several(parts: list[str], target: Target) -> bool:
    """Tell whether each part of a cell is a category, and not all the same one: 'Damage & theft' is two, 'Drug/alcohol' one."""
    codes = codes_of_wordings(parts, target.list_id, target.codes)
    return all(codes) and len(set(codes)) > 1


def _joined(parts: list[str], words: Mapping[str, str | None]) -> str:
    return "; ".join(dict.fromkeys(word for part in parts if (word := words[part])))


def _rows_with(coded: Coded, indices: list[int]) -> list[int]:
    rows: list[int] = pc.indices_nonzero(pc.is_in(coded.indices, value_set=pa.array(indices, pa.int32()))).to_pylist()
    return rows
