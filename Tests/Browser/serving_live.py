"""Changes a chapter with live cells that `nnbook serve` shows, in its file and in the page, and watches it in
a headless browser: the page is never loaded anew, and what the reader chose stays."""
import os
import pathlib
import re
import socket
import subprocess
import tempfile

from selenium.webdriver.common.keys import Keys

TOOL = pathlib.Path(".build/debug/nnbook").resolve()
SCALE = "```swift\nlet scale = {scale}\n```"
WIDTH = "```swift live\nlet width = slider(\"Width\", 1...{most}, default: 3)\nprint(\"{word}\", width * scale)\n```"
HEIGHT = "```swift live\nlet height = slider(\"Height\", 1...9, default: 2)\nprint(\"high\", height)\n```"
SENTENCE = "It is `{swift live} width + 100` here."


def chapter(*blocks, scale=10, most=9, word="wide"):
    text = "\n\n".join(["---\ntitle: Alive\n---", "First words.", *blocks]) + "\n"
    return text.replace("{scale}", str(scale)).replace("{most}", str(most)).replace("{word}", word)


def try_served_live_cells(open_browser, check, wait):
    for is_edited in [False, True]:
        with tempfile.TemporaryDirectory() as folder:
            # Where programs run as another user, that one must find its way.
            os.chmod(folder, 0o711)
            path = pathlib.Path(folder) / "chapters" / "01-alive.md"
            path.parent.mkdir()
            path.write_text(chapter(SCALE, WIDTH, SENTENCE, HEIGHT))
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            server = subprocess.Popen(
                [TOOL, "serve", "--port", str(port), "--quiet"] + (["--edit"] if is_edited else []), cwd=folder,
                stderr=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
            browser = None
            try:
                address = f"http://localhost:{port}/"
                if is_edited:
                    found = re.search(r"http://localhost:\d+/\S*", server.stdout.readline())
                    address = found.group(0) if found else address
                browser = open_browser()
                page = Page(browser, path, check, wait, "edited" if is_edited else "served")
                page.open(address)
                if is_edited:
                    page.changes_in_place()
                else:
                    page.changes_of_the_file()
                severe = [entry["message"] for entry in browser.get_log("browser")
                          if entry["level"] == "SEVERE" and "favicon" not in entry["message"]]
                check(f"the {page.kind} page's console has no errors", not severe, severe)
            finally:
                if browser:
                    browser.quit()
                server.terminate()
                server.wait()


class Page:
    def __init__(self, browser, path, check, wait, kind):
        self.browser, self.path, self.check, self.wait, self.kind = browser, path, check, wait, kind
        self.script = browser.execute_script

    def open(self, address):
        base, _, rest = address.partition("/?")

        def opened():
            # Before the first build the server has no page, and then one without its results.
            try:
                self.browser.get(f"{base.rstrip('/')}/01-alive.html" + (f"?{rest}" if rest else ""))
                return self.wait(lambda: self.slider("Height") == "1" and not self.states(), 5)
            except Exception:
                return False

        self.check(f"the {self.kind} page opens with its live cells", self.wait(opened, 180))
        # The page keeps this for as long as it is the same one.
        self.script("window.mark = 1")

    def save(self, *blocks, **values):
        new = self.path.with_suffix(".md~")
        new.write_text(chapter(*blocks, **values))
        os.replace(new, self.path)

    def slider(self, name):
        return self.script("""
          return [...document.querySelectorAll(".controls label")].find((label) => label.textContent === arguments[0])
            ?.control.value""", name)

    def move(self, name, place):
        # Controls are made a moment after their cell came in.
        self.check(f"there is a slider '{name}'", self.wait(lambda: self.slider(name) is not None, 60))
        self.script("""
          const input = [...document.querySelectorAll(".controls label")]
            .find((label) => label.textContent === arguments[0]).control;
          input.value = arguments[1];
          input.dispatchEvent(new Event("input", { bubbles: true }));""", name, place)

    def states(self):
        return self.script("return [...document.querySelectorAll('[data-result]')].map((cell) => cell.dataset.result)")

    def printed(self):
        return self.script(
            "return [...document.querySelectorAll('[data-live] .console')].map((text) => text.textContent.trim()).join()")

    def sentence(self):
        return self.script("return document.querySelector('[data-value]')?.textContent")

    def seen(self):
        return (self.printed(), self.slider("Width"), self.slider("Height"), self.sentence(), self.states(),
                self.script("return document.querySelector('pre[role=alert]')?.textContent"), self.script("return window.mark"))

    def shows(self, fact, printed, width, height, sentence=None, text=""):
        """`text` tells the new page from the old one, where nothing else does."""
        def holds():
            seen = self.seen()
            return seen[:3] == (printed, width, height) and (sentence is None or seen[3] == sentence) \
                and not seen[4] and not seen[5] and text in self.script(
                    "return document.querySelector('article').textContent")

        held = self.wait(holds, 120)
        self.check(f"{fact} ({self.kind})", held and self.script("return window.mark") == 1, self.seen())

    def changes_of_the_file(self):
        self.move("Width", 5)
        self.move("Height", 7)
        self.shows("moving sliders shows what they give", "wide 60,high 8", "5", "7", "106")
        self.save(SCALE, WIDTH, SENTENCE, HEIGHT, word="broad")
        self.shows("a changed live cell takes its place, with what the reader chose", "broad 60,high 8", "5", "7", "106")
        self.move("Width", 6)
        self.move("Height", 0)
        self.shows("its controls, and those of the other one, move on", "broad 70,high 1", "6", "0", "107")
        self.save(SCALE, WIDTH, SENTENCE, HEIGHT, word="broad", most=4)
        self.shows("where a slider ends sooner its value is the last", "broad 40,high 1", "3", "0", "104")
        self.save(SCALE, WIDTH, SENTENCE, HEIGHT, scale=1, most=4)
        self.shows("a change above a live cell reaches it", "wide 4,high 1", "3", "0", "104")
        self.save(SCALE, "New words.", WIDTH, "More words.", SENTENCE, HEIGHT, scale=1, most=4)
        self.shows("blocks come in beside live cells", "wide 4,high 1", "3", "0", "104", "More words.")
        self.check("each once, in their places", self.wait(lambda: self.script(
            "return [...document.querySelectorAll('article > p')].map((text) => text.textContent.slice(0, 10)).join()")
            == "First word,New words.,More words,It is 104 ", 60), self.script("return document.querySelector('article').innerText"))
        self.save(SCALE, "```swift\nlet more = 1\nmore\n```", WIDTH, SENTENCE, HEIGHT, scale=1, most=4)
        self.shows("a cell comes in above them", "wide 4,high 1", "3", "0", "104", "let more = 1")
        self.move("Width", 1)
        self.shows("then they live on under other numbers", "wide 2,high 1", "1", "0", "102")
        self.save(SCALE, HEIGHT, "```swift\nlet more = 1\nmore\n```", WIDTH, SENTENCE, scale=1, most=4)
        self.shows("live cells that are moved take along what was chosen", "high 1,wide 2", "1", "0", "102")
        self.save(SCALE, HEIGHT, WIDTH.replace("* scale", "* nothing"), SENTENCE, scale=1, most=4)
        self.check("a mistake in a live cell is told", self.wait(lambda: "cannot find 'nothing'" in self.script(
            "return document.querySelector('[role=alert]:not(.live-message)')?.textContent ?? ''"), 120))
        self.save(SCALE, HEIGHT, WIDTH, SENTENCE, scale=2, most=4)
        self.shows("once it is mended the page is as it should be", "high 1,wide 4", "1", "0", "102")
        self.save(SCALE, HEIGHT, scale=2, most=4)
        self.shows("a live cell goes", "high 1", None, "0")

    def changes_in_place(self):
        self.move("Width", 5)
        self.shows("moving a slider shows what it gives", "wide 60,high 2", "5", "1", "106")
        self.check("the live cell has an editor", self.wait(
            lambda: self.browser.find_elements("css selector", "#cell-1 textarea"), 60))
        area = self.browser.find_element("css selector", "#cell-1 textarea")
        self.script("arguments[0].scrollIntoView({ block: 'center' }); arguments[0].focus()", area)
        area.send_keys(Keys.CONTROL, Keys.END)
        area.send_keys("\nprint(width + 1)")
        area.send_keys(Keys.SHIFT, Keys.ENTER)
        self.shows("a live cell that is changed in the page takes its place", "wide 60\n7,high 2", "5", "1", "106")
        self.check("its editor has the focus still", self.script(
            "return document.activeElement === document.querySelector('#cell-1 textarea')"))
        self.move("Width", 0)
        self.shows("and moves on", "wide 10\n2,high 2", "0", "1", "101")
        self.menu("It is", "Move down")
        self.shows("text moves below a live cell", "wide 10\n2,high 2", "0", "1", "101")
        self.menu("let height", "Add text below")
        self.shows("and comes in below one", "wide 10\n2,high 2", "0", "1", "101")
        self.menu("First words", "Add cell below")
        self.shows("a cell comes in above", "wide 10\n2,high 2", "0", "1", "101")
        self.menu("let height", "Move up")
        self.shows("a live cell is moved", "high 2,wide 10\n2", "0", "1", "101")
        self.script("window.confirm = () => true")
        self.script("[...document.querySelectorAll('.nn-edit-bar button')].find((b) => b.textContent === 'Drop all').click()")
        self.shows("all can be dropped", "wide 10,high 2", "0", "1", "101")

    def menu(self, text, item):
        """Of the block whose menu names this text, or whose cell holds it. Ends when the blocks are others."""
        # Two cells have the same name; what stands in them tells them apart.
        blocks = lambda: self.script("""
            return [...document.querySelectorAll(".nn-edit-menu")].map((menu) => [
              menu.querySelector("summary").ariaLabel,
              ...[...menu.nextElementSibling?.querySelectorAll("textarea") ?? []].map((area) => area.value),
            ].join(" ")).join("|")""")
        before = blocks()
        def pressed():
            return self.script("""
              const menus = [...document.querySelectorAll(".nn-edit-menu")];
              const menu = menus.find((menu) => menu.querySelector("summary").ariaLabel.includes(arguments[0])
                || [...menu.nextElementSibling?.querySelectorAll("textarea") ?? []].some((area) => area.value.includes(arguments[0])));
              const button = [...menu?.querySelectorAll("button") ?? []].find((button) => button.textContent === arguments[1]);
              button?.click();
              return button !== undefined""", text, item)

        self.check(f"there is a menu for '{text}'", self.wait(pressed, 60))
        self.check(f"'{item}' of '{text}' changes the blocks", self.wait(lambda: blocks() != before, 60), before)
