"""Says as JSON what pyHanko makes of each signature in each file.

verdict.py ANCHORS.pem SECONDS FILE...   (SECONDS since 1970: the moment of the check)
"""

import json
import logging
import sys
from datetime import datetime, timezone
from pathlib import Path

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
anchors = list(load_certs_from_pemder([sys.argv[1]]))
moment = datetime.fromtimestamp(int(sys.argv[2]), tz=timezone.utc)


def context():
    return ValidationContext(trust_roots=anchors, allow_fetching=False, moment=moment)


def long_term(signature):
    """Whether it stands by the data in the file alone, with revocation data demanded for all."""
    kept = {
        "trust_roots": anchors,
        "allow_fetching": False,
        "moment": moment,
        "revocation_mode": "require",
    }

    def offline():
        try:
            store = DocumentSecurityStore.read_dss(signature.reader)
        except NoDSSFoundError:
            return ValidationContext(**kept)
        return store.as_validation_context(kept)

    try:
        status = validate_pdf_signature(
            signature,
            signer_validation_context=offline(),
            ts_validation_context=offline(),
        )
        return status.bottom_line
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"


def verdict(signature):
    kind = signature.sig_object_type
    try:
        if kind == "/DocTimeStamp":
            status = validate_pdf_timestamp(signature, validation_context=context())
            valid = status.valid and status.trusted
        else:
            status = validate_pdf_signature(
                signature,
                signer_validation_context=context(),
                ts_validation_context=context(),
            )
            valid = status.bottom_line
        said = {
            "kind": kind,
            "valid": valid,
            "coverage": status.coverage.name,
            "changes": status.modification_level and status.modification_level.name,
            "summary": status.summary(),
        }
        if kind == "/Sig":
            stamp = status.timestamp_validity
            said["timestamp"] = bool(stamp and stamp.valid and stamp.trusted)
            said["long_term"] = long_term(signature)
        return said
    except Exception as problem:
        return {"kind": kind, "valid": False, "problem": f"{type(problem).__name__}: {problem}"}


verdicts = {}
for name in sys.argv[3:]:
    with open(name, "rb") as file:
        try:
            found = PdfFileReader(file).embedded_signatures
            verdicts[Path(name).name] = [verdict(signature) for signature in found]
        except Exception as problem:
            verdicts[Path(name).name] = f"{type(problem).__name__}: {problem}"
json.dump(verdicts, sys.stdout, indent=1)
