"""The plain HTTP routes, in one list."""

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.routing import BaseRoute, Route

from portal.ground.page_access import PAGES
from portal.web.accounts.secret_links import invitation, new_password, set_up_code
from portal.web.accounts.sessions import session
from portal.web.accounts.sign_in_page import sign_in_page
from portal.web.accounts.sign_in_with import provider_done, sign_in_with
from portal.web.door.known_phone import follow_link, known
from portal.web.door.name_correction import own_typo
from portal.web.door.routes import door
from portal.web.door.tablet import tablet
from portal.web.door.urgent_wish import ask_the_chair
from portal.web.downloads.accountability import accountability_file, complaint_file
from portal.web.downloads.calendar import calendar_feed, own_calendar
from portal.web.downloads.meetings import meeting_diary, meeting_feed, meeting_list, meeting_scan, meeting_sheet
from portal.web.downloads.minutes import about_signer, meeting_agenda, meeting_appendix, meeting_minutes, public_minutes
from portal.web.downloads.receipts import any_signed_copy, my_signed_copy, notice_file, paper_scan
from portal.web.downloads.requests import (
    answer_attachment,
    answer_paper,
    audit_pack,
    destruction_certificate,
    figures_without_names,
    request_paper,
)
from portal.web.downloads.returns import return_certificate, return_certificate_json, return_problems, return_template
from portal.web.downloads.statements import access_file, statement_file
from portal.web.downloads.statements import notice_file as privacy_notice_file
from portal.web.downloads.takeout import organisation_file, own_file, partnership_file, record_file
from portal.web.monitoring.health import alive, healthz
from portal.web.monitoring.metrics import metrics
from portal.web.public.agreement_pdf import agreement_file
from portal.web.public.assets import asset
from portal.web.public.certificate import seal_certificate
from portal.web.public.figures import figures_list, figures_version, statistics_csv
from portal.web.public.guides import guide_file, guide_picture
from portal.web.public.logo import logo
from portal.web.public.paper_forms import paper_form
from portal.web.public.security_txt import security_txt
from portal.web.register.feed import register_feed, register_schema, signatory_badge
from portal.web.register.signatories import signatories_csv, signatories_html, signatories_json, signatory_html
from portal.web.shell import shell
from portal.web.signing.posts import begin_signing, continue_signing

# A number of a file in an address: thousands of digits are no number to Python, and twenty none to the store.
register_url_convertor("small", type("SmallNumber", (IntegerConvertor,), {"regex": "[0-9]{1,6}"})())


def routes() -> list[BaseRoute]:
    """Give every route beside the pages. Streamlit's own addresses are left to it."""
    return [
        Route("/healthz", healthz),
        Route("/healthz/alive", alive),
        Route("/metrics", metrics),
        Route("/.well-known/security.txt", security_txt),
        *(Route(f"/{page.address}", shell) for page in PAGES),
        Route("/assets/{name}", asset),
        Route("/logo", logo),
        Route("/session", session, methods=["POST"]),
        Route("/sign-in/with/{id}", sign_in_with),
        Route("/sign-in/with/{id}/done", provider_done),
        Route("/session", sign_in_page),
        Route("/signatories.json", signatories_json),
        Route("/signatories.csv", signatories_csv),
        Route("/signatories.atom", register_feed),
        Route("/signatories.schema.json", register_schema),
        Route("/signatories", signatories_html),
        Route("/signatories/{name}", signatory_html),
        Route("/signatories/{name}/badge.svg", signatory_badge),
        Route("/agreement.pdf", agreement_file),
        Route("/forms/{name}.pdf", paper_form),
        Route("/guide/{name}.pdf", guide_file),
        Route("/guide-picture/{name}.png", guide_picture),
        Route("/certificate.pem", seal_certificate),
        Route("/sign/begin", begin_signing, methods=["POST"]),
        Route("/sign/continue", continue_signing, methods=["GET", "POST"]),
        Route("/sign/copy", my_signed_copy),
        Route("/signature/copy/{id}", any_signed_copy),
        Route("/signature/scan/{id}", paper_scan),
        Route("/notice/copy/{id}", notice_file),
        Route("/set-up-code", set_up_code, methods=["POST"]),
        Route("/invitation/{secret}", invitation),
        Route("/new-password/{secret}", new_password),
        Route("/m", door, methods=["GET", "POST"]),
        Route("/m/ask", ask_the_chair, methods=["GET", "POST"]),
        Route("/m/{code}/known", known, methods=["GET", "POST"]),
        Route("/m/{code}/known/{secret}", follow_link),
        Route("/m/{code}/mend", own_typo, methods=["GET", "POST"]),
        Route("/m/{code}/tablet", tablet, methods=["GET", "POST"]),
        Route("/m/{code}", door, methods=["GET", "POST"]),
        Route("/meeting/list", meeting_list),
        Route("/meeting/sheet", meeting_sheet),
        Route("/meeting/scan", meeting_scan),
        Route("/meeting/agenda", meeting_agenda),
        Route("/meeting/minutes", meeting_minutes),
        Route("/meeting/appendix", meeting_appendix),
        Route("/meeting/about", about_signer),
        Route("/minutes/{reference}.pdf", public_minutes),
        Route("/meeting/diary", meeting_diary),
        Route("/meeting/feed/{key}.ics", meeting_feed),
        Route("/files/my-data.zip", own_file),
        Route("/files/organisation.zip", organisation_file),
        Route("/files/record.csv", record_file),
        Route("/files/partnership.zip", partnership_file),
        Route("/calendar.ics", own_calendar),
        Route("/calendar/{key}.ics", calendar_feed),
        Route("/files/request/{id}.pdf", request_paper),
        Route("/files/audit-pack/{id}.pdf", audit_pack),
        Route("/files/answer/{id}.pdf", answer_paper),
        Route("/files/data-request/{id}/{number:small}", figures_without_names),
        Route("/files/certificate/{id}.pdf", destruction_certificate),
        Route("/files/answer/{id}/{number:small}", answer_attachment),
        Route("/files/accountability/{id}.{form}", accountability_file),
        Route("/files/complaint/{id}.pdf", complaint_file),
        Route("/files/statement/{id}.pdf", statement_file),
        Route("/files/access-request/{id}.pdf", access_file),
        Route("/files/privacy-notice/{id}.{form}", privacy_notice_file),
        Route("/return/certificate", return_certificate),
        Route("/return/certificate.json", return_certificate_json),
        Route("/return/problems.csv", return_problems),
        Route("/return/template", return_template),
        Route("/statistics/all", figures_list),
        Route("/statistics/table/{name}", figures_version),
        Route("/statistics/{name}", statistics_csv),
    ]
