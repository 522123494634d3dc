"""Reads built pages as a reader does: links within the page, previews, colors, copying, contents on a phone."""
import pathlib
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


class Reader:
    def __init__(self, options, service, wait):
        self.browser = webdriver.Chrome(options=options, service=service)
        self.command = self.browser.execute_cdp_cmd
        self.script = self.browser.execute_script
        self.wait = wait

    def find(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def open(self, address):
        self.browser.get("about:blank")
        self.browser.get(address)

    def resize(self, width, height=900):
        self.command("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def value(self, name):
        return self.script("return document.getElementById(arguments[0]).getAttribute('aria-valuetext')", "control-" + name)

    def slide(self, name, place):
        self.script("const e = document.getElementById(arguments[0]); e.value = arguments[1];"
                    "e.dispatchEvent(new Event('input'))", "control-" + name, place)

    def follow(self, anchor):
        self.script("const a = document.createElement('a'); a.href = '#' + arguments[0];"
                    "document.body.append(a); a.click(); a.remove()", anchor)
        time.sleep(0.5)


def try_pages(options, service, page, check, wait):
    reader = Reader(options, service, wait)
    try:
        try_address(reader, page, check)
        try_typing(reader, page, check)
        try_alternative(reader, page, check)
        try_links(reader, page, check)
        try_colors(reader, page, check)
        try_code(reader, page, check)
        try_tabs(reader, page, check)
        try_parts(reader, page, check)
        try_notes(reader, page, check)
        try_contents(reader, page, check)
        try_index(reader, page, check)
    finally:
        reader.browser.quit()


def try_address(reader, page, check):
    reader.open(page.as_uri())
    reader.wait(lambda: reader.script("return document.getElementById('cell-2').dataset.runs"))
    reader.slide("2-hidden-units", 6)
    time.sleep(0.5)
    reader.follow("a-section")
    check("a link within the page leaves live cells as they are", reader.value("2-hidden-units") == "7",
          reader.value("2-hidden-units"))
    check("and the address keeps their state", "a-section?" in reader.browser.current_url
          and "2.hidden-units=7" in reader.browser.current_url, reader.browser.current_url)
    reader.slide("2-hidden-units", 8)
    time.sleep(0.5)
    reader.browser.back()
    time.sleep(0.5)
    check("so does the way back", reader.value("2-hidden-units") == "9", reader.value("2-hidden-units"))
    reader.follow("cell-2?2.hidden-units=3")
    check("a link with a state sets it", reader.value("2-hidden-units") == "3", reader.value("2-hidden-units"))
    for written, told in [("9999", "16"), ("-5", "1"), ("3.4", "3")]:
        reader.open(page.as_uri() + "#?2.hidden-units=" + written)
        check(f"an address that says {written} means {told}", reader.value("2-hidden-units") == told,
              reader.value("2-hidden-units"))


def try_typing(reader, page, check):
    reader.open(page.as_uri())
    field = lambda: reader.find("#control-2-hidden-units + span input")
    field().send_keys(Keys.CONTROL, "a")
    field().send_keys("12", Keys.ENTER)
    check("a number can be typed beside a slider", reader.value("2-hidden-units") == "12", reader.value("2-hidden-units"))
    field().send_keys(Keys.ARROW_DOWN)
    check("the arrow keys change it by a step", reader.value("2-hidden-units") == "11", reader.value("2-hidden-units"))
    for typed, told in [("500", "16"), ("words", "16")]:
        field().send_keys(Keys.CONTROL, "a")
        field().send_keys(typed, Keys.ENTER)
        check(f"'{typed}' gives what is allowed", field().get_attribute("value") == told, field().get_attribute("value"))
    roles = reader.script("return [...document.querySelectorAll('.control output')].length")
    check("a slider's value is told once", roles == 0, roles)


def try_alternative(reader, page, check):
    """What an author says of a live figure stays, and what the figure says of itself is not hidden by it."""
    label = lambda: reader.script("return document.querySelector('#cell-12-output .svg')?.getAttribute('aria-label')")
    reader.open(page.as_uri())
    if not reader.browser.find_elements(By.ID, "cell-12"):
        check("the book has a live figure with an alternative text", False)
        return
    reader.script("document.getElementById('cell-12').scrollIntoView()")
    runs = lambda: int(reader.script("return document.getElementById('cell-12').dataset.runs ?? 0"))
    reader.wait(lambda: runs() > 0)
    before = label()
    reader.slide("12-slope", 5)
    reader.wait(lambda: runs() > 1)
    check("an author's alternative text outlives a run", before and label() == before, (before, label()))
    role = reader.script("return document.querySelector('#cell-12-output .svg').getAttribute('role')")
    check("the figure's own description is not hidden by it", role == "group"
          and reader.script("return document.querySelector('#cell-12-output svg[role=img] desc') !== null"), role)


def try_links(reader, page, check):
    reader.command("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    reader.open(page.as_uri())
    reader.script("document.querySelector('h2 .anchor').click()")
    check("a mark beside a heading says that it copied its address",
          reader.wait(lambda: reader.find(".toast").text in ("Link copied",), 3), reader.find(".toast").text)
    link = next(iter(reader.browser.find_elements(By.CSS_SELECTOR, "article p a[href*='#fig-']")), None)
    check("the book has a reference to a figure", link is not None)
    if link:
        reader.script("arguments[0].scrollIntoView({block: 'center'})", link)
        ActionChains(reader.browser).move_to_element(link).perform()
        shown = reader.wait(lambda: reader.find(".preview").is_displayed() if reader.browser.find_elements(
            By.CSS_SELECTOR, ".preview") else False, 5)
        check("a reference shows its figure", shown and reader.script(
            "return document.querySelector('.preview svg, .preview figure') !== null"))
        twice = reader.script("const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);"
                              "return ids.filter((id, place) => ids.indexOf(id) !== place)")
        check("names in it are not those of the page", not twice, twice)
        ActionChains(reader.browser).send_keys(Keys.ESCAPE).perform()
        check("Escape hides it", reader.wait(lambda: not reader.find(".preview").is_displayed(), 3))
    sections = reader.browser.find_elements(By.CSS_SELECTOR, ".page-contents a")
    if sections:
        reader.resize(1400)
        reader.script("arguments[0].click()", sections[-1])
        time.sleep(0.4)
        current = reader.script("return [...document.querySelectorAll('.page-contents [aria-current]')].map((a) => a.textContent)")
        check("the section that was jumped to is marked, the last one too",
              current == [sections[-1].get_attribute("textContent")], current)


def try_colors(reader, page, check):
    reader.open(page.as_uri())
    button = lambda: reader.find(".tools .colors")
    seen = []
    for _ in range(4):
        seen.append((button().text, reader.script("return document.documentElement.dataset.theme ?? ''")))
        reader.script("arguments[0].click()", button())
    check("colors are the system's, light, dark, and the system's again",
          seen == [("Auto", ""), ("Light", "light"), ("Dark", "dark"), ("Auto", "")], seen)
    for stored, scheme in [("dark", "light"), ("light", "dark")]:
        reader.script("localStorage.setItem('nnbook-theme', arguments[0])", stored)
        reader.command("Emulation.setEmulatedMedia", {"features": [
            {"name": "forced-colors", "value": "active"}, {"name": "prefers-color-scheme", "value": scheme}]})
        reader.open(page.as_uri())
        colors = reader.script("""
          const text = document.querySelector(".results svg text");
          const light = (color) => color.match(/[0-9.]+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) / 3;
          return [light(getComputedStyle(text).fill), light(getComputedStyle(document.body).backgroundColor)];""")
        check(f"forced colors go before a stored choice of {stored}", abs(colors[0] - colors[1]) > 120, colors)
    reader.script("localStorage.removeItem('nnbook-theme')")
    reader.command("Emulation.setEmulatedMedia", {"features": []})


def try_code(reader, page, check):
    reader.open(page.as_uri())
    shown = lambda: reader.script("return [...document.querySelectorAll('.cell:has(.output) > .source')]"
                                  ".filter((source) => source.getClientRects().length).length")
    before = shown()
    reader.script("document.querySelector('.toggle-code').click()")
    check("all code can be hidden", before > 0 and shown() == 0, (before, shown()))
    reader.open(page.as_uri())
    check("and stays so on the next page", shown() == 0, shown())
    reader.script("document.querySelector('.toggle-code').click()")
    check("and comes back", shown() == before, shown())
    missing = reader.script("return [...document.querySelectorAll('article .source')]"
                            ".filter((source) => !source.querySelector('.copy')).length")
    check("all code can be copied", missing == 0, missing)
    reader.resize(340)
    bad = reader.wait(lambda: not reader.script(
        "return [...document.querySelectorAll('article pre')].filter((box) => box.getClientRects().length"
        " && box.scrollWidth > box.clientWidth + 1 && box.tabIndex !== 0).length"), 3)
    check("what scrolls can be reached with the keys", bad)


def try_parts(reader, page, check):
    def tops():
        return reader.script("return [...document.querySelectorAll('#fig-lines > .cell')]"
                             ".map((part) => Math.round(part.getBoundingClientRect().top))")

    reader.resize(1200)
    reader.open(page.as_uri())
    check("parts of a figure stand beside each other where there is room", len(set(tops())) == 1, tops())
    reader.resize(320)
    wide = reader.script("return document.documentElement.scrollWidth")
    check("and below each other on a phone", len(set(tops())) == 2 and wide <= 320, (tops(), wide))
    reader.resize(1200)


def try_notes(reader, page, check):
    reader.open(page.as_uri())
    mark = reader.find(".line-mark")
    reader.script("arguments[0].scrollIntoView({block: 'center'})", mark)
    ActionChains(reader.browser).move_to_element(mark).perform()
    text = lambda: reader.script("return document.querySelector('.preview:not([hidden])')?.textContent.trim()")
    check("the number at a line shows its note", reader.wait(lambda: text() == "Half a dozen.", 5), text())
    color = reader.script("return getComputedStyle(document.querySelector('.noted')).backgroundColor")
    check("and marks the line", color not in ("rgba(0, 0, 0, 0)", "transparent"), color)
    ActionChains(reader.browser).send_keys(Keys.ESCAPE).perform()
    reader.command("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    reader.script("arguments[0].closest('.source').querySelector('.copy').click()", mark)
    copied = lambda: reader.browser.execute_async_script(
        "navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](String(error)))")
    check("copied code has no marks, and all of its lines",
          reader.wait(lambda: copied() == "let noted = 6\n\nnoted * 7", 5), copied())
    reader.script("arguments[0].click()", mark)
    check("it leads to its note, and back", reader.script(
        "const note = document.querySelector('li:target');"
        "note?.querySelector('.footnote-backref').click();"
        "return note && document.querySelector('.line-mark:target') !== null"))


def try_tabs(reader, page, check):
    def chosen():
        return reader.script("return [...document.querySelectorAll('[role=tab][aria-selected=true]')].map((e) => e.textContent)")

    def shown():
        return reader.script("return [...document.querySelectorAll('.tab')].filter((e) => e.offsetHeight).length")

    reader.open(page.as_uri())
    reader.script("localStorage.removeItem('nnbook-tabs')")
    reader.open(page.as_uri())
    check("of each set of tabs the first is shown", chosen() == ["Linux", "macOS"] and shown() == 2, (chosen(), shown()))
    tab = reader.find("[role=tab][aria-selected=true]")
    tab.click()
    check("what a reader chose is shown wherever it is", chosen() == ["Linux", "Linux"], chosen())
    ActionChains(reader.browser).send_keys(Keys.ARROW_RIGHT).perform()
    check("the arrow keys choose the next", chosen() == ["macOS", "macOS"], chosen())
    ActionChains(reader.browser).send_keys(Keys.ARROW_RIGHT).perform()
    check("after the last comes the first", chosen() == ["Linux", "Linux"], chosen())
    ActionChains(reader.browser).send_keys(Keys.END).perform()
    focused = reader.script("return [document.activeElement.textContent, document.querySelectorAll('[role=tab][tabindex=\"0\"]').length]")
    check("the End key the last, and the Tab key leads to what is chosen", focused == ["macOS", 2], focused)
    reader.open(page.as_uri())
    check("the choice holds on the next page", chosen() == ["macOS", "macOS"], chosen())
    reader.open(page.as_uri() + "#exr-penguin")
    check("a link into a tab that is hidden shows it", reader.wait(lambda: chosen() == ["Linux", "Linux"], 5), chosen())
    reader.command("Emulation.setEmulatedMedia", {"media": "print"})
    check("on paper stand all of them", shown() == 5, shown())
    reader.command("Emulation.setEmulatedMedia", {"media": ""})


def try_contents(reader, page, check):
    reader.resize(390)
    reader.open(page.as_uri())
    reader.script("document.querySelector('.open-contents').click()")
    time.sleep(0.3)
    check("the page behind the contents takes no keys", reader.script(
        "return document.querySelector('main').inert && document.querySelector('.bar').inert"))
    places = set()
    for _ in range(12):
        ActionChains(reader.browser).send_keys(Keys.TAB).perform()
        places.add(reader.script("return document.activeElement.closest('.contents') !== null"
                                 " || document.activeElement === document.body"))
    check("the Tab key stays among the contents", places == {True}, places)
    ActionChains(reader.browser).send_keys(Keys.ESCAPE).perform()
    time.sleep(0.3)
    check("Escape closes them", not reader.script("return document.querySelector('main').inert"))
    reader.resize(1200)


def try_index(reader, page, check):
    index = page.parent / "index.html"
    reader.open(page.as_uri())
    reader.script("localStorage.clear()")
    reader.open(page.as_uri())
    reader.script("scrollTo(0, 400)")
    time.sleep(0.5)
    reader.open(index.as_uri())
    check("the list of chapters leads back to where the reader was", reader.wait(
        lambda: reader.browser.find_elements(By.CSS_SELECTOR, ".start .continue"), 3))
    reader.open(page.as_uri())
    reader.script("scrollTo(0, document.documentElement.scrollHeight)")
    time.sleep(0.5)
    reader.open(index.as_uri())
    check("and marks what was read", reader.wait(
        lambda: reader.browser.find_elements(By.CSS_SELECTOR, ".chapters .read"), 3))


# One chapter each, in scripts that run in other ways than English.
LANGUAGES = {
    "ar": ("شبكة صغيرة", "هذه فقرة قصيرة عن الطبقات المخفية في الشبكات العصبية، وفيها صيغة $x + 1$.\n\n## قسم\n\nنص آخر."),
    "zh": ("小型网络", "这一段讲神经网络的隐藏层，没有空格也要换行。" * 8 + "\n\n## 一节\n\n另一段文字。"),
    "ja": ("小さなネットワーク", "この段落はニューラルネットワークの隠れ層についてのものです。" * 8 + "\n\n## 節\n\nもう一つの段落。"),
    "de": ("Ein kleines Netz", "Ein Absatz über Schwellenwertverarbeitungseinheiten.\n\n## Abschnitt\n\nNoch ein Absatz."),
}


def try_languages(options, service, build, check, wait):
    """- Parameter build: builds the folder of chapters given into the folder given."""
    for language, (title, text) in LANGUAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            chapters = pathlib.Path(folder) / "chapters"
            chapters.mkdir()
            (chapters / "book.yml").write_text(f"title: {title}\nlanguage: {language}\n")
            (chapters / "01-a.md").write_text(f"---\ntitle: {title}\n---\n\n{text}\n\n```text\nleft to right\n```\n")
            site = pathlib.Path(folder) / "site"
            build(chapters, site)
            reader = Reader(options, service, wait)
            try:
                reader.resize(1280)
                reader.open((site / "01-a.html").as_uri())
                left = lambda selector: reader.script(
                    "return document.querySelector(arguments[0]).getBoundingClientRect().left", selector)
                if language == "ar":
                    check("Arabic runs from the right, with its contents at the right",
                          left(".contents") > left("main") > left(".page-contents"),
                          (left(".contents"), left("main"), left(".page-contents")))
                    check("code in it runs from the left", reader.script(
                        "return getComputedStyle(document.querySelector('pre')).direction") == "ltr")
                word = reader.script("return document.querySelector('.tools button').firstChild.textContent")
                check(f"{language}: the interface speaks it", word == {"ar": "بحث", "zh": "搜索", "ja": "検索", "de": "Suche"}[language], word)
                for width in 320, 1280:
                    reader.resize(width)
                    wide = reader.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    check(f"{language}: nothing overflows, {width} pixels wide", wide <= 0, wide)
                query = {"ar": "المخفية", "zh": "隐藏层", "ja": "隠れ層", "de": "Schwellenwertverarbeitungseinheit"}[language]
                hits = reader.browser.execute_async_script(
                    "const [query, done] = arguments;"
                    "nnbook.load('assets/search.js').then(() => nnbook.find(query, 5)).then(({ hits }) => done(hits.map(({ url }) => url)))", query)
                check(f"{language}: the search finds '{query}'", hits[:1] == ["01-a.html"], hits)
            finally:
                reader.browser.quit()
