"""Every page of the portal and who may open it. A page that is not in this table is closed."""

from dataclasses import dataclass

from portal.ground.act import Person, Role

ANYBODY = frozenset[Role]()
SIGNED_IN = frozenset(Role)
MANAGER, OFFICER = frozenset({Role.MANAGER}), frozenset({Role.OFFICER})
CHAIR, APPROVER = frozenset({Role.CHAIR}), frozenset({Role.APPROVER})
OFFICE = MANAGER | OFFICER
CHAIR_OR_MANAGER = CHAIR | MANAGER
PARTNERSHIP = CHAIR | OFFICE
PARTNERS = APPROVER | {Role.PARTNER}
PARTNERS_OR_OFFICER = PARTNERS | OFFICER
PARTNERS_AND_OFFICE = PARTNERS | OFFICE
APPROVER_OR_MANAGER = APPROVER | MANAGER
OWN_ACCOUNT = frozenset(
    {"account", "change-address", "change-password", "second-step"}
)  # for whoever is signed in, with any role or none


@dataclass(frozen=True)
class Page:
    """A page: its address (one segment), its file, its title, who may open it, and its word in the menu (if any)."""

    address: str
    file: str
    title: str
    roles: frozenset[Role] = ANYBODY
    menu: str = ""
    before_set_up: bool = False
    visitors_only: bool = False  # in the menu of people without an account; others find it on the home page


# The order is the order of the menu. A page for nobody in particular (ANYBODY) is public.
PAGES: tuple[Page, ...] = (
    Page("", "public/home.py", "Home", menu="Home"),
    Page("register", "public/register.py", "Who has signed", menu="Who has signed", before_set_up=True),
    Page("agreement", "public/agreement.py", "The agreement", menu="The agreement", before_set_up=True),
    Page("how-kept", "public/about/how_kept.py", "How the portal keeps the agreement", before_set_up=True),
    Page("compare", "public/look_up/compare.py", "What changed between two editions", before_set_up=True),
    Page("who-may-tell", "public/look_up/who_may_tell.py", "Who may tell whom"),
    Page("handling", "public/handling.py", "May I, and how? Handling marked papers"),
    Page("statistics", "public/statistics.py", "Published figures", menu="Published figures", visitors_only=True),
    Page("verify", "public/verify.py", "Check a document"),
    Page("sign", "public/signing/sign.py", "Sign the agreement", menu="Sign", visitors_only=True),
    Page("sign-email", "public/signing/sign_email.py", "Your e-mail address"),
    Page("sign-organisation", "public/signing/sign_organisation.py", "Your organisation"),
    Page("sign-authority", "public/signing/sign_authority.py", "Are you allowed to sign?"),
    Page("sign-read", "public/signing/sign_read.py", "Read the agreement"),
    Page("sign-check", "public/signing/sign_check.py", "Check your answers and sign"),
    Page("sign-done", "public/signing/sign_done.py", "Your signature"),
    Page("sign-meeting", "public/signing/sign_meeting.py", "You can sign at a meeting"),
    Page("join", "public/join.py", "Join a meeting", menu="Join a meeting", visitors_only=True),
    Page("meeting-induction", "public/meeting_induction.py", "How the group works"),
    Page("guides", "public/guides.py", "Guides"),
    Page("paper-forms", "public/paper_forms.py", "Forms on paper"),
    Page("privacy", "public/about/privacy.py", "How this portal uses information about you", before_set_up=True),
    Page("complain", "public/about/complain.py", "Complain about how your information is used"),
    Page("accessibility", "public/about/accessibility.py", "Accessibility statement", before_set_up=True),
    Page("set-up", "public/set_up/set_up.py", "Set up this portal", before_set_up=True),
    Page("set-up-partnership", "public/set_up/set_up_partnership.py", "About the partnership", before_set_up=True),
    Page("set-up-agreement", "public/set_up/set_up_agreement.py", "The blanks of the agreement", before_set_up=True),
    Page("set-up-account", "public/set_up/set_up_account.py", "Your account", before_set_up=True),
    Page("sign-in", "public/account/sign_in.py", "Sign in", menu="Sign in", visitors_only=True),
    Page("accept", "public/account/accept_invitation.py", "Accept your invitation"),
    Page("reset", "public/account/reset_password.py", "Choose a new password"),
    Page("request", "partner/requests/request_start.py", "Ask for information", PARTNERS, menu="Requests"),
    Page("request-begin", "partner/requests/request_begin.py", "Would information without names do?", PARTNERS),
    Page("request-urgent", "partner/requests/request_urgent.py", "Ask urgently", PARTNERS),
    Page("request-keeping", "partner/answers/request_keeping.py", "How long you keep requests", PARTNERS),
    Page("request-without-names", "partner/requests/request_without_names.py", "Information without names", PARTNERS),
    Page("data-request", "partner/requests/data_request.py", "A request without names", PARTNERS),
    Page("request-tasks", "partner/requests/request_tasks.py", "Your request", PARTNERS),
    Page("request-answer", "partner/requests/request_question.py", "One part of your request", PARTNERS),
    Page("request-check", "partner/requests/request_check.py", "Check your request", PARTNERS),
    Page("request-other", "partner/requests/request_other.py", "Your request under another edition", PARTNERS),
    Page("request-view", "partner/requests/request_view.py", "A request", PARTNERS),
    Page("request-decide", "partner/answers/request_decide.py", "Answer a request", APPROVER),
    Page("request-consult", "partner/answers/request_consult.py", "Record who was asked", PARTNERS),
    Page("request-consent", "partner/answers/request_consent.py", "Consent of the person", PARTNERS),
    Page("request-read", "partner/answers/request_read.py", "The answer to a request", PARTNERS),
    Page("request-received", "partner/answers/request_received.py", "Do you have the answer?", PARTNERS),
    Page("request-pass-on", "partner/answers/request_pass_on.py", "May you pass it on?", PARTNERS),
    Page("passing-on", "partner/answers/passing_on.py", "May a partner pass it on?", PARTNERS),
    Page("request-gone", "partner/answers/request_gone.py", "Is it gone?", PARTNERS),
    Page("return", "partner/returns/return_start.py", "Quarterly returns", PARTNERS, menu="Returns"),
    Page("return-upload", "partner/returns/return_upload.py", "Send a return", PARTNERS),
    Page("return-check", "partner/returns/return_check.py", "Check what we will keep", PARTNERS),
    Page("return-grid", "partner/returns/return_grid.py", "Type your numbers in", PARTNERS),
    Page("return-view", "partner/returns/return_view.py", "A return", PARTNERS_OR_OFFICER),
    Page("statements", "partner/statements/statements.py", "Statements", PARTNERS_AND_OFFICE, menu="Statements"),
    Page("statement", "partner/statements/statement.py", "A sharing statement", PARTNERS_AND_OFFICE),
    Page("statement-new", "partner/statements/statement_new.py", "Begin a sharing statement", PARTNERS),
    Page("statement-write", "partner/statements/statement_write.py", "One part of a sharing statement", PARTNERS),
    Page("statement-sign", "partner/statements/statement_sign.py", "Sign a sharing statement", APPROVER),
    Page("access-requests", "partner/access_requests/access_requests.py", "Access requests", PARTNERS),
    Page("access-new", "partner/access_requests/access_new.py", "Log an access request", PARTNERS),
    Page("access-request", "partner/access_requests/access_request.py", "An access request", PARTNERS),
    Page("access-ask", "partner/access_requests/access_ask.py", "Ask a partner for its view", PARTNERS),
    Page("access-question", "partner/access_requests/access_question.py", "A partner asks for your view", PARTNERS),
    Page("access-decide", "partner/access_requests/access_decide.py", "Decide an access request", APPROVER),
    Page("privacy-notice", "partner/privacy_notices/privacy_notice.py", "Your privacy notice", PARTNERS),
    Page("figures", "partner/figures.py", "Figures of requests", PARTNERS_OR_OFFICER),
    Page("shared-picture", "partner/shared_picture.py", "What the returns show", PARTNERS_OR_OFFICER),
    Page("organisation", "partner/organisation.py", "Your organisation", PARTNERS, menu="Your organisation"),
    Page("colleagues", "partner/colleagues.py", "Your colleagues", APPROVER),
    Page("meetings", "chair/meetings.py", "Meetings", PARTNERSHIP, menu="Meetings"),
    Page("meeting", "chair/meeting.py", "A meeting", CHAIR_OR_MANAGER),
    Page("meeting-change", "chair/meeting_change.py", "Change or call off a meeting", CHAIR_OR_MANAGER),
    Page("meeting-door", "chair/check_in/meeting_door.py", "The door", CHAIR),
    Page("meeting-plan", "chair/meeting_plan.py", "Plan meetings", PARTNERSHIP),
    Page("meeting-tablet", "chair/check_in/meeting_tablet.py", "Sign on this tablet", CHAIR),
    Page("meeting-line", "chair/check_in/meeting_line.py", "A line of the list", CHAIR_OR_MANAGER),
    Page("meeting-checklist", "chair/minutes/meeting_checklist.py", "Checklist", CHAIR_OR_MANAGER),
    Page("meeting-add", "chair/meeting_add.py", "Add somebody", CHAIR),
    Page("meeting-agenda", "chair/minutes/meeting_agenda.py", "The agenda", CHAIR),
    Page("meeting-said", "chair/minutes/meeting_said.py", "What is said", CHAIR),
    Page("meeting-minutes", "chair/minutes/meeting_minutes.py", "The minutes", CHAIR),
    Page("meeting-actions", "chair/minutes/meeting_actions.py", "Actions", CHAIR),
    Page("meeting-wishes", "chair/minutes/meeting_wishes.py", "Wishes to pass something on", CHAIR),
    Page("meeting-scans", "chair/check_in/meeting_scans.py", "Scans of signed papers", CHAIR_OR_MANAGER),
    Page("meeting-guests", "chair/members/meeting_guests.py", "Guests of the open session", CHAIR_OR_MANAGER),
    Page("meeting-members", "chair/members/meeting_members.py", "Members of the group", CHAIR_OR_MANAGER),
    Page("meeting-member", "chair/members/meeting_member.py", "A member of the group", CHAIR_OR_MANAGER),
    Page("meeting-taker", "chair/minutes/meeting_taker.py", "Who writes the minutes", CHAIR),
    Page(
        "meeting-papers",
        "partner/meeting_papers.py",
        "Minutes and appendices for you",
        SIGNED_IN,
        menu="Meeting papers",
    ),
    Page("meeting-keeping", "manager/meeting_keeping.py", "How long meetings keep names", MANAGER),
    Page("meeting-names", "chair/check_in/meeting_names.py", "A misspelt name", SIGNED_IN),
    Page("minutes-write", "partner/minutes_write.py", "Write the minutes", SIGNED_IN),
    Page("meeting-close", "chair/check_in/meeting_close.py", "Close the meeting", CHAIR),
    Page("returns-received", "officer/returns_received.py", "Returns received", OFFICER, menu="Returns received"),
    Page("figures-publish", "officer/figures.py", "Figures for the public", OFFICE, menu="Figures for the public"),
    Page("return-compare", "officer/return_compare.py", "A return beside earlier ones", PARTNERS_OR_OFFICER),
    Page("return-providers", "officer/return_providers.py", "Who sends which data set", OFFICE),
    Page("places", "officer/places.py", "Places we know", OFFICE),
    Page("secret-places", "officer/secret_places.py", "Secret places", OFFICE),
    Page("stored-data", "officer/stored_data.py", "Stored data", OFFICER, menu="Stored data"),
    Page("retention", "public/about/retention.py", "How long we keep what"),
    Page("search", "public/look_up/search.py", "Search", menu="Search"),
    Page("tour", "partner/tour.py", "What is where", SIGNED_IN),
    Page("away", "partner/account/away.py", "When you are away", SIGNED_IN),
    Page("to-do", "partner/to_do.py", "To do", SIGNED_IN, menu="To do"),
    Page("calendar", "partner/calendar.py", "Calendar", SIGNED_IN, menu="Calendar"),
    Page("signature", "manager/agreement/signature.py", "A signature to check", MANAGER),
    Page("notice", "partner/agreement/stop_or_leave.py", "Stop for now, start again, or leave", APPROVER_OR_MANAGER),
    Page("signature-paper", "manager/agreement/signature_paper.py", "Record a signature on paper", MANAGER),
    Page("editions", "manager/agreement/editions.py", "Editions of the agreement", MANAGER, menu="Editions"),
    Page("edition-adopt", "manager/agreement/edition_adopt.py", "Bring the agreement into force", PARTNERSHIP),
    Page("agreement-review", "manager/agreement/agreement_review.py", "Review of the agreement", MANAGER),
    Page("edition-write", "manager/agreement/edition_write.py", "Draft an edition", MANAGER),
    Page("edition-check", "manager/agreement/edition_check.py", "An edition to authorise", PARTNERSHIP),
    Page("withholding", "partner/agreement/withholding.py", "What is withheld of the agreement", APPROVER_OR_MANAGER),
    Page(
        "withholding-new", "partner/agreement/withholding_new.py", "Propose to withhold a passage", APPROVER_OR_MANAGER
    ),
    Page("facts", "manager/agreement/facts.py", "Points of law to confirm", MANAGER),
    Page(
        "accountability",
        "partner/accountability/accountability.py",
        "Keeping data protection law",
        SIGNED_IN,
        menu="Data protection",
    ),
    Page(
        "accountability-paper",
        "partner/accountability/accountability_paper.py",
        "A paper on data protection",
        SIGNED_IN,
    ),
    Page("complaints", "officer/accountability/complaints.py", "Complaints", OFFICE),
    Page("complaint", "officer/accountability/complaint.py", "A complaint", OFFICE),
    Page("complaint-log", "officer/accountability/complaint_log.py", "Log a complaint", OFFICE),
    Page("organisations", "manager/organisations/organisations.py", "Organisations", MANAGER, menu="Organisations"),
    Page("organisation-add", "manager/organisations/organisation_add.py", "Add an organisation", MANAGER),
    Page(
        "organisation-import",
        "manager/organisations/organisation_import.py",
        "Add organisations from a spreadsheet",
        MANAGER,
    ),
    Page("organisation-split", "manager/organisations/organisation_split.py", "Split an organisation", MANAGER),
    Page("organisation-change", "manager/organisations/organisation_change.py", "An organisation", MANAGER),
    Page("people", "manager/people/people.py", "People", MANAGER, menu="People"),
    Page("invite", "manager/people/invite.py", "Invite somebody", MANAGER),
    Page("person", "manager/people/person.py", "A person", MANAGER),
    Page("outbox", "manager/outbox.py", "Messages waiting", MANAGER, menu="Messages waiting"),
    Page("audit", "manager/audit.py", "The record", MANAGER, menu="Record"),
    Page("look", "manager/look.py", "How the portal looks", MANAGER),
    Page("settings", "manager/settings.py", "Settings", MANAGER, menu="Settings"),
    Page("breaches", "partner/breaches/breaches.py", "Losses of shared information", SIGNED_IN, menu="Losses"),
    Page("breach-report", "partner/breaches/breach_report.py", "Report a loss", SIGNED_IN),
    Page("breach", "partner/breaches/breach.py", "A loss of shared information", SIGNED_IN),
    Page("change-address", "partner/account/change_address.py", "Change your e-mail address", SIGNED_IN),
    Page("change-password", "partner/account/change_password.py", "Change your password", SIGNED_IN),
    Page("second-step", "partner/account/second_step.py", "A second step when you sign in", SIGNED_IN),
    Page("account", "partner/account/account.py", "Your account", SIGNED_IN, menu="Your account"),
)
BY_ADDRESS = {page.address: page for page in PAGES}


def may_open(person: Person, address: str) -> bool:
    """Say whether a person may open the page at this address; an address that is not in the table is closed."""
    page = BY_ADDRESS.get(address)
    if page is None:
        return False
    if not page.roles or (address in OWN_ACCOUNT and person.signed_in):
        return True
    return any(post.role in page.roles for post in person.posts)


def comes_first(person: Person, address: str) -> str:
    """Give the page that a person must see before this one ('' where none): setting up the second step of their roles.

    What anybody may read stays open; the home page leads on, since signing in ends there.
    """
    page = BY_ADDRESS.get(address)
    if not person.waiting or page is None or (address and may_open(person, address)):
        return ""
    return "second-step"


def in_menu(person: Person, page: Page) -> bool:
    """Say whether a page stands in the menu of this person."""
    return bool(page.menu) and may_open(person, page.address) and not (page.visitors_only and person.signed_in)


def may_start(person: Person, href: str) -> bool:
    """Say whether a journey is offered to a person: to visitors what partners do, to people with an account what they may open."""
    page = BY_ADDRESS[href.strip("/")]
    return may_open(person, page.address) or (
        not person.signed_in and bool(page.roles & PARTNERS) and page.roles <= PARTNERS
    )
