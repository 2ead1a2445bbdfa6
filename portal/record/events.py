"""The names of acts. The record keeps the name; the sentence for people is looked up here when it is shown."""

from enum import StrEnum


class Event(StrEnum):
    """One kind of act, noun:verb-past."""

    PORTAL_SET_UP = "portal:set-up"
    SETTINGS_CHANGED = "settings:changed"
    FACT_CONFIRMED = "fact:confirmed"
    EDITION_BEGUN = "edition:begun"
    EDITION_CHANGED = "edition:changed"
    EDITION_HANDED = "edition:handed-over"
    EDITION_TAKEN_BACK = "edition:taken-back"
    EDITION_SENT_BACK = "edition:sent-back"
    EDITION_AUTHORISED = "edition:authorised"
    EDITION_PUBLISHED = "edition:published"
    EDITION_CALLED_OFF = "edition:called-off"
    EDITION_DROPPED = "edition:dropped"
    EDITION_ADOPTED = "edition:adopted"
    FACT_STRUCK = "fact:struck"
    SIGNING_ASKED = "signing:asked-again"
    AGREEMENT_REVIEWED = "agreement:reviewed"
    PUBLICATION_RECORDED = "agreement:publication-recorded"
    PAPER_RECORDED = "agreement:paper-recorded"
    PAPER_OPENED = "agreement:paper-opened"
    WITHHOLDING_PROPOSED = "withholding:proposed"
    WITHHOLDING_ANSWERED = "withholding:answered"
    WITHHOLDING_AGREED = "withholding:agreed"
    WITHHOLDING_REFUSED = "withholding:refused"
    WITHHOLDING_ENDED = "withholding:ended"
    ACCOUNT_CREATED = "account:created"
    ACCOUNT_CLOSED = "account:closed"
    ACCOUNT_REOPENED = "account:reopened"
    ACCOUNT_CHANGED = "account:changed"
    ADDRESS_CODE_SENT = "account:address-code-sent"
    ABSENCE_SAID = "absence:said"
    ABSENCE_OVER = "absence:over"
    PASSWORD_CHANGED = "password:changed"  # noqa: S105 - the name of an act
    PASSWORD_LINK_SENT = "password:link-sent"  # noqa: S105 - the name of an act
    SECOND_STEP_ON = "second-step:turned-on"
    SECOND_STEP_OFF = "second-step:turned-off"
    RECOVERY_CODES_MADE = "recovery-codes:made"
    RECOVERY_CODE_USED = "recovery-codes:used"
    SIGNED_IN = "session:begun"
    PROVIDER_ANSWERED = "session:provider-answered"
    SESSION_TAKEOVER_REFUSED = "session:takeover-refused"
    SIGN_IN_FAILED = "session:refused"
    SIGNED_OUT = "session:ended"
    SIGNED_OUT_EVERYWHERE = "session:ended-everywhere"
    INVITED = "invitation:sent"
    INVITATION_ACCEPTED = "invitation:accepted"
    INVITATION_WITHDRAWN = "invitation:withdrawn"
    POST_GRANTED = "post:granted"
    POST_ENDED = "post:ended"
    SECRET_SHOWN = "message:secret-shown"  # noqa: S105 - the name of an act
    POST_TRIED_AGAIN = "message:tried-again"
    ORGANISATION_ADDED = "organisation:added"
    ORGANISATION_CHANGED = "organisation:changed"
    ORGANISATIONS_IMPORTED = "organisation:imported"
    IMPORT_UNDONE = "organisation:import-undone"
    ORGANISATION_RENAMED = "organisation:renamed"
    ORGANISATION_CLOSED = "organisation:closed"
    ORGANISATION_SPLIT = "organisation:split"
    ORGANISATION_SPLIT_OFF = "organisation:split-off"
    ORGANISATION_MERGED = "organisation:merged"
    AGREEMENT_SIGNED = "agreement:signed"
    EMAIL_CONFIRMED = "signature:email-confirmed"
    SIGNATURE_CONFIRMED = "signature:confirmed"
    SIGNATURE_DECLINED = "signature:declined"
    SIGNATURE_QUERIED = "signature:queried"
    AGREEMENT_SUSPENDED = "agreement:suspended"
    SUSPENSION_LIFTED = "agreement:suspension-lifted"
    AGREEMENT_LEFT = "agreement:left"
    MEETING_PLANNED = "meeting:planned"
    MEETING_CHANGED = "meeting:changed"
    MEETING_STOOD_IN = "meeting:stood-in"
    MEETING_CALLED_OFF = "meeting:called-off"
    MEETING_OPENED = "meeting:opened"
    MEETING_CLOSED = "meeting:closed"
    MEETING_CODE_CHANGED = "meeting:code-changed"
    UNDERTAKING_SIGNED = "undertaking:signed"
    ATTENDANCE_SIGNED = "attendance:signed"
    DOOR_LINK_SENT = "attendance:link-sent"
    TABLET_HANDED = "meeting:tablet-handed-round"
    SCAN_ADDED = "meeting:scan-added"
    SCAN_OPENED = "meeting:scan-opened"
    SCAN_REMOVED = "meeting:scan-removed"
    MINUTE_TAKER_NAMED = "meeting:minute-taker-named"
    MINUTE_TAKER_ENDED = "meeting:minute-taker-ended"
    GUEST_INVITED = "meeting:guest-invited"
    GUEST_ENDED = "meeting:guest-invitation-ended"
    MEMBER_ADDED = "group:member-added"
    MEMBER_CHANGED = "group:member-changed"
    MEMBER_INDUCTED = "group:member-inducted"
    MEMBER_ENDED = "group:member-ended"
    KEEPING_CHANGED = "meeting:keeping-periods-changed"
    ATTENDANCE_STRUCK = "attendance:struck-out"
    ATTENDANCE_MENDED = "attendance:mended"
    ATTENDANCE_ON_PAPER = "attendance:signed-on-paper"
    ATTENDANCE_REFUSED = "attendance:refused"
    ATTENDANCE_LIST_OPENED = "attendance:list-opened"
    SAID_RECORDED = "appendix:said-recorded"
    SAID_HANDED = "appendix:handed-on-paper"
    APPENDIX_OPENED = "appendix:opened"
    MINUTES_SAVED = "minutes:saved"
    MINUTES_ALARM_OVERRULED = "minutes:false-alarm"
    MINUTES_CIRCULATED = "minutes:circulated"
    MINUTES_FINAL = "minutes:made-final"
    MINUTES_PUBLISHED = "minutes:published"
    MINUTES_OPENED = "minutes:opened"
    AGENDA_CHANGED = "agenda:changed"
    ACTION_AGREED = "action:agreed"
    ACTION_DONE = "action:done"
    WISH_ASKED = "urgent-wish:asked"
    WISH_DECIDED = "urgent-wish:decided"
    MEETING_PURGED = "meeting:personal-data-deleted"
    SIGNER_EXPORTED = "attendance:copy-for-the-person"
    REQUEST_SENT = "request:sent"
    REQUEST_OPENED = "request:opened"
    REQUEST_WITHDRAWN = "request:withdrawn"
    QUESTION_ASKED = "request:question-asked"
    QUESTION_ANSWERED = "request:question-answered"
    REQUEST_REMINDED = "request:reminded"
    CONSULTATION_RECORDED = "request:consultation-recorded"
    REQUEST_DECIDED = "request:decided"
    ANSWER_OPENED = "answer:opened"
    URGENT_SENT = "request:sent-urgently"
    RECORD_BEGUN = "request:full-record-begun"
    RECORD_COMPLETED = "request:full-record-completed"
    RECORD_REMINDED = "request:full-record-reminded"
    REQUEST_ASSIGNED = "request:assigned"
    REQUEST_TAKEN_BACK = "request:taken-back"
    RECORD_ESCALATED = "request:full-record-overdue"
    RECEIPT_CONFIRMED = "answer:receipt-confirmed"
    TROUBLE_REPORTED = "answer:trouble-reported"
    TROUBLE_ANSWERED = "answer:trouble-answered"
    RECEIPT_REMINDED = "answer:receipt-reminded"
    COPY_GONE = "answer:copy-destroyed"
    COPY_KEPT_LONGER = "answer:kept-longer"
    KEEPING_OBJECTED = "answer:keeping-objected"
    KEEPING_ENDED = "answer:keeping-reminded"
    CERTIFICATE_OPENED = "answer:certificate-opened"
    PASSING_ASKED = "answer:passing-on-asked"
    PASSING_OPENED = "answer:passing-on-opened"
    PASSING_DECIDED = "answer:passing-on-decided"
    PASSING_REMINDED = "answer:passing-on-reminded"
    NAMELESS_ASKED = "data-request:sent"
    NAMELESS_ANSWERED = "data-request:answered"
    NAMELESS_DECLINED = "data-request:declined"
    NAMELESS_WITHDRAWN = "data-request:withdrawn"
    NAMELESS_REMINDED = "data-request:reminded"
    DRAFT_WARNED = "request:draft-warned"
    PACK_ISSUED = "request:audit-pack-issued"
    KEEPING_SET = "request:keeping-time-set"
    REQUEST_PURGED = "request:content-deleted"
    RETURN_SENT = "return:sent"
    RETURN_NIL = "return:nothing-to-report"
    RETURN_REPLACED = "return:replaced"
    RETURN_OPENED = "return:opened"
    FIGURES_PROPOSED = "figures:proposed"
    FIGURES_PUBLISHED = "figures:published"
    FIGURES_REFUSED = "figures:refused"
    FIGURES_WITHDRAWN = "figures:withdrawn"
    RETURN_WITHDRAWN = "return:withdrawn"
    RETURN_BROUGHT_BACK = "return:brought-back"
    RETURN_QUERIED = "return:queried"
    RETURN_QUERY_ANSWERED = "return:query-answered"
    RETURN_QUERY_CLOSED = "return:query-closed"
    DATA_SET_EXCEPTED = "data-set:not-asked-of"
    DATA_SET_ASKED_AGAIN = "data-set:asked-again-of"
    MATCHING_REMEMBERED = "return:matching-remembered"
    WORDINGS_REMEMBERED = "return:wordings-remembered"
    WORDINGS_FORGOTTEN = "return:wordings-forgotten"
    PLACES_LOADED = "places:loaded"
    PLACES_REMOVED = "places:removed"
    SECRET_PLACE_TESTED = "places:secret-tested"  # noqa: S105 - the name of an act
    STATEMENT_BEGUN = "statement:begun"
    STATEMENT_CHANGED = "statement:changed"
    STATEMENT_SIGNED = "statement:signed"
    STATEMENT_SIGNATURES_VOIDED = "statement:signatures-voided"
    STATEMENT_IN_FORCE = "statement:came-into-force"
    STATEMENT_REPLACED = "statement:replaced"
    STATEMENT_REVIEWED = "statement:reviewed"
    STATEMENT_ENDED = "statement:ended"
    INFORMATION_CONTACT_SET = "information-contact:set"
    ACCESS_LOGGED = "access-request:logged"
    ACCESS_OPENED = "access-request:opened"
    CLARIFICATION_ASKED = "access-request:clarification-asked"
    CLARIFICATION_CAME = "access-request:clarification-came"
    ACCESS_PURGED = "access-request:content-deleted"
    ACCESS_EXTENDED = "access-request:extended"
    ACCESS_DECIDED = "access-request:decided"
    ACCESS_REMINDED = "access-request:reminded"
    ORIGINATOR_ASKED = "access-request:originator-asked"
    ORIGINATOR_OPENED = "access-request:originator-opened"
    ORIGINATOR_ANSWERED = "access-request:originator-answered"
    NOTICE_MADE = "privacy-notice:made"
    NOTICE_PUBLISHED = "privacy-notice:published"
    BREACH_REPORTED = "breach:reported"
    BREACH_OPENED = "breach:opened"
    BREACH_STEP = "breach:step-recorded"
    BREACH_REMINDED = "breach:reminded"
    BREACH_CLOSED = "breach:closed"
    BREACH_PURGED = "breach:content-deleted"
    ACCOUNTABILITY_ANSWERED = "accountability:answered"
    ACCOUNTABILITY_MADE = "accountability:made"
    ACCOUNTABILITY_OPENED = "accountability:opened"
    ACCOUNTABILITY_SIGNED = "accountability:signed"
    CONSENT_RECORDED = "request:consent-recorded"
    CONSENT_WITHDRAWN = "request:consent-withdrawn"
    CONSENT_FOLLOWED = "request:consent-followed"
    COMPLAINT_RECEIVED = "complaint:received"
    COMPLAINT_OPENED = "complaint:opened"
    COMPLAINT_ACKNOWLEDGED = "complaint:acknowledged"
    COMPLAINT_STEP = "complaint:step-recorded"
    COMPLAINT_ANSWERED = "complaint:answered"
    RETENTION_RUN = "retention:rule-run"
    STORED_DATA_KEPT = "return:kept-at-review"
    STORED_DATA_DELETED = "return:deleted-at-review"
    DATA_TAKEN = "data:taken-along"
    SEAL_RENEWED = "document:seal-renewed"
    DOCUMENT_SEALED = "document:sealed"
    ROWS_CHANGED = "record:rows-changed"
    ROWS_TAKEN_OVER = "record:rows-taken-over"
    RECORD_COMPARED = "record:compared"
    RECORD_HEAD_SENT = "record:head-sent"
    DEMONSTRATION_LOADED = "demonstration:loaded"


SENTENCES: dict[Event, str] = {
    Event.PORTAL_SET_UP: "set up this portal",
    Event.SETTINGS_CHANGED: "changed the settings",
    Event.FACT_CONFIRMED: "confirmed a fact of the edition",
    Event.EDITION_BEGUN: "began to draft an edition",
    Event.EDITION_CHANGED: "changed the draft of an edition",
    Event.EDITION_HANDED: "handed an edition over to be authorised",
    Event.EDITION_TAKEN_BACK: "took an edition back to change it",
    Event.EDITION_SENT_BACK: "sent an edition back",
    Event.EDITION_AUTHORISED: "authorised an edition",
    Event.EDITION_PUBLISHED: "authorised an edition as the second person, and so published it",
    Event.EDITION_CALLED_OFF: "called an edition off before it took force",
    Event.EDITION_DROPPED: "dropped the draft of an edition",
    Event.EDITION_ADOPTED: "authorised an edition as the second person, and so brought it into force",
    Event.FACT_STRUCK: "struck a fact out of the edition",
    Event.AGREEMENT_REVIEWED: "recorded a review of the agreement",
    Event.PUBLICATION_RECORDED: "recorded where an organisation publishes the agreement",
    Event.PAPER_RECORDED: "recorded a signature on paper with its scan",
    Event.PAPER_OPENED: "opened the scan of a signature on paper",
    Event.SIGNING_ASKED: "asked an organisation to sign the edition in force",
    Event.WITHHOLDING_PROPOSED: "proposed to withhold passages of the published agreement",
    Event.WITHHOLDING_ANSWERED: "answered a proposal to withhold passages",
    Event.WITHHOLDING_AGREED: "recorded that passages of the agreement are withheld",
    Event.WITHHOLDING_REFUSED: "recorded that passages of the agreement stay public",
    Event.WITHHOLDING_ENDED: "published passages again that were withheld",
    Event.ACCOUNT_CREATED: "opened an account",
    Event.ACCOUNT_CLOSED: "closed an account",
    Event.ACCOUNT_REOPENED: "opened a closed account again",
    Event.ACCOUNT_CHANGED: "changed an account",
    Event.ADDRESS_CODE_SENT: "asked for another address to sign in with",
    Event.ABSENCE_SAID: "said when they are away",
    Event.ABSENCE_OVER: "said that they are back",
    Event.PASSWORD_CHANGED: "changed a password",
    Event.PASSWORD_LINK_SENT: "sent a link to choose a new password",
    Event.SECOND_STEP_ON: "turned the second step of signing in on",
    Event.SECOND_STEP_OFF: "turned the second step of signing in off",
    Event.RECOVERY_CODES_MADE: "made recovery codes",
    Event.RECOVERY_CODE_USED: "signed in with a recovery code",
    Event.SIGNED_IN: "signed in",
    Event.PROVIDER_ANSWERED: "was confirmed by the provider they sign in with",
    Event.SESSION_TAKEOVER_REFUSED: "was refused the page that another browser has open",
    Event.SIGN_IN_FAILED: "was refused at sign-in",
    Event.SIGNED_OUT: "signed out",
    Event.SIGNED_OUT_EVERYWHERE: "signed out on every device",
    Event.INVITED: "invited somebody",
    Event.INVITATION_ACCEPTED: "accepted an invitation",
    Event.INVITATION_WITHDRAWN: "withdrew an invitation",
    Event.POST_GRANTED: "gave somebody a role",
    Event.POST_ENDED: "ended somebody's role",
    Event.SECRET_SHOWN: "opened a link or code to hand over in person",
    Event.POST_TRIED_AGAIN: "had the portal try again to send what waits",
    Event.ORGANISATION_ADDED: "added an organisation",
    Event.ORGANISATION_CHANGED: "changed an organisation's details",
    Event.ORGANISATIONS_IMPORTED: "added organisations from a spreadsheet",
    Event.IMPORT_UNDONE: "took back what a spreadsheet had added",
    Event.ORGANISATION_RENAMED: "gave an organisation another name",
    Event.ORGANISATION_CLOSED: "closed an organisation",
    Event.ORGANISATION_SPLIT: "split an organisation into several",
    Event.ORGANISATION_SPLIT_OFF: "made a new organisation of part of another",
    Event.ORGANISATION_MERGED: "merged an organisation into another",
    Event.AGREEMENT_SIGNED: "signed the agreement",
    Event.EMAIL_CONFIRMED: "confirmed an e-mail address",
    Event.SIGNATURE_CONFIRMED: "confirmed a signature",
    Event.SIGNATURE_DECLINED: "declined a signature",
    Event.SIGNATURE_QUERIED: "asked a question about a signature",
    Event.AGREEMENT_SUSPENDED: "stopped sharing for now",
    Event.SUSPENSION_LIFTED: "started sharing again",
    Event.AGREEMENT_LEFT: "left the agreement",
    Event.MEETING_PLANNED: "planned a meeting",
    Event.MEETING_CHANGED: "changed a meeting",
    Event.MEETING_STOOD_IN: "stood in as Chair of a meeting",
    Event.MEETING_CALLED_OFF: "called a meeting off",
    Event.MEETING_OPENED: "opened a meeting's door",
    Event.MEETING_CLOSED: "closed a meeting",
    Event.MEETING_CODE_CHANGED: "gave a meeting's door a longer code",
    Event.UNDERTAKING_SIGNED: "signed the confidentiality agreement",
    Event.ATTENDANCE_SIGNED: "signed the attendance list",
    Event.DOOR_LINK_SENT: "sent somebody who signed before a link to sign the attendance list",
    Event.TABLET_HANDED: "made a tablet the one that goes round at a meeting",
    Event.SCAN_ADDED: "added the scan of a paper signed at a meeting",
    Event.SCAN_OPENED: "opened the scan of a paper signed at a meeting",
    Event.SCAN_REMOVED: "removed the scan of a paper that was added by mistake",
    Event.MINUTE_TAKER_NAMED: "named who writes the minutes of a meeting",
    Event.MINUTE_TAKER_ENDED: "ended somebody's right to write the minutes of a meeting",
    Event.GUEST_INVITED: "invited a guest to the open session of a meeting",
    Event.GUEST_ENDED: "ended the invitation of a guest",
    Event.MEMBER_ADDED: "put somebody on the list of a group's members",
    Event.MEMBER_CHANGED: "changed what the list of a group's members says of somebody",
    Event.MEMBER_INDUCTED: "showed a new member how the group works",
    Event.MEMBER_ENDED: "noted that somebody left a group",
    Event.KEEPING_CHANGED: "changed how long meetings keep what names people",
    Event.ATTENDANCE_STRUCK: "struck out a line of the attendance list",
    Event.ATTENDANCE_MENDED: "put a misspelt line of the attendance list right",
    Event.ATTENDANCE_ON_PAPER: "recorded a signature made on paper",
    Event.ATTENDANCE_REFUSED: "recorded that somebody did not sign",
    Event.ATTENDANCE_LIST_OPENED: "opened the attendance list",
    Event.SAID_RECORDED: "recorded what was said at the closed session",
    Event.SAID_HANDED: "handed an entry of the restricted appendix over on paper",
    Event.APPENDIX_OPENED: "opened the restricted appendix",
    Event.MINUTES_SAVED: "saved the minutes",
    Event.MINUTES_ALARM_OVERRULED: "said that words of the minutes name nobody",
    Event.MINUTES_CIRCULATED: "circulated the minutes",
    Event.MINUTES_FINAL: "made the minutes final",
    Event.MINUTES_PUBLISHED: "published the minutes",
    Event.MINUTES_OPENED: "opened the minutes",
    Event.AGENDA_CHANGED: "changed the agenda",
    Event.ACTION_AGREED: "recorded an action",
    Event.ACTION_DONE: "recorded that an action is done",
    Event.WISH_ASKED: "asked the Chair whether they may pass something on",
    Event.WISH_DECIDED: "decided whether something may be passed on",
    Event.MEETING_PURGED: "deleted personal data of meetings past their time",
    Event.SIGNER_EXPORTED: "made a copy of what the meetings hold about one signer",
    Event.REQUEST_SENT: "sent a request",
    Event.REQUEST_OPENED: "opened a request",
    Event.REQUEST_WITHDRAWN: "withdrew a request",
    Event.QUESTION_ASKED: "asked a question about a request",
    Event.QUESTION_ANSWERED: "answered a question about a request",
    Event.REQUEST_REMINDED: "reminded whoever a request waits for",
    Event.CONSULTATION_RECORDED: "recorded a consultation",
    Event.REQUEST_DECIDED: "decided a request",
    Event.ANSWER_OPENED: "opened an answer",
    Event.URGENT_SENT: "sent an urgent request",
    Event.RECORD_BEGUN: "began the full record of an urgent request",
    Event.RECORD_COMPLETED: "completed the full record of an urgent request",
    Event.REQUEST_ASSIGNED: "gave a request to a colleague",
    Event.REQUEST_TAKEN_BACK: "took a request back from a colleague",
    Event.RECORD_ESCALATED: "told the managers that the full record of an urgent request is overdue",
    Event.RECEIPT_CONFIRMED: "confirmed that an answer came and is what was asked for",
    Event.TROUBLE_REPORTED: "said that something is wrong with an answer",
    Event.TROUBLE_ANSWERED: "answered what was said to be wrong with an answer",
    Event.RECEIPT_REMINDED: "reminded of an answer that nobody confirmed",
    Event.COPY_GONE: "certified that what was shared is destroyed",
    Event.COPY_KEPT_LONGER: "said why what was shared is still needed",
    Event.KEEPING_OBJECTED: "objected to what was shared being kept longer",
    Event.KEEPING_ENDED: "asked whether what was shared is gone, its keeping time over",
    Event.CERTIFICATE_OPENED: "opened a certificate of destruction",
    Event.PASSING_ASKED: "asked whether facts may be passed on",
    Event.PASSING_OPENED: "opened a question about passing facts on",
    Event.PASSING_DECIDED: "decided whether facts may be passed on",
    Event.PASSING_REMINDED: "reminded of a question about passing facts on",
    Event.NAMELESS_ASKED: "asked for data without names",
    Event.NAMELESS_ANSWERED: "answered a request for data without names",
    Event.NAMELESS_DECLINED: "declined a request for data without names",
    Event.NAMELESS_WITHDRAWN: "withdrew a request for data without names",
    Event.NAMELESS_REMINDED: "reminded of a request for data without names",
    Event.DRAFT_WARNED: "warned that an unfinished request will be deleted",
    Event.PACK_ISSUED: "took the audit pack of a request",
    Event.KEEPING_SET: "set how long its requests are kept",
    Event.REQUEST_PURGED: "deleted the content of a request at the end of its keeping time",
    Event.RECORD_REMINDED: "reminded of the full record of an urgent request",
    Event.RETURN_SENT: "sent a return",
    Event.RETURN_NIL: "reported nothing for a quarter",
    Event.RETURN_REPLACED: "replaced a return",
    Event.RETURN_OPENED: "opened a stored return",
    Event.FIGURES_PROPOSED: "proposed a table of figures for publication",
    Event.FIGURES_PUBLISHED: "published a table of figures",
    Event.FIGURES_REFUSED: "refused a table of figures",
    Event.FIGURES_WITHDRAWN: "withdrew a published table of figures",
    Event.RETURN_WITHDRAWN: "withdrew a return",
    Event.RETURN_BROUGHT_BACK: "brought a return back, since the one in its place was withdrawn",
    Event.RETURN_QUERIED: "asked a question about a return",
    Event.RETURN_QUERY_ANSWERED: "answered a question about a return",
    Event.RETURN_QUERY_CLOSED: "closed a question about a return",
    Event.DATA_SET_EXCEPTED: "said that an organisation does not send a data set",
    Event.DATA_SET_ASKED_AGAIN: "asked an organisation for a data set again",
    Event.MATCHING_REMEMBERED: "confirmed how columns are matched",
    Event.WORDINGS_REMEMBERED: "remembered what words of a return stand for",
    Event.WORDINGS_FORGOTTEN: "forgot what words of a return stand for",
    Event.PLACES_LOADED: "loaded a list of places",
    Event.PLACES_REMOVED: "removed a list of places",
    Event.SECRET_PLACE_TESTED: "asked whether an address is on the list of secret places",
    Event.STATEMENT_BEGUN: "began a sharing statement",
    Event.STATEMENT_CHANGED: "changed a sharing statement",
    Event.STATEMENT_SIGNED: "signed a sharing statement",
    Event.STATEMENT_SIGNATURES_VOIDED: "changed the words after a signature, so the signatures no longer count",
    Event.STATEMENT_IN_FORCE: "gave the last signature, so that the sharing statement came into force",
    Event.STATEMENT_REPLACED: "put a new sharing statement in the place of this one",
    Event.STATEMENT_REVIEWED: "reviewed a sharing statement",
    Event.STATEMENT_ENDED: "ended a sharing statement",
    Event.INFORMATION_CONTACT_SET: "said where copies for information management go",
    Event.ACCESS_LOGGED: "logged an access request",
    Event.ACCESS_OPENED: "opened an access request",
    Event.CLARIFICATION_ASKED: "asked the person what they mean, so that the clock of an access request stands still",
    Event.CLARIFICATION_CAME: "recorded what the person meant, so that the clock of an access request runs again",
    Event.ACCESS_PURGED: "deleted the content of an access request at the end of its keeping time",
    Event.ACCESS_EXTENDED: "took more time for an access request",
    Event.ACCESS_DECIDED: "decided an access request",
    Event.ACCESS_REMINDED: "sent a reminder about an access request",
    Event.ORIGINATOR_ASKED: "asked a partner for its view on an access request",
    Event.ORIGINATOR_OPENED: "opened a question about an access request",
    Event.ORIGINATOR_ANSWERED: "gave a view on an access request",
    Event.NOTICE_MADE: "made a privacy notice",
    Event.NOTICE_PUBLISHED: "recorded where a privacy notice is published",
    Event.BREACH_REPORTED: "reported a loss of shared information",
    Event.BREACH_OPENED: "opened a report of a loss",
    Event.BREACH_STEP: "recorded a step about a loss",
    Event.BREACH_REMINDED: "reminded of the regulator's time about a loss",
    Event.BREACH_CLOSED: "closed a loss with its lesson",
    Event.BREACH_PURGED: "deleted what was written of a loss at the end of its keeping time",
    Event.ACCOUNTABILITY_ANSWERED: "answered what a paper on data protection asks",
    Event.ACCOUNTABILITY_MADE: "made a paper on data protection",
    Event.ACCOUNTABILITY_OPENED: "opened a paper on data protection",
    Event.ACCOUNTABILITY_SIGNED: "signed a paper on data protection",
    Event.CONSENT_RECORDED: "recorded that the person agreed",
    Event.CONSENT_WITHDRAWN: "recorded that the person took their consent back",
    Event.CONSENT_FOLLOWED: "said what was done once a consent was taken back",
    Event.COMPLAINT_RECEIVED: "complained about how information is used, or logged that somebody did",
    Event.COMPLAINT_OPENED: "opened a complaint",
    Event.COMPLAINT_ACKNOWLEDGED: "recorded that a complaint was acknowledged",
    Event.COMPLAINT_STEP: "recorded a step about a complaint",
    Event.COMPLAINT_ANSWERED: "recorded the outcome of a complaint",
    Event.RETENTION_RUN: "deleted what was past its time, by the schedule",
    Event.STORED_DATA_KEPT: "reviewed the records of a return, and kept them for a reason",
    Event.STORED_DATA_DELETED: "reviewed the records of a return, and deleted them for good",
    Event.DATA_TAKEN: "took along all that the portal holds of them",
    Event.SEAL_RENEWED: "made a new key for the seal of documents",
    Event.DOCUMENT_SEALED: "sealed a document",
    Event.ROWS_CHANGED: "changed more of the same thing",
    Event.ROWS_TAKEN_OVER: "took over what an earlier version of the portal had written",
    Event.RECORD_COMPARED: "compared the register and the roles with the record",
    Event.RECORD_HEAD_SENT: "sent the managers the newest entry's number and hash",
    Event.DEMONSTRATION_LOADED: "loaded the demonstration partnership",
}


def in_words(event: str) -> str:
    """Say what was done; an act of another version of the portal keeps its own name."""
    try:
        return SENTENCES[Event(event)]
    except ValueError:
        return event
