"""Tell a primary fire in a vehicle by the column of properties beside it: fire services send 'Primary' and 'Car' (App 1, fires)."""

import re
from dataclasses import replace

from portal.returns.matching.category_aliases import codes_of_wordings
from portal.returns.matching.heading_text import key
from portal.returns.pipeline.assemble import Source
from portal.spreadsheets.arrow_columns import texts, values

_LIST, _PRIMARY, _IN_VEHICLE = "fire-deliberate", "primary", "Primary vehicle"
_ONE = (
    r"(?:road |agricultural |multiple |private |light |heavy |goods |motor ?|mini)*"
    r"(?:vehicles?|cars?|vans?|lorry|lorries|hgvs?|lgvs?|bus|buses|coach|coaches|minibus|motor ?cycles?|motor ?bikes?|mopeds?|scooters?|taxis?|tractors?|motor ?homes?|quad bikes?|4x4)"
)
_VEHICLE = re.compile(rf"(?i)(?:(?:road )?vehicles? ?[-:/>]+ ?)?{_ONE}(?: ?(?:/|,|&| or | and ) ?{_ONE})*")
NOTE = "Primary fires whose property is a vehicle are kept as fires in vehicles."


def vehicles_told_beside(source: Source) -> Source:
    """Return a source whose primary fires say 'Primary vehicle' where a column of properties says that a vehicle burnt."""
    kind = next((match for match in source.matching.of("type") if match.target and match.target.list_id == _LIST), None)
    if kind is None or kind.target is None:
        return source
    beside = [
        match.column
        for match in source.matching.matches
        if match.column != kind.column and match.target is None and key(match.heading) in kind.target.weak
    ]
    sent = values(source.table.columns[kind.column])
    codes = dict(zip(sent, codes_of_wordings(sent, _LIST, kind.target.codes), strict=True))
    told = list(zip(*(values(source.table.columns[column]) for column in beside), strict=True)) or [()] * len(sent)
    made = [
        _IN_VEHICLE if codes[text] == _PRIMARY and any(_VEHICLE.fullmatch(cell.strip()) for cell in cells) else text
        for text, cells in zip(sent, told, strict=True)
    ]
    if made == sent:
        return source
    columns = list(source.table.columns)
    columns[kind.column] = texts(made)
    return source.with_table(replace(source.table, columns=tuple(columns), notes=(*source.table.notes, NOTE)))
