"""What stands in one value together is noticed wherever a page would write it as it is: none hides the others."""

import pytest
from playwright.sync_api import Browser

from .columns_of_words import AT_LEAST, joined, share_of
from .payloads import MADE, PAYLOADS

pytestmark = pytest.mark.browser
# Where on a page a value may stand.
AS_IT_IS = {
    "words": "<p>{}</p>",
    "an attribute": '<p title="{}">x</p>',
    "an attribute in single quotes": "<p title='{}'>x</p>",
    "an attribute without quotes": "<p title={}>x</p>",
    "a field": "<textarea>{}</textarea>",
    "a title": "<title>{}</title>",
    "a comment": "<!-- {} -->",
    "a style": "<style>{}</style>",
    "a script's data": '<script type="application/json">{}</script>',
}


@pytest.mark.parametrize("where", AS_IT_IS)
def test_what_one_value_holds_would_be_noticed(chromium: Browser, where):
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page, unnoticed = context.new_page(), []
    for begins in range(0, len(PAYLOADS), AT_LEAST):
        page.set_content(f"<!doctype html><body>{AS_IT_IS[where].format(joined(share_of(begins, AT_LEAST)))}")
        if not page.evaluate(MADE):
            unnoticed.append(begins)
    context.close()
    assert unnoticed == []


def test_each_value_goes_on_where_the_last_one_ended():
    everything = [one for begins in range(0, len(PAYLOADS), AT_LEAST) for one in share_of(begins, AT_LEAST)]
    assert set(everything) == set(range(len(PAYLOADS)))
