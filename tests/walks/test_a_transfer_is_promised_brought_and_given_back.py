"""A gift by bank transfer, whole and in the browser: promised without script, transferred at a bank of its own process,
brought by the treasurer, thanked, given back by hand."""

import subprocess
import sys

import pytest

from tests import browser
from tests.newsrooms import founded, letters, wait_until
from tests.pages.usable import unreached, violations
from tests.walks import desk

READER = "ada@reader.example"


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """Where the make-believe bank stands."""
    where = ["--port", "0", "--database", str(tmp_path_factory.mktemp("bank") / "bank.sqlite3")]
    process = subprocess.Popen(
        [sys.executable, "-m", "tamizdat.sandbox.bank", *where], stdout=subprocess.PIPE, text=True
    )
    yield process.stdout.readline().rsplit(" ", 1)[1].strip()
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory, bank):
    """It takes euros: transfers, and what is handed in."""
    with founded(tmp_path_factory.mktemp("transfers")) as made:
        toml = made.home / "newsroom.toml"
        said = toml.read_text("utf-8").replace('["practice", "offline"]', '["bank_transfer", "offline"]')
        toml.write_text(said.replace('currency = "USD"', 'currency = "EUR"'), "utf-8")
        keys = made.home / "keys" / "bank_transfer.toml"
        keys.touch(0o600)
        keys.write_text('holder = "The Test Gazette"\niban = "XX48 TAMI ZDAT 0000 0001"\ncurrency = "EUR"\n')
        with made.serving():
            yield made


def opened(chromium, **options):
    page = browser.reader(chromium, **options).new_page()
    page.set_default_timeout(15_000)
    return page


def test_a_transfer_goes_all_its_way(chromium, newsroom, bank, tmp_path):
    page = opened(chromium, java_script_enabled=False)
    page.goto(f"{newsroom.address}/support/?cadence=once&amount=25")
    page.get_by_label("E-mail address").fill(READER)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("heading", name="How to transfer").wait_for()
    assert page.get_by_role("img", name="The same as a code").is_visible()
    private = page.locator("code.address").inner_text()
    steps = page.locator("dl.form-of-bank dd").all_inner_texts()
    wait_until(lambda: steps[-1] in letters(newsroom, READER), "the letter that says how to transfer")

    payer = opened(chromium)
    transfer(payer, bank, iban=steps[1], amount=steps[2].split()[0], text=f"for the paper {steps[-1].lower()}")
    transfer(payer, bank, iban=steps[1], amount="7.50", text="keep going")

    treasurer = opened(chromium, viewport={"width": 1280, "height": 900})
    desk.log_in(treasurer, newsroom)
    bring(treasurer, newsroom, statement(payer, bank, tmp_path))
    assert treasurer.get_by_text(
        "2 rows, 2 of them new. 1 name what is ours and are booked; 1 wait below."
    ).is_visible()
    treasurer.get_by_label("a gift that nobody had begun here").check()
    treasurer.get_by_role("button", name="Say so").click()
    treasurer.get_by_text("Every transfer has been placed.").wait_for()

    wait_until(lambda: "receipt" in shown(page, private), "the private page to show the receipt")
    wait_until(lambda: "Receipt number" in letters(newsroom, READER), "the receipt")
    wait_until(lambda: booked(newsroom) == 3250, "the second transfer in the books")

    give_back(treasurer, newsroom, steps[-1].replace(" ", ""))
    reference = treasurer.locator("td.title code").inner_text()
    treasurer.get_by_role("button", name="I have transferred it").click()
    treasurer.get_by_text("transferred by admin").wait_for()
    transfer(payer, bank, iban="", amount="5", text=reference)
    bring(treasurer, newsroom, statement(payer, bank, tmp_path))
    treasurer.get_by_text("Nothing is to be given back.").wait_for()
    wait_until(lambda: "€5 given back" in shown(page, private), "the private page to show what went back")
    wait_until(lambda: booked(newsroom) == 2750, "the refund in the books")
    assert newsroom.run("doctor").stdout.strip().endswith("All is well.")


def test_everybody_can_use_its_pages(chromium, newsroom):
    page = opened(chromium)
    page.goto(f"{newsroom.address}/support/?cadence=once&amount=5")
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("heading", name="How to transfer").wait_for()
    assert (violations(page), unreached(page, "main")) == ([], [])
    treasurer = opened(chromium, viewport={"width": 1280, "height": 900})
    desk.log_in(treasurer, newsroom)
    for screen in ("bank", "offline"):
        treasurer.goto(f"{newsroom.address}/desk/{screen}/")
        assert (violations(treasurer), unreached(treasurer, "main")) == ([], []), screen


def transfer(page, bank, *, iban, amount, text):
    """To that account or, without one, out of the newsroom's."""
    page.goto(bank)
    form = page.locator("form").nth(0 if iban else 1)
    if iban:
        form.locator("[name=iban]").fill(iban)
    form.locator("[name=amount]").fill(amount)
    form.locator("[name=text]").fill(text)
    form.get_by_role("button").click()
    page.get_by_text(text).wait_for()


def statement(page, bank, folder):
    """The file as it is downloaded."""
    page.goto(bank)
    with page.expect_download() as download:
        page.get_by_role("link", name="Its statement").click()
    download.value.save_as(folder / "statement.xml")
    return folder / "statement.xml"


def bring(page, newsroom, file):
    page.goto(f"{newsroom.address}/desk/bank/")
    page.get_by_label("The statement, as CAMT.053").set_input_files(file)
    page.get_by_role("button", name="Bring it").click()
    page.get_by_text("of them new").wait_for()


def give_back(page, newsroom, ref):
    """Five euros of it, decided at the desk."""
    page.goto(f"{newsroom.address}/desk/gifts/?ref={ref}")
    page.locator("main a[href*='/desk/gifts/']:not([href$='/gifts/'])").first.click()
    page.get_by_role("link", name="Give back").click()
    page.get_by_label("Amount").fill("5")
    page.get_by_label("Reason").fill("asked for it")
    page.get_by_role("button", name="Give it back").click()
    page.get_by_text("Now it has to be transferred").wait_for()
    page.goto(f"{newsroom.address}/desk/bank/")


def shown(page, private):
    page.goto(private)
    return page.locator("main").inner_text()


def booked(newsroom):
    ((sum,),) = newsroom.rows("SELECT sum(amount_minor) FROM ledger_posting WHERE account = 'assets:bank_transfer'")
    return int(sum or 0)
