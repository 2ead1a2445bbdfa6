"""Papers on data protection: made from the portal's own records, sealed, signed by named people, reviewed, exported."""

import csv
import io
import json
import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from portal.accountability.papers import making
from portal.accountability.papers.answers import answers, save_answers
from portal.accountability.papers.files import paper_file
from portal.accountability.papers.kinds import PaperSubject, paper_kind, paper_kinds, told
from portal.accountability.papers.making import UnfinishedPaperError, make_paper, sign_paper
from portal.accountability.papers.sections import PaperSection, as_csv
from portal.accountability.papers.views import open_paper, paper_history, paper_lines, subjects
from portal.agreement.verification import check_pdf
from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.document_status import ROOMS
from portal.duties.scheduled.deletions import delete_what_is_past
from portal.ground.act import PUBLIC, Role
from portal.ground.errors import AlreadyDoneError, NotFoundError
from portal.ground.page_access import BY_ADDRESS
from portal.ground.settings import ROOT, load_settings
from portal.retention.purposes import PURPOSES
from portal.rules.datasets.catalogue import data_sets
from tests.builders import a_person
from tests.request_builders import a_district, a_request
from tests.statement_builders import a_statement_in_force

SECRET = "Caroline Dover, 01632 960999"


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.fixture
def officer(act, district):
    return act.as_(a_person(act, "Owen Pugh", Role.OFFICER))


def of(kind, organisation_id=None, data_set=""):
    return PaperSubject(kind=paper_kind(kind), organisation_id=organisation_id, data_set=data_set)


def filled(act, subject, **more):
    save_answers(act, subject, {one.key: f"About {one.key}." for one in subject.kind.questions} | more)


def made(act, subject, key="k"):
    filled(act, subject)
    return make_paper(act, subject, key=key)


def said(act, code):
    return json.dumps([vars(one) for one in open_paper(act, code).sections], ensure_ascii=False)


def standing(act, code):
    return next(one for one in paper_lines(act) if one.subject.code == code).stands(act.at.date())


def of_papers(act):
    return [one for one in duties_of(act) if one.kind.value == "accountability"]


def test_the_record_of_an_organisation_says_what_it_really_does_and_with_whom(act, district):
    mine = act.as_(district.clerk)
    record = of("processing_record", district.parish.id)
    assert ": nothing was asked so far" in said(mine, record.code)
    a_request(act, district)
    a_statement_in_force(act, district)
    told_now = said(mine, record.code)
    assert "6 years from the answer" in told_now
    assert "encrypted" in told_now
    (done,) = (one for one in open_paper(mine, record.code).sections if one.title == "What is done")
    asks = dict(zip(done.headings, next(row for row in done.rows if ": it asks" in row[0]), strict=True))
    assert asks["Who receives it"] == "Anyshire Police", "the partners it really asked, not all that signed"
    assert asks["Why"] == "To prevent crime and disorder and to account for it", "not what a statement is for"
    assert any(row[0] == "Regular sharing under signed statements" for row in done.rows)
    assert "Laws named: Crime and Disorder Act 1998, " in asks["Law and basis"]
    assert "Part 3" not in told_now.replace("work under Part 3", "").split("What is done")[0]
    force = said(act.as_(district.inspector), of("processing_record", district.police.id).code)
    assert "section 61" in force
    assert "Quarterly return" in force
    assert "Signed partners see counts with nothing withheld" in force
    assert "Attendance lists, scans of signed papers, and guests: 24 months from the meeting" in force


def test_the_partnerships_record_is_the_table_of_its_privacy_page_and_names_who_has_signed(act, officer, district):
    words = said(officer, of("processing_record").code)
    assert all(one.activity in words and one.basis in words and one.people in words for one in PURPOSES)
    assert district.parish.name in words


def test_each_reads_and_keeps_its_own_papers_and_nobody_anothers(act, officer, district):
    ours, theirs = of("policy", district.parish.id), of("policy")
    mine, chair = act.as_(district.clerk), act.as_(a_person(act, "Cher Chair", Role.CHAIR))
    paper = made(mine, ours)
    assert {one.organisation_id for one in subjects(mine)} == {district.parish.id}
    for who, subject in (
        (officer, ours),
        (act.as_(district.inspector), ours),
        (mine, theirs),
        (act.as_(PUBLIC), theirs),
    ):
        for refused in (
            lambda who, subject: open_paper(who, subject.code),
            answers,
            lambda who, subject: save_answers(who, subject, {}),
            lambda who, subject: make_paper(who, subject, key="x"),
            lambda who, subject: paper_history(who, subject.code),
        ):
            with pytest.raises(NotFoundError):
                refused(who, subject)
    for who in (officer, act.as_(PUBLIC), act.as_(district.inspector)):
        with pytest.raises(NotFoundError):
            paper_file(who, paper, "pdf")
        with pytest.raises(NotFoundError):
            sign_paper(who, paper)
    assert open_paper(chair, theirs.code).sections
    with pytest.raises(NotFoundError):
        make_paper(chair, theirs, key="x")
    with pytest.raises(NotFoundError):
        sign_paper(mine, paper)  # a clerk keeps it; whoever decides for the parish signs it
    sign_paper(act.as_(district.parish_approver), paper)


def test_no_paper_comes_signed_and_two_people_sign_what_the_records_say_today(act, officer):
    subject = of("dpia")
    assert "the attacks AZ4 and AZ7 of the security page" in said(officer, subject.code)
    first = make_paper(officer, subject, key="empty")
    assert make_paper(officer, subject, key="empty") == first
    assert standing(officer, subject.code) == ("Made on 25 November 2026. Signed by 0 of 2", "waiting")
    with pytest.raises(UnfinishedPaperError):
        sign_paper(officer, first)  # nothing was answered
    filled(officer, subject)
    with pytest.raises(UnfinishedPaperError):
        sign_paper(officer, first)  # it does not say what was answered since
    second = make_paper(officer, subject, key="whole")
    for _ in range(2):
        sign_paper(officer, second)
    assert make_paper(officer, subject, key="the page was drawn anew, or another tab") == second
    assert "Signed by 1 of 2" in standing(officer, subject.code)[0]
    manager = act.as_(a_person(act, "Max Manager", Role.MANAGER))
    assert [one.href for one in of_papers(manager)] == ["/accountability-paper?subject=dpia::"]
    sign_paper(replace(manager, at=act.at + timedelta(hours=1)), second)
    assert standing(officer, subject.code) == (
        "Signed by Owen Pugh and Max Manager. Review by 25 November 2027",
        "done",
    )
    assert of_papers(manager) == []
    with pytest.raises(AlreadyDoneError):
        sign_paper(act.as_(a_person(act, "Cher Chair", Role.CHAIR)), second)
    heard = check_pdf(act.as_(PUBLIC), paper_file(officer, second, "pdf")[1], ROOMS)
    assert heard.good
    assert "It is signed by 2 people of 2." in heard.sentences
    replaced = check_pdf(act.as_(PUBLIC), paper_file(officer, first, "pdf")[1], ROOMS)
    assert "A newer one took its place on 25 November 2026." in replaced.sentences


def test_what_changed_since_shows_and_takes_no_signature(act, officer):
    subject = of("policy")
    paper = made(officer, subject)
    filled(officer, subject, conditions="Schedule 1 paragraph 10.")
    assert standing(officer, subject.code)[0] == "Something has changed since it was made"
    assert not open_paper(officer, subject.code).may_sign
    with pytest.raises(UnfinishedPaperError):
        sign_paper(officer, paper)


def test_each_regular_sharing_has_its_own_and_a_review_that_is_late_is_asked_for(act, officer):
    sets = {one.id for one in data_sets()}
    assert {one.data_set for one in subjects(officer)} - {""} == sets
    subject = of("sharing_dpia", data_set=min(sets))
    sign_paper(officer, made(officer, subject))
    assert of_papers(officer) == []
    ahead = [one.on for one in coming(officer) if subject.code in one.href]
    assert ahead == [date(2027, 11, 25)], "it stands in the calendar from the day it is made"
    (soon,) = of_papers(replace(officer, at=act.at + timedelta(days=340)))
    assert (soon.due, soon.late) == (date(2027, 11, 25), False)
    (late,) = of_papers(replace(officer, at=act.at + timedelta(days=366)))
    assert late.late
    assert "was due on 25 November 2027" in late.sentence
    assert standing(replace(officer, at=act.at + timedelta(days=366)), subject.code)[1] == "stopped"


def test_terms_are_a_draft_until_an_adviser_checked_them(act, officer):
    for kind in ("terms_controllers", "terms_processor"):
        assert "It binds nobody until" in said(officer, of(kind).code)
        filled(officer, of(kind), checked=SECRET)
        words = said(officer, of(kind).code)
        assert "It binds nobody until" not in words
        assert SECRET in words


def test_it_is_had_as_a_spreadsheet_and_for_machines_and_each_opening_is_recorded(act, officer):
    subject = of("processing_record")
    filled(officer, subject, dpo=SECRET)
    paper = make_paper(officer, subject, key="k")
    rows = list(csv.reader(io.StringIO(paper_file(officer, paper, "csv")[1].decode("utf-8-sig"))))
    assert [
        "Section",
        "What is done",
        "Why",
        "Whose information",
        "Which",
        "Who receives it",
        "Law and basis",
        "Kept for",
    ] in rows
    machine = json.loads(paper_file(replace(officer, at=act.at + timedelta(days=1)), paper, "json")[1])
    assert {len(row) for one in machine if one["title"] == "What is done" for row in one["rows"]} == {7}
    assert SECRET in json.dumps(machine)
    assert [what for _, what, _ in paper_history(officer, subject.code)].count("opened a paper on data protection") == 2
    assert "'=1+1" in as_csv([PaperSection(title="=1+1", paragraphs=("x",))])


def test_what_was_replaced_goes_after_six_years_with_its_signatures(act, officer, tmp_path):
    subject = of("checklist")
    first = made(officer, subject)
    sign_paper(officer, first)
    newest = make_paper(replace(officer, at=act.at + timedelta(days=1)), subject, key="newer")

    def gone(days):
        ran = delete_what_is_past(replace(act, at=act.at + timedelta(days=days)), load_settings({}, folder=tmp_path))
        return {one.rule.id: one.count for one in ran}["accountability"]

    assert (gone(6 * 365), gone(6 * 366)) == (0, 1)
    with pytest.raises(NotFoundError):
        paper_file(officer, first, "pdf")
    assert paper_file(officer, newest, "pdf")


def test_two_who_sign_at_the_same_moment_lose_neither_signature(act, officer, monkeypatch):
    subject = of("dpia")
    paper, manager = made(officer, subject), act.as_(a_person(act, "Max Manager", Role.MANAGER))
    sealed = making.sealed_pdf

    def meanwhile(*given):
        monkeypatch.setattr(making, "sealed_pdf", sealed)
        sign_paper(manager, paper)
        return sealed(*given)

    monkeypatch.setattr(making, "sealed_pdf", meanwhile)
    with pytest.raises(AlreadyDoneError):
        sign_paper(officer, paper)
    sign_paper(officer, paper)
    assert standing(officer, subject.code)[1] == "done"


def test_what_the_papers_point_to_exists():
    clauses = {one["id"] for one in tomllib.loads((ROOT / "docs" / "clauses.toml").read_text("utf-8"))["clause"]}
    threats = set(re.findall(r"\b[A-Z]{2}\d+\b", (ROOT / "docs" / "security.md").read_text("utf-8")))
    risks, proven = told("dpia")["risk"], told("measures")["measure"]
    assert {one for risk in risks for one in risk["clauses"]} <= clauses
    assert {one for row in (*risks, *proven) for one in row["threats"]} <= threats
    pages = [one["pages"] for one in told("policy")["principle"]]
    pages += [point["pages"] for group in told("checklist")["group"] for point in group["points"]]
    assert {page for row in pages for page in row} <= set(BY_ADDRESS)
    assert all(one.read for one in paper_kinds())
    assert all(risk["clauses"] or risk["threats"] for risk in risks), "a risk that nothing proves to be met"


def test_a_paper_that_waits_for_signatures_says_so_and_a_title_stays_with_what_it_is_over(act, officer, district):
    subject = of("processing_record")
    paper = PdfReader(io.BytesIO(paper_file(officer, made(officer, subject), "pdf")[1]))
    pages = [" ".join(page.extract_text().split()) for page in paper.pages]
    assert "Not signed yet It counts once 1 more person has signed it." in pages[0]
    assert any("What is done" in page and f"{PURPOSES[0].activity} Why" in page for page in pages)
    sign_paper(officer, made(officer, subject))
    signed = paper_file(officer, made(officer, subject), "pdf")[1]
    assert "It counts once" not in PdfReader(io.BytesIO(signed)).pages[0].extract_text()
