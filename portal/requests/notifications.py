"""The letters of a request: a reference and a link, and nothing about a person, a case or who asks whom."""

from collections.abc import Iterable

from sqlmodel import Session

from models.accounts import Account
from models.requests import InformationRequest
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.outbox import Letter, post, settle

SUBJECTS = {
    "request-waiting": "A request is waiting for you",
    "request-unanswerable": "A request waits where nobody can answer it",
    "request-sent": "Your request was sent",
    "request-question": "There is a question about your request",
    "request-reply": "A question of yours was answered",
    "request-decided": "Your request was answered",
    "request-withdrawn": "A request was withdrawn",
    "request-reminder": "A request is still waiting for you",
    "request-urgent": "An urgent request is waiting for you",
    "request-record-due": "The full record of an urgent request is due",
    "request-record-complete": "The full record of an urgent request is complete",
    "request-record-overdue": "The full record of an urgent request is overdue",
    "request-assigned": "A request was given to you",
    "request-taken-back": "A request is no longer yours to see to",
    "request-received": "An answer of yours was received",
    "request-trouble": "Something is wrong with an answer you gave",
    "request-trouble-waits": "What is wrong with an answer still waits for you",
    "request-remedy": "The holder has replied about an answer",
    "request-receipt-due": "Say whether you have an answer",
    "request-gone": "What you shared is destroyed: here is the certificate",
    "request-kept-longer": "What you shared is kept longer",
    "request-keeping-objected": "What you received may not be kept longer",
    "request-keeping-over": "Is it gone? The time for which you may keep an answer is over",
    "request-consent-withdrawn": "A consent was taken back",
    "request-keeping-overdue": "An answer you gave is kept past its time",
}
_SAID = {
    "request-waiting": "A request for information is waiting for your organisation.",
    "request-unanswerable": "A request was sent to an organisation that has no approver here. Invite one.",
    "request-sent": "Your request was sent. You can read it, and see whose turn it is.",
    "request-question": "The organisation you asked has a question before it decides.",
    "request-reply": "The question that your organisation asked has an answer.",
    "request-decided": "The organisation you asked has decided. Sign in to read the answer.",
    "request-withdrawn": "A request to your organisation was withdrawn. You need do nothing more.",
    "request-reminder": "A request has been waiting for your answer for some days.",
    "request-urgent": "An urgent request is waiting for your organisation. You may answer before its full record is there.",
    "request-record-due": "An urgent request was sent with a short record. Its full record is due now.",
    "request-record-complete": "The full record of an urgent request to your organisation is complete.",
    "request-record-overdue": "An urgent request was sent, and its full record is overdue. A colleague can complete it.",
    "request-assigned": "An approver of your organisation gave you a request to see to.",
    "request-taken-back": "An approver of your organisation gave the request to somebody else, or took it back.",
    "request-received": "The organisation that asked has your answer, and it is what it asked for.",
    "request-trouble": "The organisation that asked says that something is wrong with your answer. Say what you do about it.",
    "request-trouble-waits": "Some days ago you were told that something is wrong with an answer. It waits for your reply.",
    "request-remedy": "You said that something was wrong with an answer. The holder has replied. Say whether it is right now.",
    "request-receipt-due": "An answer came some days ago. Say that you have it, or what is wrong with it.",
    "request-gone": "The organisation that asked certifies that it holds nothing of your answer any more.",
    "request-kept-longer": "The organisation that asked still needs your answer, and says why. You may object.",
    "request-keeping-objected": "The holder objects to your keeping its answer longer, and says why. Say now whether it is gone.",
    "request-keeping-over": "The time for which you may keep an answer is over. Say that it is gone, or why you still need it.",
    "request-consent-withdrawn": "Somebody took back a consent that a request rests on. Share no more on it, and say what you did.",
    "request-keeping-overdue": "The organisation that asked has not said yet whether your answer is gone.",
}


def tell(session: Session, act: Act, template: str, row: InformationRequest, people: Iterable[Account]) -> None:
    """Queue one letter to each person, in the open transaction. Once a request is over, what waits about it is not sent."""
    if template in {"request-decided", "request-withdrawn"}:
        settle(session, act, f"request:{row.id}")
    link = f"{load_settings().base_url}/request-view?id={row.id}"
    for person in people:
        body = f"{_SAID[template]}\n\nReference {row.reference}.\n\nSign in to read it:\n{link}"
        post(
            session,
            act,
            Letter(
                template=template, to=person.email, subject=SUBJECTS[template], body=body, about=f"request:{row.id}"
            ),
        )
