"""Returns of eight quarters: in time, late, missing, nil, sent again, withdrawn; each file goes the whole way of an upload."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count

from portal.agreement.errors import NotActiveError
from portal.demonstration.files import file_of
from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.wording import UK, today
from portal.returns.review.query import query
from portal.returns.service.providers import except_from
from portal.returns.service.submission import send, send_nothing
from portal.returns.service.upload_check import Checked, check
from portal.returns.service.withdrawal import withdraw
from portal.rules.datasets.quarters import Quarter

_QUARTERS = 8
_AT_ONCE = 2  # children that treat files; more than the processors only wait
_IN_TIME, _LATE, _AGAIN, _BACK = 24, 9, 14, 20  # days: after the quarter, after it was due, and after it was sent
_ASKED, _EXCEPTED = 7, 100  # days: after it was sent, and before the day of loading

Waiting = dict[str, Future[Checked]]


def note(stage: DemonstrationStage, told: Table) -> None:
    """Note every return in the diary, and before each quarter's first one the treating of all its files at once."""
    waiting: Waiting = {}
    quarters = [Quarter.just_ended(today(stage.now))]
    while len(quarters) < _QUARTERS:
        quarters.insert(0, quarters[0].previous)
    for number, entry in enumerate(told["exception"]):
        _note_exception(stage, entry, stage.day(_EXCEPTED, f"10:{10 + number}"))
    for number, quarter in enumerate(quarters):
        due = _due(stage, told, number, quarter)
        for entry, fate, at in due:
            _note_one(stage, told, entry, quarter, fate, at, waiting)
        files = [(entry, at) for entry, fate, at in due if fate != "nil"]
        if files:
            _note_treating(stage, told, quarter, files, waiting)


def _note_question(stage: DemonstrationStage, words: str, return_id: str, at: datetime) -> None:
    """Note that the officer asks about a return."""

    def play() -> None:
        query(stage.by("officer", at), return_id, words, f"demonstration:{return_id}")

    stage.scene(at, play)


def _note_exception(stage: DemonstrationStage, entry: Table, at: datetime) -> None:
    """Note that the officer says who does not send a data set."""

    def play() -> None:
        except_from(stage.by("officer", at), stage.organisations[entry["by"]], entry["data_set"], entry["reason"])

    stage.scene(at, play)


def _due(stage: DemonstrationStage, told: Table, number: int, quarter: Quarter) -> list[tuple[Table, str, datetime]]:
    """List what was sent for a quarter: the entry, what became of it, and when."""
    found = []
    for entry in told["return"]:
        fate, at = entry["fates"][number], _sent_at(stage, entry, number, quarter)
        if fate not in {"none", "missing"} and at is not None:
            found.append((entry, fate, at))
    return found


def _sent_at(stage: DemonstrationStage, entry: Table, number: int, quarter: Quarter) -> datetime | None:
    """Give the day that a return was sent; None where that lies after the day of loading."""
    late = entry["fates"][number] == "late"
    day = quarter.due + timedelta(days=_LATE) if late else quarter.end + timedelta(days=_IN_TIME)
    at = datetime(day.year, day.month, day.day, 9 + number, 40, tzinfo=UK)
    if at < stage.now - timedelta(hours=1):
        return at
    return stage.day(1, f"{9 + number:02d}:40") if today(stage.now) > quarter.end + timedelta(days=2) else None


def _note_treating(
    stage: DemonstrationStage, told: Table, quarter: Quarter, files: list[tuple[Table, datetime]], waiting: Waiting
) -> None:
    """Note that a quarter's files are treated side by side; what each sender then sends is ready sooner."""

    def play() -> None:
        workers = ThreadPoolExecutor(_AT_ONCE)
        for entry, at in files:
            if entry["by"] in stage.organisations:
                waiting[f"{entry['data_set']}:{quarter}"] = workers.submit(_check, stage, told, entry, quarter, at)
        workers.shutdown(wait=False)

    stage.scene(min(at for _, at in files) - timedelta(minutes=1), play)


def _check(stage: DemonstrationStage, told: Table, entry: Table, quarter: Quarter, at: datetime) -> Checked:
    act = stage.by(f"{entry['by']}.partner", at)
    chosen = (entry["data_set"], quarter.label)
    return check(act, stage.organisations[entry["by"]], chosen, file_of(entry, told, quarter))


def _note_one(
    stage: DemonstrationStage, told: Table, entry: Table, quarter: Quarter, fate: str, at: datetime, waiting: Waiting
) -> None:
    numbers = count(1)

    def play(moment: datetime) -> str:
        act, organisation_id = stage.by(f"{entry['by']}.partner", moment), stage.organisations[entry["by"]]
        key = f"demonstration:{entry['data_set']}:{quarter}:{next(numbers)}"
        if fate == "nil":
            return send_nothing(act, organisation_id, (entry["data_set"], quarter.label), key)
        return send(act, _checked(stage, told, entry, quarter, moment, waiting), key)

    def once_more(moment: datetime) -> None:
        play(moment)

    def first() -> None:
        if f"{entry['by']}.partner" not in stage.people:
            return  # they joined later than this quarter
        return_id = play(at)
        if fate == "replaced":
            again = at + timedelta(days=_AGAIN)
            _note_question(stage, told["question"]["of_a_mistake"], return_id, at + timedelta(days=_ASKED))
            stage.scene(again, lambda: once_more(again))
        if entry.get("queried") and quarter == Quarter.just_ended(today(stage.now)):
            _note_question(stage, told["question"]["of_a_change"], return_id, at + timedelta(days=_ASKED))
        if fate == "withdrawn":
            back = at + timedelta(days=_BACK)
            act = stage.by(f"{entry['by']}.approver", back)
            stage.scene(back, lambda: withdraw(act, return_id, told["withdrawal"]["reason"]))

    stage.scene(at, first)


def _checked(
    stage: DemonstrationStage, told: Table, entry: Table, quarter: Quarter, at: datetime, waiting: Waiting
) -> Checked:
    treated = waiting.pop(f"{entry['data_set']}:{quarter}", None)
    try:
        if treated is not None:
            return treated.result()
    except (KeyError, NotActiveError):
        pass  # this sender joined between the first return of the quarter and their own
    return _check(stage, told, entry, quarter, at)
