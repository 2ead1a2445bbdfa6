"""The certificate of a return, from its row and its report (s6 Depersonalised Data)."""

from collections import Counter

from models.organisations import Organisation
from models.returns import Return
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.letterhead import letterhead
from portal.documents.returns import ColumnFate, Removed, ReturnCertificate, certificate_paper
from portal.documents.seal.issuing import issue
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.wording import counted, listed
from portal.returns.report.file_report import FileReport, RiskReport
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition


def certify(act: Act, row: Return, report: FileReport | None) -> bytes:
    """Make and seal the certificate: counts, each column's fate, findings by kind, risk in words, and no value."""
    head = letterhead(act, row.reference, edition(row.edition).about.marking)
    return issue(act, certificate_paper(head, certificate_of(act, row, report)), row.reference)


def certificate_of(act: Act, row: Return, report: FileReport | None) -> ReturnCertificate:
    """Give the certificate's data."""
    with reading(act.store.engine) as session:
        organisation = session.get(Organisation, row.organisation_id)
        replaced = session.get(Return, row.replaces) if row.replaces else None
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
        columns=tuple(_columns(report)) if report is not None else (),
        removed=tuple(_removed(report)) if report is not None else (),
        risk=tuple(LabelledLine(label, words) for label, words in risk_in_words(report.risk if report else None)),
        use=use_in_words(row.edition),
        supersedes=replaced.reference if replaced else "",
        nil=row.nothing_to_report,
        warnings=report.warnings if report is not None else (),
    )


def use_in_words(edition_id: str) -> str:
    """Say what records that were sent may be used for, and the Protocol that holds the use (clause s8.use-by-protocol)."""
    return (
        "Only to reduce crime and disorder, anti-social behaviour, substance misuse and other behaviour that harms the "
        f"local environment. Use it as the Protocol says ({edition(edition_id).about.sits_under})."
    )


def risk_in_words(risk: RiskReport | None) -> list[tuple[str, str]]:
    """Say the risk of a return in words a person reads once; every figure is a count of groups or records."""
    if risk is None:
        return []
    return [("Who could be picked out", one) for one in risk.words or _groups(risk)]


def has_small_groups(risk: RiskReport | None) -> bool:
    """Say whether some records of a return stand in a group below the threshold of their data set."""
    return risk is not None and risk.below > 0


def _groups(risk: RiskReport) -> list[str]:
    """Write the figures of a risk that was stored without words; a group is the records that agree in every field."""
    same = f" that agree in {listed([one.replace('_', ' ') for one in risk.fields])}" if risk.fields else ""
    if not risk.below:
        return [f"Nobody by these figures: the smallest group of records{same} has {risk.smallest}."]
    return [
        f"{risk.below:,} of {counted(risk.rows, 'record')} stand in groups of fewer than {risk.threshold}{same}.",
        "A table is published only where such groups cannot be told from it.",
    ]


def _columns(report: FileReport) -> list[ColumnFate]:
    return [
        ColumnFate(f"Column {number}" if not fate.field else heading, fate.field or "", fate.treatment)
        for number, (heading, fate) in enumerate(report.columns.items(), 1)
    ]


def _removed(report: FileReport) -> list[Removed]:
    found = Counter((each.kind, each.action) for each in report.findings)
    return [Removed(kind, count, action) for (kind, action), count in sorted(found.items())]
