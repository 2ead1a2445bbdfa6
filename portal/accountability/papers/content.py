"""The sections of each paper, built from the portal's own records and what was answered; nothing is made up."""

from collections.abc import Callable, Mapping, Sequence

from sqlmodel import Session

from models.organisations import Organisation
from portal.accountability.papers.activities import (
    HEADINGS,
    measures,
    organisation_activities,
    partnership_activities,
    recipients_in_force,
)
from portal.accountability.papers.kinds import PaperSubject, told
from portal.accountability.papers.sections import PaperSection
from portal.ground.act import Act
from portal.ground.partnership import facts
from portal.ground.wording import listed, today
from portal.retention.schedule import schedule
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.treatment_words import TREATMENT_WORDS
from portal.rules.edition.editions import edition_in_force

NOT_SAID = "Not answered yet"
_DRAFT = "This is a draft of the makers of the portal, not legal advice. It binds nobody until your own adviser has checked it and two people have signed."


def sections_of(session: Session, act: Act, subject: PaperSubject, said: Mapping[str, str]) -> tuple[PaperSection, ...]:
    """Build a paper as the portal's records stand now."""
    first = PaperSection(
        title="About this paper",
        headings=("Point", "What it says"),
        rows=(
            ("For", owner_name(session, act, subject)),
            ("Law", subject.kind.law),
            (
                "What was read of the law for it",
                f"{subject.kind.read}{'' if subject.kind.verified else ' Check the rest before you rely on it.'}",
            ),
            ("Agreement", edition_in_force(today(act.at)).about.short_title),
        ),
    )
    return (first, *_BUILDERS[subject.kind.id](session, act, subject, said))


def owner_name(session: Session, act: Act, subject: PaperSubject) -> str:
    """Name whose paper it is."""
    if subject.organisation_id is None:
        return facts(act.store).name
    return session.get_one(Organisation, subject.organisation_id).name


def _answered(subject: PaperSubject, said: Mapping[str, str], title: str = "What the body itself says") -> PaperSection:
    """Give what was asked with its answer; what need not be answered stands there only where it was."""
    asked = [one for one in subject.kind.questions if one.needed or said.get(one.key)]
    rows = tuple((one.prompt, said.get(one.key, "") or NOT_SAID) for one in asked)
    return PaperSection(title=title, headings=("Question", "Answer"), rows=rows)


def _processing_record(
    session: Session, act: Act, subject: PaperSubject, said: Mapping[str, str]
) -> tuple[PaperSection, ...]:
    ours = subject.organisation_id
    done = organisation_activities(session, act, ours) if ours else partnership_activities()
    of = edition_in_force(today(act.at))
    kind = session.get_one(Organisation, ours).kind if ours else ""
    part3 = bool(ours) and of.has_kind(kind) and of.kind(kind).competent_authority
    about = [
        "No profiling of people is done in the portal, and no decision about a person is made by a machine.",
        "Information is kept and erased as the appropriate policy document says. How long each kind is kept stands above, under What is done.",
    ]
    if part3:
        about.append(
            "What is done for law enforcement falls under Part 3 of the Data Protection Act 2018 (section 61). The condition of "
            f"Schedule 8 for sensitive data: {said.get('schedule8') or NOT_SAID}"
        )
    return (
        _answered(subject, said, "Who answers for it"),
        PaperSection(title="What is done", headings=HEADINGS, rows=tuple(one.row for one in done)),
        PaperSection(title="How it is done", paragraphs=tuple(about)),
        PaperSection(
            title="Partners that may receive it", items=recipients_in_force(session) or ("Nobody has signed yet",)
        ),
        PaperSection(title="How it is kept secure", items=(*measures(), *filter(None, (said.get("security", ""),)))),
    )


def _dpia(_session: Session, _act: Act, subject: PaperSubject, said: Mapping[str, str]) -> tuple[PaperSection, ...]:
    known = told("dpia")
    risks = tuple(
        (
            one["risk"],
            one["harm"],
            f"{one['likelihood']}, {one['severity']}".capitalize(),
            "".join(f"{measure}. " for measure in one["meets"]).strip(),
            _proof(one["clauses"], one["threats"]),
        )
        for one in known["risk"]
    )
    return (
        PaperSection(title="What is done", items=tuple(known["describes"])),
        PaperSection(title="Why it is needed, and no more than that", items=tuple(known["needed"])),
        PaperSection(
            title="The risks to people, and what meets them",
            paragraphs=("How likely and how harmful is the makers' proposal. Whoever signs weighs it anew.",),
            headings=("Risk", "Harm", "Likelihood and harm, if nothing met it", "What meets it", "What proves it"),
            rows=risks,
        ),
        PaperSection(title="How it is kept secure", items=measures()),
        _answered(subject, said),
    )


def _proof(clauses: Sequence[str], threats: Sequence[str]) -> str:
    """Name what in this build proves a measure: the tests of clauses of the agreement, and of threats."""
    found = [f"the tests of the {'clause' if len(clauses) == 1 else 'clauses'} {listed(clauses)}"] if clauses else []
    if threats:
        found.append(f"the {'attack' if len(threats) == 1 else 'attacks'} {listed(threats)} of the security page")
    said = listed(found)
    return said[:1].upper() + said[1:]


def _sharing_dpia(
    _session: Session, act: Act, subject: PaperSubject, said: Mapping[str, str]
) -> tuple[PaperSection, ...]:
    found, of = data_set(subject.data_set), edition_in_force(today(act.at))
    policy = [
        "Names and other identifiers are looked for in every cell, and taken out before anything is kept.",
        f"A figure of fewer than {found.threshold} is withheld from the public, with as many others as would give it away.",
        "Partners that have signed see counts by place and hour with nothing withheld, so that they can act on them.",
    ]
    if found.asked.home_risk or found.asked.home_risk_categories:
        policy.append("Some places may be homes. Of those only the first half of the postcode and the area are kept.")
    if any(field.treatment == "location" for field in found.fields):
        policy.append("A row that tells of a sexual offence keeps neither its street nor its map point.")
    if found.asked.notes:
        policy.append(found.asked.notes)
    return (
        PaperSection(
            title=found.title,
            headings=("Point", "What it says"),
            rows=(
                ("What it covers", found.asked.covers),
                ("Law", found.asked.law or "The agreement, Appendix 1"),
                (
                    "Who sends it",
                    of.kind(found.provider(of.id)).title if of.has_kind(found.provider(of.id)) else "Nobody",
                ),
                ("A row is", "one event" if found.level == "record" else "a count"),
            ),
        ),
        PaperSection(
            title="What is kept of each field",
            headings=("Field", "What is done with it"),
            rows=tuple((one.label, TREATMENT_WORDS.get(one.treatment, "Kept as it is")) for one in found.fields),
        ),
        PaperSection(title="What could point to a person, and what meets it", items=tuple(policy)),
        _answered(subject, said),
    )


def _policy(_session: Session, _act: Act, subject: PaperSubject, said: Mapping[str, str]) -> tuple[PaperSection, ...]:
    rows = tuple((one["name"], one["keeps"]) for one in told("policy")["principle"])
    times = tuple((one.what, f"{one.keep.words} from {one.counts_from}", one.destroyed) for one in schedule().rules)
    return (
        _answered(subject, said),
        PaperSection(title="How each principle is kept", headings=("Principle", "How"), rows=rows),
        PaperSection(
            title="How long it is kept, and how it goes", headings=("What", "How long", "How it goes"), rows=times
        ),
        PaperSection(
            title="This document",
            paragraphs=(
                "It is kept while the conditions are relied on and for six months after.",
                "It is reviewed by the day at its end, and given to the Information Commissioner on request without charge.",
            ),
        ),
    )


def _terms(name: str) -> Callable[[Session, Act, PaperSubject, Mapping[str, str]], tuple[PaperSection, ...]]:
    def build(_session: Session, _act: Act, subject: PaperSubject, said: Mapping[str, str]) -> tuple[PaperSection, ...]:
        known = told("terms")[name]
        adopted = all(said.get(one.key) for one in subject.kind.questions if one.needed)
        return (
            *(() if adopted else (PaperSection(title="Draft", paragraphs=(_DRAFT,)),)),
            PaperSection(
                title="Terms",
                paragraphs=(known["begin"],),
                headings=("Point", "What is agreed"),
                rows=tuple((one["title"], one["text"]) for one in known["term"]),
            ),
            _answered(subject, said, "Checked by your own adviser"),
        )

    return build


def _checklist(
    _session: Session, _act: Act, subject: PaperSubject, said: Mapping[str, str]
) -> tuple[PaperSection, ...]:
    return (
        *(
            PaperSection(
                title=group["title"],
                paragraphs=()
                if group["read"]
                else ("These points were not read word for word. Compare them with the code.",),
                headings=("Point", "What meets it", "Page"),
                rows=tuple(
                    (one["ask"], one["met"], listed([f"/{page}" for page in one["pages"]])) for one in group["points"]
                ),
            )
            for group in told("checklist")["group"]
        ),
        _answered(subject, said),
    )


_BUILDERS: dict[str, Callable[[Session, Act, PaperSubject, Mapping[str, str]], tuple[PaperSection, ...]]] = {
    "processing_record": _processing_record,
    "dpia": _dpia,
    "sharing_dpia": _sharing_dpia,
    "policy": _policy,
    "terms_controllers": _terms("controllers"),
    "terms_processor": _terms("processor"),
    "checklist": _checklist,
}
