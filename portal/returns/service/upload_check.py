"""Checking a file for one organisation, data set and quarter: the whole path, and still nothing of it is kept (s11)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from models.organisations import Organisation
from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, PortalError
from portal.ground.wording import today
from portal.partnership.places.known_places import known_places
from portal.returns.matching.remembered import remembered
from portal.returns.matching.remembered_wordings import Wordings, answered, remembered_wordings
from portal.returns.pipeline.corrections import PREFIX as MEND
from portal.returns.pipeline.depersonalise import PartnershipKnows, depersonalise
from portal.returns.pipeline.outcomes import FileOutcome
from portal.returns.report.file_report import FileReport, JoinsReport
from portal.returns.report.problem_groups import Group, groups_of
from portal.returns.review.combined_risk import beside_others
from portal.returns.service.providers import sets_not_provided
from portal.rules.datasets.catalogue import DataSet, data_set, data_sets_of
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition_in_force
from portal.rules.errors import RulesError
from portal.spreadsheets.worker.worker_pool import waiting

MAP = "map:"  # begins the id of a question about a column


class NotOursError(PortalError):
    """This kind of organisation sends no such data set, or the set does not exist for that quarter."""

    message = "Your organisation does not send this data set for that quarter."


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file that went through the whole path, for one organisation, set and quarter; still nothing of it is kept."""

    organisation_id: str
    data_set: str
    quarter: str
    edition: str
    outcome: FileOutcome
    beside: JoinsReport | None = None  # what joining with held returns would tell, in counts
    mapping: Mapping[str, str] = field(default_factory=dict, repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    mended: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    remembers: bool = True  # its columns are matched the same way next time

    @property
    def report(self) -> FileReport:
        """Give the report, and what joining with held returns would tell, which is no part of the certificate."""
        return replace(self.outcome.report, beside=self.beside)

    @property
    def groups(self) -> list[Group]:
        """Give what is wrong with the file and can be mended by an answer."""
        return groups_of(self.outcome.problems, self.edition, refused=self.outcome.status == "refused")


def get_ready() -> None:
    """Have a child process loaded by the time that a person has chosen a file."""
    waiting.prepare()


def check(
    act: Act,
    organisation_id: str,
    chosen: tuple[str, str],
    upload: tuple[bytes, str],
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Checked:
    """Take a file through the path in a child process; keeps nothing.

    Args:
        act: by whom.
        organisation_id: for which organisation.
        chosen: data set id and quarter ('2026-Q3').
        upload: the file's bytes, and its name (which is used for nothing but telling a CSV from a TSV).
        mapping: heading -> field, where the person corrected or confirmed it; what this organisation confirmed last time fills the rest.
        answers: question id -> choice; one about a column counts as its mapping.
        progress: told the stage, how much is done, and how much there is.

    Raises NotAllowedError, NotActiveError, NotOursError.
    """
    allow(act, Permission.SEND_RETURN, organisation_id)
    entry, quarter = chosen_by(act, organisation_id, *chosen)
    said = {**(mapping or {}), **columns_answered(answers or {})}
    kept = {**remembered(act, organisation_id, entry.id), **said}
    edition = edition_in_force(today(act.at)).id
    known = PartnershipKnows(known_places(act), _wordings(act, organisation_id, entry.id, answers or {}))
    outcome = depersonalise(
        upload[0], entry.id, quarter, edition, mapping=kept, answers=answers or {}, known=known, progress=progress
    )
    return Checked(
        organisation_id=organisation_id,
        data_set=entry.id,
        quarter=quarter.label,
        edition=edition,
        outcome=outcome,
        beside=beside_others(act, outcome, entry.id, quarter.label),
        mapping=said,
        answers=answers or {},
    )


def _wordings(act: Act, organisation_id: str, data_set_id: str, answers: Mapping[str, str]) -> Wordings:
    """Give what the organisation's words stand for: as chosen before, and as its sender says now."""
    before, now = remembered_wordings(act, organisation_id, data_set_id), answered(answers)
    return {field: {**before.get(field, {}), **now.get(field, {})} for field in {*before, *now}}


def columns_answered(answers: Mapping[str, str]) -> dict[str, str]:
    """Give heading -> field, out of the answers to questions about columns."""
    return {name.removeprefix(MAP): choice for name, choice in answers.items() if name.startswith(MAP)}


def check_again(
    act: Act,
    checked: Checked,
    upload: tuple[bytes, str],
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Checked:
    """Take a file through the path once more with what its sender said; what was said before still counts."""
    again = check(
        act,
        checked.organisation_id,
        (checked.data_set, checked.quarter),
        upload,
        mapping={**checked.mapping, **(mapping or {})},
        answers={**checked.answers, **(answers or {})},
    )
    return replace(again, mended=checked.mended, remembers=checked.remembers)


def correct(act: Act, checked: Checked, upload: tuple[bytes, str], replies: Mapping[tuple[str, str], str]) -> Checked:
    """Put replies into the cells they mend, and take the file through the path again.

    Args:
        act: by whom.
        checked: what came of the file.
        upload: the file.
        replies: a group's field and where it stands -> what was answered; what is left blank stays as it is.

    Raises AnswersNeededError where nothing was answered.
    """
    said = {key: " ".join(reply.split()) for key, reply in replies.items() if reply.strip()}
    groups = [one for one in checked.groups if (one.field, one.where) in said]
    if not groups:
        raise AnswersNeededError({"correct": "Answer at least one, or go on as it is"})
    answers: dict[str, str] = {}
    mended = dict(checked.mended)
    for one in groups:
        reply = said[one.field, one.where]
        answers |= one.answers(reply)
        if one.alike:
            mended[one.key] = reply
    return replace(check_again(act, checked, upload, answers=answers), mended=mended)


def check_anew(
    act: Act, earlier: Checked, upload: tuple[bytes, str], progress: Callable[[str, int, int], None] | None = None
) -> Checked:
    """Check another file for the same return: what was answered about the earlier one is not asked again.

    Answers about single cells do not count, since cells move; one about what cells hold does, wherever they stand now.
    """
    answers = {name: said for name, said in earlier.answers.items() if not name.startswith(MEND)}
    chosen = (earlier.data_set, earlier.quarter)
    found = check(
        act, earlier.organisation_id, chosen, upload, mapping=earlier.mapping, answers=answers, progress=progress
    )
    found = replace(found, mended=earlier.mended)
    known: dict[str, str] = {}
    for one in found.groups:
        if one.alike and one.key in earlier.mended:
            known |= one.answers(earlier.mended[one.key])
    return check_again(act, found, upload, answers=known) if known else found


def chosen_by(act: Act, organisation_id: str, data_set_id: str, quarter_label: str) -> tuple[DataSet, Quarter]:
    """Give the data set and the quarter, if this organisation sends them now. Raises NotOursError, NotActiveError."""
    try:
        entry, quarter = data_set(data_set_id), Quarter.parse(quarter_label)
    except RulesError as error:
        raise NotOursError from error
    with reading(act.store.engine) as session:
        require_active(session, organisation_id)
        organisation = session.get(Organisation, organisation_id)
        why_not = sets_not_provided(session, act).get((organisation_id, entry.id), "")
    edition = edition_in_force(today(act.at)).id
    if (
        organisation is None
        or entry.id not in {d.id for d in data_sets_of(organisation.kind, edition)}
        or not entry.exists_in(quarter)
    ):
        raise NotOursError
    if why_not:
        raise NotOursError(
            f"This data set is not asked of your organisation: {why_not} If that is wrong, tell the Community Safety Officer."
        )
    if quarter.start > today(act.at):
        raise NotOursError("That quarter has not begun yet.")
    return entry, quarter
