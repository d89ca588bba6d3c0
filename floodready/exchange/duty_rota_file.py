"""A rota as a JSON file, in the form in which the journal keeps it: what `duty publish` reads."""

from __future__ import annotations

from pathlib import Path

from floodready.codec import decode
from floodready.duty.models import Rota
from floodready.exchange.json_flaws import flaw_of, object_in
from floodready.exchange.sniff import decode as decode_text
from floodready.exchange.sniff import read_file
from floodready.language import say, verbatim
from floodready.refusal import Refused


def read_rota(file: str, unit: str) -> Rota:
    """Read a rota; its unit is the one asked for. Raises Refused where the file cannot be read as one."""
    try:
        raw = object_in(decode_text(read_file(Path(file)))[0])
        return decode(Rota, {**raw, "id": "new", "unit": unit})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(
            say(
                "{file} holds no rota: {cause}. See the form: floodready duty plan --json",
                file=verbatim(file),
                cause=flaw_of(error),
            )
        ) from error
