"""Opens a built page with live cells from disk, in headless Chromium, and uses it as a reader does; then
watches its first picture, touches it as on a phone, writes at a served book and in its page, and opens
the page in Firefox, where it is installed.

    python3 Tests/Browser/live_cells.py SITE BOOK

SITE is the book Tests/Browser/book, built; BOOK is the book of this project, whose pages are looked at and
searched. Prints one line per fact and `N passed, N failed`.
"""
import html
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

import editing
import firefox
import first_picture
import pages
import reading
import search
import serving
import serving_live
import touching

PAGE = pathlib.Path(sys.argv[1]).resolve() / "01-live.html"
BOOK = pathlib.Path(sys.argv[2]).resolve()
passed, failed = 0, 0


def check(fact, condition, detail=""):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
    # One line for one fact, whatever the detail is.
    print(("ok      " if condition else "FAILED  ") + fact + (f": {detail!r}" if not condition else ""))


def attempt(group, *arguments, name="", **options):
    """Tries a group of facts; where one fails, all once more, since a busy machine can be late. What failed is
    told in any case."""
    facts = []
    note = lambda fact, condition, detail="": facts.append((name + fact, bool(condition), detail))
    for turn in 1, 2:
        facts.clear()
        try:
            group(*[note if argument is check else argument for argument in arguments], **options)
        # The second is what Firefox answers.
        except (WebDriverException, RuntimeError) as error:
            note(f"{group.__module__}.{group.__name__} comes to its end", False, str(error))
        if all(condition for _, condition, _ in facts):
            break
        if turn == 1:
            for fact, condition, detail in facts:
                if not condition:
                    print(f"again   {fact}: {detail!r}", flush=True)
    for fact in facts:
        check(*fact)


def wait(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


options = Options()
for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,900"]:
    options.add_argument(argument)
options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
browser = None


def cell(name):
    return browser.find_element(By.ID, name)


def output(index):
    return firefox.plain(cell(f"cell-{index}-output").get_attribute("innerHTML"))


def runs(index):
    return int(cell(f"cell-{index}").get_attribute("data-runs") or 0)


def control(name):
    return browser.find_element(By.ID, "control-" + name)


def scroll_to(index):
    browser.execute_script(
        "document.getElementById(arguments[0]).scrollIntoView({behavior: 'instant'})", f"cell-{index}")


def set_slider(name, place):
    browser.execute_script(
        "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event('input'))", "control-" + name, place)


# Moves a slider to its end in many moves, 5 ms apart; gives the milliseconds from the last move until
# nothing changes any more, and what is then shown.
MOVE_QUICKLY = """
  const [name, moves, done] = arguments;
  const slider = document.getElementById("control-" + name);
  const cell = slider.closest("[data-live]");
  const results = cell.querySelector(".results");
  let last, answered;
  new MutationObserver(() => { answered = performance.now(); })
    .observe(cell, { attributes: true, attributeFilter: ["data-runs"] });
  const move = (left) => {
    slider.value = slider.max - left * 5;
    slider.dispatchEvent(new Event("input"));
    last = performance.now();
    if (left) setTimeout(move, 5, left - 1);
    else setTimeout(() => done([answered - last, results.innerHTML]), 1000);
  };
  move(moves - 1);
"""


def settled(index, before):
    return wait(lambda: runs(index) > before)



def use_live_cells(check):
    global browser
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        browser.get(PAGE.as_uri())
        static = {index: output(index) for index in (2, 3, 4)}
        spoken = browser.execute_script(
            "return [...document.querySelectorAll('[data-value]')].map((value) => value.innerHTML)")
        for index in (2, 3, 4):
            scroll_to(index)
            check(f"cell {index} runs when it is near the viewport", wait(lambda: runs(index) > 0))
        for index in (2, 3, 4):
            check(f"cell {index} shows for the defaults what was built", output(index) == static[index])
        # The first run leaves the built page alone; a run that draws all anew must agree with it.
        before = runs(2)
        set_slider("2-hidden-units", 7)
        settled(2, before)
        changed = output(2)
        check("a moved slider changes the figure", changed != static[2])
        sentence = lambda: browser.execute_script(
            "return [...document.querySelectorAll('[data-value]')].map((value) => value.innerHTML)")
        loss, width = sentence()
        check("a sentence follows it", width == "8" and loss != spoken[0], sentence())
        check("a number in it is set as the build sets it", loss.startswith("−") and "&nbsp;·&nbsp;10<sup>−" in loss, loss)
        check("the state is in the address", "2.hidden-units=8" in browser.current_url,
              browser.current_url) if wait(lambda: "hidden-units" in browser.current_url, 3) else check(
                  "the state is in the address", False, browser.current_url)
        before = runs(2)
        reset = browser.find_element(By.CSS_SELECTOR, "#cell-2 .reset button")
        browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", reset)
        reset.click()
        settled(2, before)
        check("reset brings back what was built, byte for byte", output(2) == static[2])
        check("and what sentences said", sentence() == spoken, sentence())
        check("reset clears the address",
              wait(lambda: "?" not in browser.current_url, 3), browser.current_url)

        # Keyboard and labels
        slider = control("2-hidden-units")
        before = runs(2)
        slider.send_keys(Keys.ARROW_RIGHT)
        check("an arrow key moves a slider", settled(2, before))
        label = browser.find_element(By.CSS_SELECTOR, 'label[for="control-2-hidden-units"]').text
        check("a slider has its label", label == "Hidden units", label)
        check("a slider says its value", slider.get_attribute("aria-valuetext") == "3",
              slider.get_attribute("aria-valuetext"))
        check("a change is announced politely",
              wait(lambda: "loss" in browser.find_element(
                  By.CSS_SELECTOR, "#cell-2 .live-status").get_attribute("textContent"), 5))

        # A cell that uses another cell's control follows it
        before = runs(3)
        set_slider("2-learning-rate", 20)
        check("a cell follows the controls of the cells that it needs", settled(3, before))

        # A link shows what its writer saw
        wait(lambda: "learning-rate" in browser.current_url, 3)
        time.sleep(0.5)
        link, seen = browser.current_url, output(2)
        browser.get("about:blank")
        browser.get(link)
        scroll_to(2)
        wait(lambda: runs(2) > 0)
        check("a link shows what its writer saw", output(2) == seen)

        # Stops
        scroll_to(4)
        wait(lambda: runs(4) > 0)
        before = runs(4)
        set_slider("4-index", 3)
        settled(4, before)
        message = browser.find_element(By.CSS_SELECTOR, "#cell-4 .live-message")
        check("a stop shows its message and its line", "Index out of range (line 4)" in message.text,
              message.text)
        before = runs(4)
        set_slider("4-index", 4)
        check("a stuck cell is ended", wait(lambda: runs(4) > before, 15))
        check("and says so", "more than" in message.text, message.text)
        before = runs(4)
        set_slider("4-index", 2)
        settled(4, before)
        check("the next move recovers", output(4).find(">c<") > 0 and not message.is_displayed(),
              output(4))

        # Stops that name no place of their own
        scroll_to(11)
        wait(lambda: runs(11) > 0)
        for place, words in [
            (0, "Stopped: Dense(0): outputs must be at least 1, got 0 [size-not-positive] (line 3)"),
            (3, "Stopped: a number or an index went out of range, or a missing value was used (line 5)"),
        ]:
            before = runs(11)
            set_slider("11-size", place)
            settled(11, before)
            told = browser.find_element(By.CSS_SELECTOR, "#cell-11 .live-message").text
            check(f"a stop at {place} names the statement", told == words, told)

        # Many runs
        first = runs(2)
        sizes = []
        for place in list(range(16)) * 2:
            before = runs(2)
            set_slider("2-hidden-units", place)
            settled(2, before)
        milliseconds = float(cell("cell-2").get_attribute("data-milliseconds"))
        check("twenty positions run", runs(2) - first >= 32)
        print(f"        training of 2,000 epochs and its plot: {milliseconds:.1f} ms")
        milliseconds = float(cell("cell-3").get_attribute("data-milliseconds"))
        print(f"        training and a decision region: {milliseconds:.1f} ms")

        # Every other control
        def moved(index, action):
            before = runs(index)
            action()
            return settled(index, before)

        for index in (5, 6, 7, 8):
            scroll_to(index)
            wait(lambda: runs(index) > 0)
        find = lambda selector: browser.find_element(By.CSS_SELECTOR, selector)
        press = lambda selector: browser.execute_script("arguments[0].click()", find(selector))
        check("a stepper steps", moved(5, lambda: press('[aria-label="Layers: more"]'))
              and ">3 tanh 1 false 0 größer<" in output(5), output(5))
        check("a picker picks a word", moved(5, lambda: control("5-activation").send_keys("R"))
              and ">3 ReLU 1 false 0 größer<" in output(5), output(5))
        check("a picker picks a value", moved(5, lambda: control("5-factor").send_keys("t"))
              and ">3 ReLU 10 false 0 größer<" in output(5), output(5))
        check("a toggle toggles", moved(5, lambda: press("#control-5-doubled"))
              and ">3 ReLU 10 true 0 größer<" in output(5), output(5))
        check("a button counts", moved(5, lambda: press("#cell-5 .press button"))
              and ">3 ReLU 10 true 1 größer<" in output(5), output(5))

        def typed(text):
            field = control("5-word")
            field.send_keys(Keys.CONTROL, "a")
            field.send_keys(text or Keys.BACKSPACE)
            return wait(lambda: f">3 ReLU 10 true 1 {html.escape(text, quote=False)}<" in output(5))

        check("a text is typed", typed("süß & klein"), output(5))
        check("a text may be empty", typed(""), output(5))
        check("a text is kept in the address", typed("é") and wait(
            lambda: "5.word=195_169" in browser.current_url), browser.current_url)

        player = "#cell-6 .player button"
        check("a player steps", moved(6, lambda: browser.execute_script(
            "document.querySelectorAll(arguments[0])[1].click()", player))
            and control("6-epoch").get_attribute("aria-valuetext") == "61",
            control("6-epoch").get_attribute("aria-valuetext"))
        press(player)
        check("a player plays", wait(lambda: int(control("6-epoch").get_attribute("aria-valuetext")) > 70))
        press(player)
        time.sleep(0.3)
        here = control("6-epoch").get_attribute("aria-valuetext")
        time.sleep(0.3)
        check("a player pauses", control("6-epoch").get_attribute("aria-valuetext") == here)

        # A quick hand: the newest position wins, and is soon there.
        before = runs(3)
        late, shown = browser.execute_async_script(MOVE_QUICKLY, "3-cut", 20)
        check("quick moves do not queue up", runs(3) - before < 15, runs(3) - before)
        check("the last of them is shown at once", late < 250, late)
        for place in 0, 100:
            moved(3, lambda: set_slider("3-cut", place))
        check("and it is the last that is shown", firefox.plain(shown) == output(3))
        print(f"        from the last of 20 quick moves to its result: {late:.0f} ms")

        first_point = lambda: find("#cell-7 [data-point='0']")
        check("points have handles", len(browser.find_elements(
            By.CSS_SELECTOR, "#cell-7 [data-point]")) == 10)
        before = output(7)
        check("an arrow key moves a point", moved(7, lambda: first_point().send_keys(Keys.ARROW_RIGHT))
              and output(7) != before)
        check("Delete takes a point away", moved(7, lambda: first_point().send_keys(Keys.DELETE))
              and ">9<" in output(7), output(7)[:200])
        check("Add adds one", moved(7, lambda: press("#cell-7 .points button")) and ">10<" in output(7))

        before = output(8)
        check("a weight moves", moved(8, lambda: set_slider("8-weights-2", 100)) and output(8) != before)
        edge = find("#cell-8 text[data-weight='8.weights-0']")
        number = lambda: float(browser.execute_script(
            "return document.querySelector(arguments[0]).textContent",
            "#cell-8 text[data-weight='8.weights-0']").replace("−", "-"))
        before = number()
        ActionChains(browser).click_and_hold(edge).move_by_offset(0, -30).release().perform()
        check("a number of a diagram is dragged upwards", wait(lambda: number() > before, 5), number())
        focused = lambda: browser.switch_to.active_element.get_attribute("id")
        check("the keys go to the weight's slider", focused() == "control-8-weights-0", focused())
        before = number()
        check("an arrow key moves the weight", moved(8, lambda: browser.switch_to.active_element
              .send_keys(Keys.ARROW_LEFT)) and number() < before, number())
        line = find("#cell-8 path[data-weight='8.weights-1']")
        ActionChains(browser).click(line).perform()
        check("a press on a line goes to its slider", focused() == "control-8-weights-1", focused())

        # A question before the result
        details = find("#cell-9 details.predict")
        for index in (9, 10):
            scroll_to(index)
            wait(lambda: runs(index) > 0)
        check("the result of a question is folded, and its controls",
              details.get_attribute("open") is None and not control("9-factor").is_displayed())
        browser.execute_script("arguments[0].open = true", details)
        check("an open question has the result and the controls",
              ">4<" in output(9) and control("9-factor").is_displayed(), output(9))
        check("its control moves the result", moved(9, lambda: set_slider("9-factor", 4))
              and ">10<" in output(9), output(9))
        check("and it stays open", details.get_attribute("open") is not None)

        # Where an author's own stop stands
        moved(10, lambda: set_slider("10-wish", 3))
        message = find("#cell-10 .live-message")
        check("a stop names the line of the cell", message.text == "Stopped: no such wish (line 3)",
              message.text)
        moved(10, lambda: set_slider("10-wish", 2))

        # Paper
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        shown = lambda selector: find(selector).is_displayed()
        values = find("#cell-9 .live-values")
        check("paper has the values in place of the controls",
              values.is_displayed() and values.text == "Factor: 5" and not shown("#cell-9 .control"),
              values.text)
        check("paper has the current state", ">10<" in output(9))
        seen = browser.execute_script(
            "return [...document.querySelectorAll('.control, summary, .copy')]"
            ".filter((element) => element.getClientRects().length).map((element) => element.className)")
        check("paper has none of the controls", not seen, seen)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

        # Who asked for calm gets a few still pictures
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
        find(player).location_once_scrolled_into_view
        browser.execute_script("document.querySelectorAll(arguments[0])[2].click()", player)
        before = runs(6)
        press(player)
        time.sleep(2)
        pictures = runs(6) - before
        press(player)
        check("a player shows a few still pictures to who asked for calm", 1 <= pictures <= 4, pictures)
        check("nothing of the page moves by itself then", not browser.execute_script(
            "return document.getAnimations().length"))
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

        # What is folded away waits, however near it is
        hiding = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("#cell-2 { display: none }");
          document.adoptedStyleSheets = [sheet];"""})["identifier"]
        browser.get(PAGE.as_uri())
        wait(lambda: runs(3))
        check("a cell that is folded away does not run", runs(3) and not runs(2))
        browser.execute_script("document.adoptedStyleSheets = []")
        check("it runs when it is unfolded", wait(lambda: runs(2)))
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": hiding})

        severe = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        check("the console has no errors", not severe, severe)
    finally:
        browser.quit()


attempt(use_live_cells, check)
for tried in first_picture, touching:
    attempt(tried.try_page, options, Service("/usr/bin/chromedriver"), PAGE, check, wait)
attempt(reading.try_pages, options, Service("/usr/bin/chromedriver"), PAGE, check, wait)
open_chromium = lambda: webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
for group in serving.try_book, serving_live.try_served_live_cells, editing.try_editing:
    attempt(group, open_chromium, check, wait)

program = shutil.which("firefox-esr") or shutil.which("firefox")
if program:
    attempt(firefox.try_page, program, PAGE.as_uri(), check, wait)
    attempt(firefox.try_served_page, program, PAGE, check, wait)
    open_firefox = lambda: firefox.Firefox(program)
    for group in serving.try_book, serving_live.try_served_live_cells:
        attempt(group, open_firefox, check, wait, name="Firefox: ")
else:
    print("        Firefox is not installed: nobody tried the pages there")


def build(chapters, site):
    subprocess.run([".build/debug/nnbook", "build", chapters, "--output", site, "--quiet"], check=True)


attempt(reading.try_languages, options, Service("/usr/bin/chromedriver"), build, check, wait)
with tempfile.TemporaryDirectory() as folder:
    large = pathlib.Path(folder)
    search.write_large(large)
    build(large / "chapters", large / "site")
    browser = pages.open_browser()
    try:
        attempt(search.try_large, browser, large / "site", check)
        browser.set_script_timeout(20)
        attempt(search.try_book, browser, BOOK, BOOK.as_uri(), check, wait)
    finally:
        browser.quit()
if program:
    browser = open_firefox()
    try:
        browser.set_script_timeout(20)
        with firefox.served(BOOK) as address:
            attempt(search.try_book, browser, BOOK, address, check, wait, name="Firefox: ")
    finally:
        browser.quit()
attempt(pages.try_book, BOOK, check)

print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
