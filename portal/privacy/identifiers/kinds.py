"""The kinds of identifier, what was done about one, and where a text stands."""

from enum import StrEnum


class IdentifierKind(StrEnum):
    """What a piece of text would give away."""

    EMAIL = "email"
    PHONE = "phone"
    NINO = "national_insurance"
    NHS = "nhs_number"
    POSTCODE = "full_postcode"
    UPN = "pupil_number"
    ULN = "learner_number"
    VRM = "vehicle_registration"
    DRIVING_LICENCE = "driving_licence"
    PASSPORT = "passport"
    PNC = "pnc_id"
    CRO = "cro_number"
    REFERENCE = "reference"
    HOSPITAL = "hospital_number"
    WARRANT = "warrant_number"
    GMC = "professional_number"
    BANK = "bank_account"
    IBAN = "iban"
    CARD = "payment_card"
    BIRTH_DATE = "date_of_birth"
    AGE = "age"
    HANDLE = "social_handle"
    URL = "web_address"
    IP = "device_address"
    UPRN = "property_number"
    WHAT3WORDS = "what3words"
    COORDINATES = "coordinates"
    ADDRESS = "address"
    NAME = "name"
    UNLISTED = "unlisted_words"
    SENSITIVE = "sensitive_place"


WORDS: dict[IdentifierKind, str] = {
    IdentifierKind.EMAIL: "an e-mail address",
    IdentifierKind.PHONE: "a phone number",
    IdentifierKind.NINO: "a National Insurance number",
    IdentifierKind.NHS: "an NHS number",
    IdentifierKind.POSTCODE: "a full postcode",
    IdentifierKind.UPN: "a pupil number",
    IdentifierKind.ULN: "a learner number",
    IdentifierKind.VRM: "a vehicle registration",
    IdentifierKind.DRIVING_LICENCE: "a driving licence number",
    IdentifierKind.PASSPORT: "a passport number",
    IdentifierKind.PNC: "a PNC number",
    IdentifierKind.CRO: "a criminal record number",
    IdentifierKind.REFERENCE: "a case or crime reference",
    IdentifierKind.HOSPITAL: "a hospital number",
    IdentifierKind.WARRANT: "an officer's number",
    IdentifierKind.GMC: "a professional registration number",
    IdentifierKind.BANK: "bank details",
    IdentifierKind.IBAN: "an international bank number",
    IdentifierKind.CARD: "a payment card number",
    IdentifierKind.BIRTH_DATE: "a date of birth",
    IdentifierKind.AGE: "a person's age",
    IdentifierKind.HANDLE: "a social media name",
    IdentifierKind.URL: "a web address",
    IdentifierKind.IP: "a computer's address",
    IdentifierKind.UPRN: "a property number",
    IdentifierKind.WHAT3WORDS: "a three-word address",
    IdentifierKind.COORDINATES: "exact coordinates",
    IdentifierKind.ADDRESS: "a house, flat or building",
    IdentifierKind.NAME: "a person's name",
    IdentifierKind.UNLISTED: "words that are on no list",
    IdentifierKind.SENSITIVE: "a place where people are sheltered or treated",
}


class IdentifierAction(StrEnum):
    """What was done with an identifier."""

    REMOVED = "removed"
    SHORTENED = "shortened"
    EMPTIED = "emptied"


class Setting(StrEnum):
    """Where a text stands, which decides what may lawfully be in it."""

    PLACE = "place"
    CATEGORY = "category"
    SCHOOL = "school"
    CODE = "code"
    HEADING = "heading"
    REMARK = "remark"
    COUNT = "count"
