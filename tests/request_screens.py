"""What each screen of a request says and asks, as hashes that stand outside the product: no sentence or choice goes unseen.

`python3 -m tests.request_screens` writes `tests/cases/request_screens.json` anew, once words were changed on purpose.
"""

import json
from dataclasses import asdict, is_dataclass
from hashlib import sha256

from portal.ground.settings import ROOT
from portal.requests.after_disclosure.destruction_certificate import HOW
from portal.requests.exchange import decisions, section4_check
from portal.requests.exchange.correspondence import VIEWS
from portal.requests.forms.data_subject import MATCHES
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import TASKS
from portal.rules.edition.editions import editions
from tests.properties.test_ten_contents import POLICE, a_case, answers_in

KEPT = ROOT / "tests" / "cases" / "request_screens.json"
# Words that several screens and papers share.
SHARED = {
    "advice": section4_check.ADVICE | {"unfinished": section4_check.UNFINISHED, "advises": section4_check.ADVISES},
    "asked first": section4_check.WHOM,
    "to ask first": section4_check.HOLD_WORDS,
    "what they said": VIEWS,
    "decisions": decisions.OUTCOMES | {f"was: {one}": said for one, said in decisions.DECIDED.items()},
    "instead of sharing": decisions.ALTERNATIVES,
    "the same person": MATCHES,
    "destroyed": HOW,
}


def screens() -> dict[str, dict[str, str]]:
    """Give the hash of each field of each task in each edition (`2026 consent`: `consent.way`), of the rest of its page, and of shared words."""
    found = {name: {one: _hash(said) for one, said in words.items()} for name, words in SHARED.items()}
    for edition in editions():
        case = a_case(edition.id, {**answers_in(edition.id), "data_type": "sensitive"})
        for task in TASKS:
            if not task.question or edition.has_question(task.question):
                page = page_of(case, task, [POLICE])
                rest = {**asdict(page), "fields": len(page.fields), "list": task.title}
                fields = {one.key: _hash(one) for one in page.fields}
                found[f"{edition.id} {task.id}"] = {"page": _hash(rest), **fields}
    return found


def _hash(held: object) -> str:
    plain = asdict(held) if is_dataclass(held) else held
    return sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False, default=sorted).encode()).hexdigest()[:12]


if __name__ == "__main__":
    KEPT.write_text(json.dumps(screens(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
