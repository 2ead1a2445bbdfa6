"""The certificate of a return, from its row and its report (s6 Depersonalised Data)."""

from collections import Counter
from collections.abc import Mapping

from models.organisations import Organisation
from models.returns import Return
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead
from portal.documents.returns import ColumnFate, Removed, ReturnCertificate, certificate_paper
from portal.documents.seal.issuing import issue
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.partnership import facts
from portal.ground.wording import counted, listed
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition


def certify(act: Act, row: Return, report: Mapping[str, object]) -> bytes:
    """Make and seal the certificate: counts, each column's fate, findings by kind, risk in words, and no value."""
    known = facts(act.store)
    head = Letterhead(
        partnership=known.name,
        reference=row.reference,
        marking=edition(row.edition).about.marking,
        made_at=act.at,
        logo=known.logo,
    )
    return issue(act, certificate_paper(head, certificate_of(act, row, report)), row.reference)


def certificate_of(act: Act, row: Return, report: Mapping[str, object]) -> ReturnCertificate:
    """Give the certificate's data."""
    with reading(act.store.engine) as session:
        organisation = session.get(Organisation, row.organisation_id)
    quarter = Quarter.parse(row.quarter)
    return ReturnCertificate(
        dataset=row.data_set,
        dataset_name=data_set(row.data_set).title,
        organisation=organisation.name if organisation else "",
        period=row.quarter,
        months=quarter.months,
        submitted_at=row.sent_at,
        edition=row.edition,
        edition_sha256=row.edition_hash,
        rules_sha256=row.rules_hash,
        content_sha256=row.content_hash,
        rows_read=row.rows_read,
        rows_kept=row.rows_kept,
        columns=tuple(_columns(report)),
        removed=tuple(_removed(report)),
        risk=tuple(LabelledLine(label, words) for label, words in risk_in_words(report)),
        nil=row.nothing_to_report,
        warnings=tuple(str(w) for w in _list(report, "warnings")),
    )


def risk_in_words(report: Mapping[str, object]) -> list[tuple[str, str]]:
    """Say the risk of a return in words a person reads once; every figure is a count of groups or records."""
    risk = report.get("risk")
    if not isinstance(risk, dict) or not risk:
        return []
    words = risk.get("words")
    said = [str(one) for one in words] if isinstance(words, list) else _groups(risk)
    return [("Who could be picked out", one) for one in said]


def has_small_groups(report: Mapping[str, object]) -> bool:
    """Say whether some records of a return stand in a group below the threshold of their data set."""
    risk = report.get("risk")
    return isinstance(risk, dict) and bool(risk.get("below_threshold") or risk.get("below"))


def _groups(risk: Mapping[str, object]) -> list[str]:
    """Write the figures of the risk as sentences; a group is the records that agree in every field that may tell."""
    below, rows, threshold = (_number(risk, name) for name in ("below", "rows", "threshold"))
    named = _list(risk, "fields")
    same = f" that agree in {listed([str(one).replace('_', ' ') for one in named])}" if named else ""
    if not below:
        return [f"Nobody by these figures: the smallest group of records{same} has {_number(risk, 'smallest')}."]
    return [
        f"{below:,} of {counted(rows, 'record')} stand in groups of fewer than {threshold}{same}.",
        "A table is published only where such groups cannot be told from it.",
    ]


def _columns(report: Mapping[str, object]) -> list[ColumnFate]:
    columns = report.get("columns")
    if not isinstance(columns, dict):
        return []
    return [
        ColumnFate(
            f"Column {number}" if not fate.get("field") else str(header),
            str(fate.get("field") or ""),
            str(fate.get("treatment", "")),
        )
        for number, (header, fate) in enumerate(columns.items(), 1)
    ]


def _removed(report: Mapping[str, object]) -> list[Removed]:
    counted = Counter(
        (str(f.get("kind")), str(f.get("action"))) for f in _list(report, "findings") if isinstance(f, dict)
    )
    return [Removed(kind, count, action) for (kind, action), count in sorted(counted.items())]


def _list(report: Mapping[str, object], name: str) -> list[object]:
    value = report.get(name)
    return value if isinstance(value, list) else []


def _number(figures: Mapping[str, object], name: str) -> int:
    value = figures.get(name)
    return value if isinstance(value, int) else 0
