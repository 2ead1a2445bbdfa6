"""Match a file's columns to the fields of a data set: by name, by content, and by what was confirmed before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.privacy.recoding.counts import is_counted
from portal.returns.matching import value_shapes
from portal.returns.matching.column_content import Sample, coded_share, fit, is_births, is_flag, is_worded, sample_of
from portal.returns.matching.column_names import WEAK, dropped_score, name_score, names_other_than_count
from portal.returns.matching.heading_text import key, words
from portal.returns.matching.schema import Target
from portal.returns.matching.synonyms import synonyms
from portal.returns.pipeline.related_datasets import is_icd
from portal.returns.report.masking import letters, safe_heading, said_by_heading
from portal.spreadsheets.arrow_columns import Cells

LIMIT = 0.6  # below it the match is asked about, never guessed
_ASKED = 0.35  # below it there is nothing to ask about
_BY_CONTENT = 0.7
_TOLD = 0.8
_SURE_CONTENT = 0.9
_SURE_NAME = 0.84
_EMPTY = 0.97
_MOST = 0.6  # of the values are of the list
_SOME = 0.3
_HARDLY = 0.1
_FEW = 4  # yes, no, not known, and one more
_MOSTLY_DAYS = 0.5  # a total below the times is no day
_TELLABLE_COUNTS = 2  # of a set that asks for more counts, no column of numbers says by itself which it is
YEARS_OF_EVENTS = 8  # a birth date is at least this many years before the quarter
DISTINCT = frozenset({"date", "outward_postcode", "map_point", "sex", "time"})  # treatments that content alone can tell
# Numbers that count nothing.
_MEASURES = frozenset(["gravity", "seriousness", "score", "scores", "tier", "risk", "rank", "grade", "level", "points", "weight", "age", "year", "week", "rate", "order", "index", "version", "priority", "band"])  # fmt: skip
_MEETINGS = frozenset({"marac", "meeting", "conference", "panel", "court", "hearing", "sentence", "review"})
NOTHING = frozenset({"", "none", "drop", "-", "not kept", "nothing"})
BIRTH_DATE = "birth_date"
UNKNOWN_HEADING = "not a field of this data set"
_PERSONS = ("case_number", "national_number", "name", BIRTH_DATE)


@dataclass(frozen=True)
class Match:
    """What one column was taken for: a target, a birth date, or nothing that is kept."""

    column: int
    heading: str
    target: Target | None
    confidence: float
    why: str  # name, content, confirmed, or what the dropped column holds

    @property
    def is_birth_date(self) -> bool:
        """Tell whether the column holds birth dates."""
        return self.target is None and self.why == BIRTH_DATE


@dataclass(frozen=True)
class Matching:
    """All columns of a table matched; `doubts` are the matches too unsure to use."""

    matches: tuple[Match, ...]
    doubts: tuple[Match, ...] = ()

    def of(self, name: str) -> tuple[Match, ...]:
        """Return the columns of a target, in the file's order."""
        return tuple(match for match in self.matches if match.target is not None and match.target.name == name)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the targets that were found."""
        return frozenset(match.target.name for match in self.matches if match.target is not None)


def match_columns(
    headings: Sequence[str],
    columns: Sequence[Cells],
    targets: Sequence[Target],
    year: int,
    mapping: Mapping[str, str] | None = None,
    told: Mapping[int, str] | None = None,
) -> Matching:
    """Match columns to targets.

    Args:
        headings: one for each column, as sent.
        columns: their values as text.
        targets: what the columns may hold.
        year: the year of the quarter, to tell birth dates from dates of events.
        mapping: heading -> target's name, or 'none': what the sender answered or confirmed last time.
        told: column -> target's name, or '' for counts of another quarter: what a table of counts says by itself.
    """
    matcher = _Matcher(headings, [sample_of(column) for column in columns], targets, year)
    matcher.take_confirmed(mapping or {})
    matcher.take_told(told or {})
    matcher.set_births_aside()
    matcher.take_best(0.7)
    matcher.take_weak()
    matcher.take_by_content()
    matcher.take_days_of_times()
    return matcher.result()


class _Matcher:
    """Hold what is matched so far while the passes go from sure to less sure."""

    def __init__(
        self, headings: Sequence[str], samples: Sequence[Sample], targets: Sequence[Target], year: int
    ) -> None:
        self.headings, self.samples, self.targets, self.year = headings, samples, targets, year
        self.said = [said_by_heading(heading) for heading in headings]
        self.taken: dict[int, Match] = {}
        self.used: dict[str, int] = {}
        self.doubts: list[Match] = []
        self.counts = sum(target.treatment == "count" and target.listed for target in targets)
        self.equal: set[str] = set()  # targets that two columns could be alike: asked about, never chosen

    def free(self) -> list[int]:
        return [column for column in range(len(self.headings)) if column not in self.taken]

    def open_targets(self) -> list[Target]:
        return [
            target
            for target in self.targets
            if self.used.get(target.name, 0) < target.many and target.name not in self.equal
        ]

    def take(self, column: int, target: Target | None, confidence: float, why: str) -> None:
        self.taken[column] = Match(column, self.headings[column], target, round(min(1.0, confidence), 2), why)
        if target is not None:
            self.used[target.name] = self.used.get(target.name, 0) + 1

    def take_confirmed(self, mapping: Mapping[str, str]) -> None:
        wanted = {key(heading): name for heading, name in mapping.items()}
        by_name = {target.name: target for target in self.targets}
        for column, heading in enumerate(self.headings):
            name = mapping.get(self._shown(column))
            name = name or mapping.get(heading, wanted.get(key(heading)) if heading.strip() else None)
            if name is None:
                continue
            if name == BIRTH_DATE or name.lower() in NOTHING:
                self.take(column, None, 1.0, BIRTH_DATE if name == BIRTH_DATE else "confirmed")
            elif name in by_name:
                self.take(column, by_name[name], 1.0, "confirmed")

    def take_told(self, told: Mapping[int, str]) -> None:
        by_name = {target.name: target for target in self.targets}
        for column in self.free():
            if column in told:
                target = by_name.get(told[column])
                self.take(column, target, _TOLD, "content" if target is not None else "another quarter")

    def _shown(self, column: int) -> str:
        """Return a heading as the report shows it, so that an answer by that name finds its column."""
        heading = safe_heading(self.headings[column])
        before = [safe_heading(each) for each in self.headings[:column]].count(heading)
        return f"{heading} ({before + 1})" if before and heading else heading or f"column {letters(column)}"

    def set_births_aside(self) -> None:
        for column in self.free():
            dropped = dropped_score(self.said[column])
            named_birth = dropped.what == BIRTH_DATE and dropped.score > 0.8  # noqa: PLR2004 - one slip in a name
            if named_birth or is_births(self.samples[column].values, self.year - YEARS_OF_EVENTS):
                self.take(column, None, 1.0 if named_birth else 0.8, BIRTH_DATE)

    def score(self, column: int, target: Target) -> float:
        name = name_score(self.said[column], target)
        if not name:
            return 0.0
        if target.treatment == "count" and _names_each(self.samples[column]):
            return 0.0  # 'Offender', with a name in each row
        content = fit(self.samples[column], target)
        # A column that holds nothing gives way to one that does.
        return name * _EMPTY if content is None else name * (0.5 + 0.5 * content)

    def take_best(self, least: float) -> None:
        """Take the matches by name that their content bears out, best first."""
        found = []
        for column in self.free():
            dropped = dropped_score(self.said[column]).score
            for order, target in enumerate(self.targets):
                name = name_score(self.said[column], target)
                score = self.score(column, target) if name > WEAK and name >= dropped else 0.0
                if score >= least and not self._gives_way(column, target):
                    found.append((-score, -name, column, order, target))
        for negative, _name, column, _order, target in sorted(found, key=lambda each: each[:4]):
            if column in self.taken or target.name in self.equal or not self._has_room(column, target):
                continue
            rivals = [other for _, _, other, _, wanted in found if wanted is target and other not in self.taken]
            alike = [other for other in rivals if other != column and self._are_equal(column, other, target)]
            if alike:
                self.equal.add(target.name)
                self.doubts += [Match(each, self.headings[each], target, _ASKED, "name") for each in (column, *alike)]
            else:
                self.take(column, target, -negative, "name")

    def _are_equal(self, column: int, other: int, target: Target) -> bool:
        """Tell whether two columns of one heading and other values could be the one category or count alike."""
        if target.treatment == "count" and target.many == 1 and not self.used.get(target.name):
            same = self.samples[column].values == self.samples[other].values
            return key(self.headings[column]) == key(self.headings[other]) and not same
        if target.treatment != "category" or target.many > 1 or is_icd(target.codes) or self.used.get(target.name):
            return False
        shares = [coded_share(self.samples[each], target) for each in (column, other)]
        headed = key(self.said[column]) == key(self.said[other])
        same = self.samples[column].values == self.samples[other].values
        return min(shares) > 0 and shares[0] == shares[1] and headed and not same

    def _gives_way(self, column: int, target: Target) -> bool:
        """Tell whether a column that is headed as a category holds none of its list, or half as much as one with little else."""
        if target.treatment != "category" or not target.codes:
            return False
        own = coded_share(self.samples[column], target)
        says_little = own <= _HARDLY and self.samples[column].distinct <= _FEW < self.samples[column].filled
        return any(
            coded_share(self.samples[other], target)
            > (_SOME if says_little and self._says_more(other, column, target) else max(_MOST, 2 * own))
            and (own <= _HARDLY or key(self.said[other]) not in target.weak)
            for other in self.free()
            if other != column and dropped_score(self.said[other]).score < _TOLD and not _is_flags(self.samples[other])
        )

    def _says_more(self, column: int, than: int, target: Target) -> bool:
        """Tell whether a column is headed as a category too and has more values: 'Sub Type' beside 'Case Type', which is 'ASB' in each row."""
        headed = name_score(self.said[column], target) >= WEAK
        return headed and self.samples[column].distinct > self.samples[than].distinct

    def _has_room(self, column: int, target: Target) -> bool:
        """Tell whether a target takes one column more: of diagnoses, each that holds codes of its list."""
        used = self.used.get(target.name, 0)
        return not used or (
            used < target.many and (not is_icd(target.codes) or coded_share(self.samples[column], target) > 0)
        )

    def take_weak(self) -> None:
        """Take weaker names for targets that have no column yet, and the further parts of a place."""
        found = []
        for column in self.free():
            dropped = dropped_score(self.said[column])
            for order, target in enumerate(self.open_targets()):
                name, score = name_score(self.said[column], target), self.score(column, target)
                is_weak_name = key(self.said[column]) in target.weak
                if self.used.get(target.name) and not ((is_weak_name and dropped.score < 1) or name > WEAK):
                    continue
                if dropped.score > max(name, 0.7) and not (is_weak_name and self._may_stand(column, target)):
                    continue
                if score >= _ASKED and not self._gives_way(column, target) and not self._says_other(column, target):
                    found.append((-score, column, order, target))
        for negative, column, _order, target in sorted(found, key=lambda each: each[:3]):
            if column in self.taken or not self._has_room(column, target):
                continue
            # What cannot be read of a column that is surely headed as the date is told cell by cell.
            sure = target.treatment == "date" and name_score(self.said[column], target) >= _SURE_NAME
            if sure or -negative >= LIMIT - 0.05:
                self.take(column, target, max(-negative, LIMIT), "name")
            elif not self.used.get(target.name):
                self.doubts.append(Match(column, self.headings[column], target, round(-negative, 2), "name"))

    def _says_other(self, column: int, target: Target) -> bool:
        """Tell whether a heading that may say a place or an area says the other: 'Locality' is the area of a file that has a place and no area."""
        heads = {each.name for each in self.targets if key(self.said[column]) in each.weak}
        if not heads >= {"location", "area"}:
            return False
        return target.name == ("location" if self.used.get("location") and not self.used.get("area") else "area")

    def _may_stand(self, column: int, target: Target) -> bool:
        """Tell whether a column that is usually dropped may stand for a field that nothing else holds."""
        sample = self.samples[column]
        if target.treatment == "category":
            return not sample.is_narrative and sample.length < 40  # noqa: PLR2004 - longer values are remarks
        return (fit(sample, target) or 0.0) >= LIMIT

    def take_by_content(self) -> None:
        """Take columns whose heading says nothing by what they hold, where only one thing fits."""
        for target in self.open_targets():
            if self.used.get(target.name) or (not target.listed and target.name != "outward_postcode"):
                continue
            found = [(score, column) for column in self.free() if (score := self._content(column, target)) >= _ASKED]
            if not found:
                continue
            score, column = max(found, key=lambda each: (each[0], -each[1]))
            rivals = [other for each, other in found if other != column and each >= score - 0.05]
            if score >= LIMIT and not rivals:
                self.take(column, target, score, "content")
            else:
                self.doubts += [
                    Match(each, self.headings[each], target, round(min(score, 0.59), 2), "content")
                    for each in (column, *rivals)
                ]

    def take_days_of_times(self) -> None:
        """Take a column of times that hold their day too for the dates ('Call Time').

        The file has no other then, or only the day of another thing: when somebody wrote it down ('Created').
        """
        target = next((each for each in self.targets if each.name == "date"), None)
        held = next((match for match in self.taken.values() if match.target is target), None)
        if target is None or (held is not None and not self._is_of_writing(held)):
            return
        for column, match in self.taken.items():
            name = match.target.name if match.target is not None else ""
            is_own = held is None or not synonyms().late & set(words(self.said[column]))
            if name == "time" and is_own and self.samples[column].dates >= _MOSTLY_DAYS:
                if held is not None:
                    self.take(held.column, None, 0.5, "another day than the time's own")
                    self.used["date"] -= 1
                self.used["time"] -= 1
                self.take(column, target, match.confidence, "content")
                return

    def _is_of_writing(self, match: Match) -> bool:
        """Tell whether a column was taken for the date only by what it holds, or says when somebody wrote it down."""
        late = synonyms().late & set(words(self.said[match.column]))
        return match.why != "confirmed" and (match.why == "content" or bool(late))

    def _content(self, column: int, target: Target) -> float:
        dropped = dropped_score(self.said[column])
        if dropped.score >= 0.8:  # noqa: PLR2004 - the heading says that it is something else
            return 0.0
        sample = self.samples[column]
        content = fit(sample, target) or 0.0
        if target.treatment == "count":
            says_other = (
                bool(_MEASURES & set(words(self.said[column])))
                or names_other_than_count(self.said[column])
                or any("." in name for name in self.used)
                or self.counts > _TELLABLE_COUNTS
            )
            return LIMIT * content if content >= _SURE_CONTENT and not says_other else 0.0
        if target.treatment in DISTINCT:
            of_time = target.treatment == "time" and sample.dates >= _MOSTLY_DAYS
            of_meeting = target.treatment == "date" and bool(_MEETINGS & set(words(self.said[column])))
            is_number = (
                target.treatment == "sex" and sample.whole > _MOST
            )  # 1 and 0 say no sex where the heading says none
            is_other = of_time or of_meeting or is_number  # when something else happened
            return _BY_CONTENT * content if content >= _SURE_CONTENT and not is_other else 0.0
        if target.treatment == "category":
            coded = coded_share(sample, target)
            return _BY_CONTENT * coded if coded > _MOST else _ASKED * (coded > _SOME or is_worded(sample, target))
        if target.treatment == "location":
            return 0.55 * value_shapes.containing(value_shapes.STREET, sample.values) if sample.length < 60 else 0.0  # noqa: PLR2004 - longer values are remarks
        return 0.0

    def result(self) -> Matching:
        for column in self.free():
            dropped = dropped_score(self.said[column])
            self.take(column, None, max(dropped.score, 0.5), dropped.what or UNKNOWN_HEADING)
        matches = tuple(self.taken[column] for column in sorted(self.taken))
        filled = {match.target.name for match in matches if match.target is not None}
        doubts = tuple(doubt for doubt in self.doubts if doubt.target is not None and doubt.target.name not in filled)
        return Matching(matches, tuple(replace(doubt) for doubt in doubts))


def _names_each(sample: Sample) -> bool:
    """Tell whether a column says something of its own in nearly each row, and no number: it names, and counts nothing."""
    return sample.distinct > max(_FEW, _MOST * sample.filled) and not any(map(is_counted, sample.values))


def _is_flags(sample: Sample) -> bool:
    return all(is_flag(value) for value in sample.values)


def person_column(matching: Matching) -> int | None:
    """Return the column that tells one person from another, used in memory only."""
    for what in _PERSONS:
        for match in matching.matches:
            if match.target is None and match.why == what:
                return match.column
    return None
