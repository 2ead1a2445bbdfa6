"""The kinds of identifier, what was done about one, and where a text stands."""

from enum import StrEnum


class Kind(StrEnum):
    """What a piece of text would give away (depersonalisation 4.3)."""

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


WORDS: dict[Kind, str] = {
    Kind.EMAIL: "an e-mail address",
    Kind.PHONE: "a phone number",
    Kind.NINO: "a National Insurance number",
    Kind.NHS: "an NHS number",
    Kind.POSTCODE: "a full postcode",
    Kind.UPN: "a pupil number",
    Kind.ULN: "a learner number",
    Kind.VRM: "a vehicle registration",
    Kind.DRIVING_LICENCE: "a driving licence number",
    Kind.PASSPORT: "a passport number",
    Kind.PNC: "a PNC number",
    Kind.CRO: "a criminal record number",
    Kind.REFERENCE: "a case or crime reference",
    Kind.HOSPITAL: "a hospital number",
    Kind.WARRANT: "an officer's number",
    Kind.GMC: "a professional registration number",
    Kind.BANK: "bank details",
    Kind.IBAN: "an international bank number",
    Kind.CARD: "a payment card number",
    Kind.BIRTH_DATE: "a date of birth",
    Kind.AGE: "a person's age",
    Kind.HANDLE: "a social media name",
    Kind.URL: "a web address",
    Kind.IP: "a computer's address",
    Kind.UPRN: "a property number",
    Kind.WHAT3WORDS: "a three-word address",
    Kind.COORDINATES: "exact coordinates",
    Kind.ADDRESS: "a house, flat or building",
    Kind.NAME: "a person's name",
}


class Action(StrEnum):
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
