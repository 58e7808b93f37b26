"""Paper: an accessible PDF (PDF/UA-1), set by typst from data, never from built markup."""

import typst

NO_LETTER = "could not be displayed with font"


def set_in_type(template: bytes, data: dict[str, str]) -> bytes:
    """A PDF/UA-1. Where no font here has a letter of somebody's name, tagged as well but without that
    standard's promise: whoever waits for the paper needs it now."""
    try:
        return typst.compile(template, sys_inputs=data, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as problem:
        if NO_LETTER not in str(problem):
            raise
        return typst.compile(template, sys_inputs=data, format="pdf")
