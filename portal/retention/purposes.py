"""Why the portal holds what it holds about people, on which basis, and who sees it: the table of its own privacy page.

Source: UK GDPR Articles 6(1)(c) and (e), 9(2)(g), 10 and 13(1)(c), (e) and (2)(a); Data Protection Act 2018 section 8.
How long is read from the schedule; a test holds that each of its rules stands under a purpose.
"""

from dataclasses import dataclass

from portal.retention.schedule import rule

_TASK = "Article 6(1)(e), a public task: Crime and Disorder Act 1998 sections 6 and 115"
_SECURE = "Article 6(1)(c), a duty of law: keeping data secure, UK GDPR Article 32"
_ACCOUNT = "Article 6(1)(c), a duty of law: being able to show that it was kept, UK GDPR Articles 5(2) and 24"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """One kind of data about people. `rules`: the rows of the schedule that delete it."""

    what: str
    why: str
    basis: str
    seen_by: str
    rules: tuple[str, ...]

    @property
    def kept(self) -> str:
        """Write how long, in the words of the schedule: 28 days from the last saving; 2 days from the try."""
        found = [rule(one) for one in self.rules]
        return "; ".join(dict.fromkeys(f"{one.keep.words} from {one.counts_from}" for one in found))


PURPOSES = (
    Purpose(
        what="Your name, post, work e-mail, and when you are away, if you have an account",
        why="So that partners know who acts. Without them you cannot have an account",
        basis=_TASK,
        seen_by="Your organisation, those you deal with, the Information Manager",
        rules=("closed-accounts", "absences"),
    ),
    Purpose(
        what="When you signed in, links and codes sent to you, and failed tries",
        why="To keep strangers out",
        basis=_SECURE,
        seen_by="You, in the copy of your data; the Information Manager sees when you were last here",
        rules=("sessions", "attempts", "links"),
    ),
    Purpose(
        what="Messages that the portal wrote to you, and answers that you have not sent yet",
        why="So that the message reaches you, and you can go on later",
        basis=_TASK,
        seen_by="You; the Information Manager where a message could not be sent",
        rules=("messages-sent", "messages-unsent", "drafts"),
    ),
    Purpose(
        what="Your name, role and signature, if you sign the agreement or a statement, or review the agreement",
        why="To prove who agreed to what",
        basis=_ACCOUNT,
        seen_by="The partners, the Information Manager, whoever holds the signed paper",
        rules=("signers", "statements-ended", "agreement-reviews"),
    ),
    Purpose(
        what="Your name at a meeting, what you signed there, and what was restricted",
        why="The agreement asks for it, section 10",
        basis=_TASK,
        seen_by="The chair, the members of the group",
        rules=(
            "meetings-attendance",
            "meetings-undertakings",
            "meetings-not_signed",
            "meetings-members",
            "meetings-wishes",
            "meetings-appendix",
        ),
    ),
    Purpose(
        what="Requests about a person, what was answered, and what became of it",
        why="To prevent crime and disorder and to account for it",
        basis=f"{_TASK}; Article 9(2)(g) or 10 with the condition that the holder names in the request",
        seen_by="The organisation that asks and the one that holds; sealed for everybody else",
        rules=("requests",),
    ),
    Purpose(
        what="Access requests, and losses of shared information",
        why="To answer you in time, and to put right what went wrong",
        basis="Article 6(1)(c), a duty of law: UK GDPR Articles 12 to 22, 33 and 34",
        seen_by="The organisations they concern; of a loss also the Information Manager and the chairs",
        rules=("access-requests", "losses"),
    ),
    Purpose(
        what="Complaints about how information is used, and who made them, if they say so",
        why="To look into them and answer",
        basis="Article 6(1)(c), a duty of law: Data Protection Act 2018 section 164A",
        seen_by="The Information Manager and the Community Safety Officer",
        rules=("complaints",),
    ),
    Purpose(
        what="Returns and figures: they should name nobody, and are treated as if they might",
        why="To see patterns",
        basis=_TASK,
        seen_by="The organisation that sent them, the Community Safety Officer",
        rules=(
            "returns-replaced",
            "returns-reviewed",
            "column-matching",
            "return-questions",
            "requests-without-names",
        ),
    ),
    Purpose(
        what="Backups of all this",
        why="So that nothing is lost if the computer fails",
        basis=_SECURE,
        seen_by="Whoever runs the computer for the partnership",
        rules=("backups",),
    ),
)
