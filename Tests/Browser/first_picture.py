"""Opens a built page with live cells, and watches that nothing moves after its first picture."""
import time

from selenium import webdriver

WATCH = """
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      moved.push(shift.value.toFixed(4) + " " + shift.sources.map(({ node }) => node?.className).join());
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


def try_page(options, service, page, check, wait):
    browser = webdriver.Chrome(options=options, service=service)
    command, script = browser.execute_cdp_cmd, browser.execute_script
    try:
        command("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        command("Network.enable", {})
        command("Network.setCacheDisabled", {"cacheDisabled": True})
        for width, height in (1200, 900), (390, 844):
            command("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
            browser.get("about:blank")
            browser.get(page.as_uri() + "#a-section")
            wait(lambda: script("return document.getElementById('cell-8').dataset.runs"))
            # Cells above and below have answered too, and their figures are in place.
            time.sleep(0.5)
            top = script("return document.getElementById('a-section').getBoundingClientRect().top"
                         " - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)")
            check(f"a link to a heading leads to it, {width} pixels wide", abs(top) < 1, top)
            check(f"nothing moves after the first picture, {width} pixels wide",
                  not script("return moved"), script("return moved"))

        below = "return document.getElementById('cell-8-output').getBoundingClientRect().top + scrollY"
        before = script(below)
        script("const slider = document.getElementById('control-2-hidden-units');"
               "slider.value = 9; slider.dispatchEvent(new Event('input'))")
        wait(lambda: script("return document.querySelector('#cell-2 .live-values').textContent")
             .startswith("Hidden units: 10"))
        check("nothing moves at the first move of a control", script(below) == before,
              (before, script(below)))

        controls = "return [...document.querySelectorAll('.controls')].map((area) => area.textContent)"
        wanted = script(controls)
        command("Network.setBlockedURLs", {"urls": ["*.live.js"]})
        browser.get("about:blank")
        browser.get(page.as_uri() + "#?2.hidden-units=5")
        check("controls are there before their module", script(controls)[2:] == wanted[2:], script(controls))
        label = script("return document.getElementById('control-2-hidden-units').getAttribute('aria-valuetext')")
        check("and show what the link says", label == "5", label)
        command("Network.setBlockedURLs", {"urls": []})

        command("Emulation.setScriptExecutionDisabled", {"value": True})
        browser.get(page.as_uri())
        command("Emulation.setScriptExecutionDisabled", {"value": False})
        check("without scripts there are no controls, and every result", script(
            "return !document.querySelector('.control') && [...document.querySelectorAll('[data-live] .results')]"
            ".every((results) => results.textContent.trim())"))
    finally:
        browser.quit()
