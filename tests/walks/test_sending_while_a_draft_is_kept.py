"""An article that is sent at the moment when its draft is being kept comes out once, and is not refused."""

import pytest

from tests.newsrooms import status, wait_until
from tests.walks import desk

# The line to the desk is slow; `asked` says when a draft is under way.
SLOW = """held => {
    const quick = fetch, wait = () => new Promise(done => setTimeout(done, 1500));
    window.fetch = async (where, said) => {
        const isDraft = said?.method?.toUpperCase() === "POST" && String(where).includes("/desk/pages/");
        window.asked ||= isDraft;
        if (isDraft && held === "going") await wait();
        const answer = await quick(where, said);
        if (isDraft && held === "coming") await wait();
        return answer;
    };
}"""


@pytest.mark.parametrize("held", ["going", "coming"])
def test_publishing_waits_for_the_draft(editor, office, held):
    editor.goto(f"{office.address}/desk/pages/add/articles/articlepage/{office.made['News']}/")
    editor.evaluate(SLOW, held)
    editor.wait_for_timeout(2_500)  # what is written before is taken for what was there
    editor.locator("#id_title").fill(f"Sent at once, {held}")
    editor.locator("#id_standfirst").fill("Nobody waits for a machine.")
    editor.wait_for_function("window.asked")
    desk.publish(editor)
    path = f"/news/sent-at-once-{held}/"
    wait_until(lambda: status(office.address + path) == 200, "the article's file")
