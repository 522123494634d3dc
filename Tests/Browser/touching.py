"""Uses a built page with live cells as a reader with a phone does."""
import time

from selenium import webdriver
from selenium.webdriver.common.by import By

PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}


class Phone:
    def __init__(self, options, service, wait):
        self.browser = webdriver.Chrome(options=options, service=service)
        self.command = self.browser.execute_cdp_cmd
        self.script = self.browser.execute_script
        self.wait = wait
        self.command("Emulation.setDeviceMetricsOverride", PHONE)
        self.command("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})

    def touch(self, kind, *points):
        self.command("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def tap(self, x, y):
        self.touch("touchStart", (x, y))
        self.touch("touchEnd")

    def drag(self, x, y, right, down, steps=12):
        self.touch("touchStart", (x, y))
        for step in range(1, steps + 1):
            self.touch("touchMove", (x + right * step / steps, y + down * step / steps))
            time.sleep(0.02)
        self.touch("touchEnd")
        time.sleep(0.2)

    def place(self, selector):
        """Left, top, width and height of what is then in the middle of the screen."""
        return self.script(
            "const e = document.querySelector(arguments[0]);"
            "e.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]", selector)

    def middle(self, selector):
        left, top, width, height = self.place(selector)
        return left + width / 2, top + height / 2

    def run(self, index):
        self.place(f"#cell-{index}")
        self.wait(lambda: self.script(
            "return document.getElementById(arguments[0]).dataset.runs", f"cell-{index}"))

    def scrolled(self, action):
        before = self.script("return scrollY")
        action()
        return round(self.script("return scrollY") - before)


def try_page(options, service, page, check, wait):
    phone = Phone(options, service, wait)
    try:
        phone.browser.get(page.as_uri())
        for index in (2, 5, 6, 7, 8):
            phone.run(index)
        try_controls(phone, check, wait)
        try_points(phone, check, wait)
        try_weights(phone, check)
        try_sizes(phone, check)
    finally:
        phone.browser.quit()


def try_controls(phone, check, wait):
    value = lambda name: phone.script("return document.getElementById(arguments[0]).value", "control-" + name)
    left, top, _, height = phone.place("#control-2-hidden-units")
    start = left + 8, top + height / 2
    before = value("2-hidden-units")
    moved = phone.scrolled(lambda: phone.drag(*start, 90, 8))
    check("a finger moves a slider, and not the page", value("2-hidden-units") != before and abs(moved) < 5,
          (value("2-hidden-units"), moved))
    before = value("2-hidden-units")
    at = phone.middle("#control-2-hidden-units")
    moved = phone.scrolled(lambda: phone.drag(*at, 5, -150))
    check("a finger that begins on a slider can scroll", moved > 50 and value("2-hidden-units") == before, moved)

    # Of many controls, a phone folds all but the first.
    check("a phone folds what comes last in a list of controls",
          phone.script("return document.querySelector('#cell-5 .more').open") is False)
    phone.script("document.querySelector('#cell-5 .more').open = true")
    shown = lambda: phone.script("return document.getElementById('cell-5-output').textContent.trim()")
    for name, selector, result in [
        ("a stepper", '[aria-label="Layers: more"]', "3 tanh 1 false 0 größer"),
        ("a toggle's word", "#cell-5 .toggle label", "3 tanh 1 true 0 größer"),
        ("a button", "#cell-5 .press button", "3 tanh 1 true 1 größer"),
    ]:
        phone.tap(*phone.middle(selector))
        check(f"a tap on {name} works", wait(lambda: shown() == result, 5), shown())

    epoch = lambda: int(phone.script(
        "return document.getElementById('control-6-epoch').getAttribute('aria-valuetext')"))
    before = epoch()
    at = phone.middle("#control-6-epoch")
    moved = phone.scrolled(lambda: phone.drag(*at, 60, 0))
    check("a finger moves a player's scrubber", epoch() > before and moved == 0, (epoch(), moved))
    before = epoch()
    at = phone.middle("#cell-6 .player button")
    phone.tap(*at)
    check("a tap plays", wait(lambda: epoch() > before, 5))
    phone.tap(*at)


def try_points(phone, check, wait):
    point = lambda: [float(part.replace("−", "-")) for part in phone.script(
        "return document.querySelector(\"#cell-7 [data-point='0']\").getAttribute('aria-label')")
        .split(" at ")[1].split(", class")[0].split(", ")]
    count = lambda: phone.script("return document.querySelectorAll('#cell-7 [data-point]').length")
    before = point()
    at = phone.middle("#cell-7 [data-point='0']")
    moved = phone.scrolled(lambda: phone.drag(*at, -20, 60, 24))
    check("a finger drags a point, and not the page", point()[1] < before[1] - 0.1 and moved == 0,
          (before, point(), moved))
    at = phone.middle("#cell-7 [data-point='0']")
    phone.drag(*at, 0, -300, 24)
    check("a point that is dragged off the figure stays at its edge", abs(point()[1]) < 4, point())

    figure = "#cell-7-output svg"
    before = count()
    left, top, width, height = phone.place(figure)
    moved = phone.scrolled(lambda: phone.drag(left + width / 2, top + height * 0.8, 0, -150))
    check("a finger that scrolls over the figure adds no point", moved > 50 and count() == before,
          (moved, before, count()))
    phone.tap(*phone.middle(figure))
    check("a tap on the plane adds a point", wait(lambda: count() == before + 1, 5), count())
    left, top, width, _ = phone.place(figure)
    phone.tap(left + width / 2, top + 3)
    time.sleep(0.3)
    check("a tap beside the plane adds none", count() == before + 1, count())


def try_weights(phone, check):
    value = lambda place: float(phone.script(
        "return document.getElementById(arguments[0]).value", f"control-8-weights-{place}"))
    for place, part in (0, "text"), (1, "path"):
        before = value(place)
        at = phone.middle(f"#cell-8 {part}[data-weight='8.weights-{place}']")
        moved = phone.scrolled(lambda: phone.drag(*at, 0, -60, 24))
        check(f"a finger drags a weight by its {part}, and not the page", value(place) > before and moved == 0,
              (before, value(place), moved))


def try_sizes(phone, check):
    small = phone.script("""
      const targets = document.querySelectorAll("[data-live] :is(input, select, button, [data-point]), .tools button, summary");
      return [...targets].map((target) => {
        // Its label is part of a box that is ticked.
        const box = (target.type === "checkbox" ? target.parentElement : target).getBoundingClientRect();
        return [target.matches("[data-point], .copy") ? 24 : 44, box.width, box.height, target.outerHTML.slice(0, 80)];
      }).filter(([least, width, height]) => width && (width < Math.min(least, 24) || height < least))
    """)
    check("what is tapped is large enough for a finger", not small, small)
