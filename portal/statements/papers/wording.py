"""The words of a sharing statement: the edition's questions, what was answered, and the hash that signatures are for."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.ground.errors import AnswersNeededError
from portal.ground.input.required_words import needed_words
from portal.ground.wording import one_line, paragraphs
from portal.meetings.closed_session.purposes import TITLES
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.forms import Marking, MarkingGround, StatementField
from portal.rules.forms.handling import suggest_marking
from portal.rules.gateways.fit import offered

LONGEST_TITLE = 120
LONGEST_ANSWER = 5000
MOST_POSTS = 8  # for each party; more than that do not run a sharing day to day
_HIGHEST_RANK = 2  # what is marked higher is not shared by way of this portal (App 4)
_LAW = "lawful_basis"


@dataclass(frozen=True, kw_only=True)
class RunBy:
    """A post that runs the sharing, in one organisation. The organisation stands by its id."""

    organisation_id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class StatementWords:
    """Everything that a signature is for. `answers` maps an edition's field to text, or to a marking's id."""

    edition: str
    edition_hash: str
    title: str
    parties: tuple[str, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    gateways: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    posts: tuple[RunBy, ...] = ()

    @property
    def sha256(self) -> str:
        """Hash the words (canonical JSON): any change of them gives another hash."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()

    def as_json(self) -> str:
        """Write the words as canonical JSON, to be kept under seal."""
        content = {**vars(self), "answers": dict(self.answers), "posts": [vars(post) for post in self.posts]}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


WHY_LENGTH = 1000
WHY_NAMED = "why_named"  # the answer that says why information without names would not do; asked before any other
WHY_NAMED_ASKED = "Why information without names would not do"
AIM = "aim"  # the answer that chooses one of the aims of the agreement; asked with it
AIM_ASKED = "Which aim of the agreement it serves"


def begun_with(aim: str, why_named: str) -> dict[str, str]:
    """Give the answers that a statement begins with (clauses s2.purposes, s2.primarily-depersonalised).

    The aim is one of those of the agreement. Raises AnswersNeededError (aim, why_named).
    """
    problems, said = {}, paragraphs(why_named)
    if aim not in TITLES:
        problems[AIM] = "Choose which aim of the agreement it serves."
    if not said or len(said) > WHY_LENGTH:
        problems[WHY_NAMED] = f"Say why information without names would not do, in {WHY_LENGTH:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return {AIM: aim, WHY_NAMED: said}


def before_the_questions(words: StatementWords) -> list[tuple[str, str]]:
    """Give what was answered when the statement was begun, with how it is called: nothing where it was not asked yet."""
    said = words.answers
    rows = [(AIM_ASKED, TITLES.get(said[AIM], said[AIM]))] if AIM in said else []
    return rows + ([(WHY_NAMED_ASKED, said[WHY_NAMED])] if WHY_NAMED in said else [])


def words_from(kept: str) -> StatementWords:
    """Read words that `as_json` wrote."""
    content = json.loads(kept)
    return StatementWords(
        **{
            **content,
            **{name: tuple(content[name]) for name in ("parties", "gateways", "grounds")},
            "posts": tuple(RunBy(**post) for post in content["posts"]),
        }
    )


def written_fields(edition: Edition) -> tuple[StatementField, ...]:
    """List the edition's questions that are answered in writing, in its order; signatures come last and apart (App 5)."""
    fields = (one for one in edition.iss_fields if one.kind != "signature_list")
    return tuple(sorted(fields, key=lambda one: one.order))


def missing(edition: Edition, words: StatementWords) -> tuple[StatementField, ...]:
    """List the questions that must be answered before anybody signs; each party names a post that runs it."""
    open_fields = []
    for one in written_fields(edition):
        answered = (
            {post.organisation_id for post in words.posts} >= set(words.parties)
            if one.kind == "post_list"
            else bool(words.answers.get(one.key, "").strip())
        )
        if one.required and not answered:
            open_fields.append(one)
    return tuple(open_fields)


def markings_to_pick(edition: Edition) -> tuple[Marking, ...]:
    """List the markings that a sharing by way of this portal may have, the lowest first."""
    return tuple(
        sorted((one for one in edition.markings if one.rank <= _HIGHEST_RANK), key=lambda marking: marking.rank)
    )


def grounds_to_pick(edition: Edition) -> tuple[MarkingGround, ...]:
    """List the harms that call for a marking this portal may carry (App 3, App 4)."""
    known = {one.id for one in markings_to_pick(edition)}
    return tuple(one for one in edition.restricted_grounds if one.marking in known)


def suggested_marking(edition: Edition, grounds: tuple[str, ...]) -> Marking:
    """Suggest the marking that the grounds call for; the lowest where they call for none (clause app5.statement)."""
    return suggest_marking(edition, grounds).marking or markings_to_pick(edition)[0]


def checked_title(typed: str) -> str:
    """Clean the name of a sharing. Raises AnswersNeededError."""
    title = one_line(typed)
    if not title:
        raise AnswersNeededError({"title": "Enter a short name for this sharing, such as 'Incidents at pools'."})
    if len(title) > LONGEST_TITLE:
        raise AnswersNeededError({"title": f"The name must be {LONGEST_TITLE} characters or fewer."})
    return title


def checked_answer(edition: Edition, key: str, typed: str) -> str:
    """Clean the answer to one written question. Raises AnswersNeededError, KeyError for a question that is not there."""
    asked = {one.key: one for one in written_fields(edition)}[key]
    if asked.kind == "marking":
        if typed not in {one.id for one in markings_to_pick(edition)}:
            raise AnswersNeededError({key: "Choose a marking."})
        return typed
    return needed_words(typed, key, "Enter an answer. It may be short.", LONGEST_ANSWER)


def checked_gateways(edition: Edition, picked: tuple[str, ...], confirmed: frozenset[str]) -> tuple[str, ...]:
    """Keep the laws that the edition offers for personal data, each once (clauses s3.*)."""
    known = [one.id for one in offered(edition, confirmed)]
    return tuple(one for one in known if one in picked)


def asks_for_law(edition: Edition, key: str) -> bool:
    """Say whether a question is the one about the law, so that laws may be picked beside it."""
    return key == _LAW and any(one.key == _LAW for one in edition.iss_fields)


def checked_posts(organisation_id: str, titles: tuple[str, ...]) -> tuple[RunBy, ...]:
    """Clean the posts of one organisation. Raises AnswersNeededError."""
    kept = tuple(dict.fromkeys(title for title in map(one_line, titles) if title))
    if not kept:
        raise AnswersNeededError({"post_holders": "Enter a post, such as 'Neighbourhood inspector'."})
    if len(kept) > MOST_POSTS:
        raise AnswersNeededError({"post_holders": f"Name {MOST_POSTS} posts or fewer."})
    if any(len(title) > LONGEST_TITLE for title in kept):
        raise AnswersNeededError({"post_holders": f"A post must be {LONGEST_TITLE} characters or fewer."})
    return tuple(RunBy(organisation_id=organisation_id, title=title) for title in kept)
