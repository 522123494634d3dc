"""Changes a book in the page that `nnbook serve --edit` shows, in a headless browser, as an author and as a
learner does. NNBOOK_EDITS says how many changes the search for leaks makes; 60 by default."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from selenium.webdriver.common.keys import Keys

TOOL = pathlib.Path(".build/debug/nnbook").resolve()
EDITS = int(os.environ.get("NNBOOK_EDITS", "60"))
CHAPTER = """---
title: Edited
---

First *words*.

```swift
let a = 3
a * 2
```

## A section

Second words.

```swift
print("b is", a + 10)
```

- one
- two

> [!NOTE]
> A note with a cell.
>
> ```swift
> a + 100
> ```

[one]: https://example.com

```swift fold
print("folded", a)
```
"""
EXERCISE = """---
title: Exercise
---

```swift exercise
func twice(_ x: Double) -> Double { x }
```

```swift checks
check(twice(3) == 6, "Twice three is six: did you forget a factor?")
check(twice(0) == 0, "Twice nothing is nothing.")
```

```swift solution
func twice(_ x: Double) -> Double { 2 * x }
```
"""


def memory(pid):
    """Kilobytes of the process itself."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))


def descendants(pid):
    """Ids of processes that it started, and of those that they did."""
    children = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.append(child)
            waiting.append(child)
    return found


def measured(pid, temporary):
    """Processes, kilobytes of memory, open files, folders, kilobytes of files."""
    return (len(descendants(pid)), memory(pid), len(os.listdir(f"/proc/{pid}/fd")), len(list(temporary.iterdir())),
            sum(path.stat().st_size for path in temporary.rglob("*") if path.is_file()) // 1024)


def try_editing(open_browser, check, wait, looks_for_leaks=True):
    with tempfile.TemporaryDirectory() as folder:
        # Where programs run as another user, that one must find its way.
        os.chmod(folder, 0o711)
        path = pathlib.Path(folder) / "chapters" / "01-edited.md"
        path.parent.mkdir()
        # With the ends of lines of another system, and none at the end of the file.
        path.write_bytes(CHAPTER[:-1].replace("\n", "\r\n").encode())
        (path.parent / "02-exercise.md").write_text(EXERCISE)
        temporary = pathlib.Path(folder) / "temporary"
        temporary.mkdir()
        server = subprocess.Popen(
            [TOOL, "serve", "--edit", "--quiet", "--port", "0"], cwd=folder, stderr=subprocess.DEVNULL,
            stdout=subprocess.PIPE, text=True, env=dict(os.environ, TMPDIR=str(temporary)))
        line = server.stdout.readline()
        found = re.search(r"(http://localhost:\d+)/\?token=(\w+)", line)
        check("the address holds a token", found is not None, line)
        if not found:
            server.kill()
            server.wait()
            return
        base, token = found.groups()
        browser = open_browser()
        try:
            Tries(browser, base, token, path, check, wait).all()
            if looks_for_leaks:
                leaks(server.pid, temporary, browser, base, check, wait)
        finally:
            browser.quit()
            started = descendants(server.pid)
            server.terminate()
            server.wait()
        check("no process is left when the server ends", wait(
            lambda: not [pid for pid in started if pathlib.Path(f"/proc/{pid}").exists()], 30), started)


class Tries:
    def __init__(self, browser, base, token, path, check, wait):
        self.browser, self.base, self.token, self.path = browser, base, token, path
        self.check, self.wait = check, wait
        self.script = browser.execute_script
        self.is_chromium = hasattr(browser, "execute_cdp_cmd")

    def all(self):
        self.opens()
        self.is_closed_to_others()
        self.runs_cells()
        self.says_errors()
        self.brings_back()
        self.saves()
        self.changes_prose()
        self.adds_moves_deletes()
        self.meets_other_changes()
        self.outlives_a_reload()
        self.loses_nothing()
        self.completes()
        self.exercises()
        severe = [entry["message"] for entry in self.browser.get_log("browser")
                  if entry["level"] == "SEVERE" and "favicon" not in entry["message"] and " 409 " not in entry["message"]]
        self.check("the edited page's console has no errors", not severe, severe)

    # What is in the page

    def area(self, index):
        return self.browser.find_element("css selector", f"#cell-{index} textarea")

    def output(self, index):
        return self.script("return document.getElementById(arguments[0])?.querySelector('.results')?.textContent.trim()",
                           f"cell-{index}")

    def shows(self, index, text):
        return lambda: self.output(index) == text and not self.script("return document.querySelector('[data-result]')")

    def bar(self):
        return self.script("return document.querySelector('.nn-edit-bar').textContent")

    def text(self):
        return self.path.read_bytes().decode()

    def type_all(self, index, text, run=True):
        area = self.area(index)
        self.script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].focus()", area)
        area.send_keys(Keys.CONTROL, "a")
        area.send_keys(Keys.DELETE)
        # Lines as they are, not indented by the editor.
        self.script("document.execCommand('insertText', false, arguments[0])", text)
        if run:
            area.send_keys(Keys.SHIFT, Keys.ENTER)
        return area

    def press(self, index, name):
        self.script("[...document.querySelectorAll(`#cell-${arguments[0]} .nn-edit-tools button`)]"
                    ".find(b => b.textContent === arguments[1]).click()", index, name)

    def menu(self, text, item):
        """Of the block whose menu names this text."""
        return self.script("""
          const box = [...document.querySelectorAll(".nn-edit-menu")]
            .find(box => box.querySelector("summary").getAttribute("aria-label").includes(arguments[0]));
          [...box?.querySelectorAll("button") ?? []].find(b => b.textContent === arguments[1])?.click();
          return box !== undefined""", text, item)

    def prose(self):
        return self.browser.find_elements("css selector", "article > .nn-edit textarea")

    def replace_prose(self, text, key):
        self.wait(self.prose, 30)
        area = self.prose()[0]
        area.send_keys(Keys.CONTROL, "a")
        area.send_keys(Keys.DELETE)
        self.script("document.execCommand('insertText', false, arguments[0])", text)
        area.send_keys(*key)

    # What is tried

    def opens(self):
        def opened():
            try:
                self.browser.get(f"{self.base}/01-edited.html?token={self.token}")
                return self.wait(lambda: self.output(0) == "6" and len(self.script(
                    "return [...document.querySelectorAll('.cell textarea')]")) == 3, 3)
            except Exception:
                return False

        self.check("the page opens with an editor for each shown cell", self.wait(opened, 180))
        self.check("the token is not in the address any more", self.browser.current_url == f"{self.base}/01-edited.html",
                   self.browser.current_url)
        self.check("scripts cannot read the cookie", self.script("return document.cookie") == "")
        # The first page may still be replaced by the one with its results.
        self.check("each editor has a name", self.wait(lambda: self.script(
            "return [...document.querySelectorAll('.cell textarea')].map(a => a.ariaLabel).join()")
            == "Cell 1, Swift,Cell 2, Swift,Cell 3, Swift", 30))
        self.check("code has colors", self.wait(lambda: self.script(
            "return document.querySelector('#cell-0 .nn-edit pre b')?.textContent") == "let", 30))
        self.check("a cell in a quote is edited without its marks", self.area(2).get_attribute("value") == "a + 100")
        self.check("every block has its menu", self.script("return document.querySelectorAll('.nn-edit-menu').length") == 8,
                   self.script("return document.querySelectorAll('.nn-edit-menu').length"))

    def is_closed_to_others(self):
        for path in ["/", "/01-edited.html", "/-nnbook/events", "/-nnbook/chapter/01-edited"]:
            try:
                status = urllib.request.urlopen(self.base + path, timeout=10).status
            except urllib.error.HTTPError as error:
                status = error.code
            self.check(f"without the cookie {path} is closed", status == 403, status)

    def runs_cells(self):
        start = time.monotonic()
        self.type_all(0, "let a = 4\na * 2")
        self.check("Shift-Enter runs a changed cell", self.wait(self.shows(0, "8"), 60), self.output(0))
        print(f"    {time.monotonic() - start:.1f} s with typing")
        self.check("and those below it", self.wait(self.shows(1, "b is 14"), 60), self.output(1))
        self.check("nothing is saved by that", "let a = 3" in self.text())
        self.check("the page says so", self.wait(lambda: "not saved" in self.bar(), 30), self.bar())
        self.check("the editor stays where it was typed", self.script(
            "return document.activeElement === document.querySelector('#cell-0 textarea')"))
        area = self.area(2)
        self.script("arguments[0].focus()", area)
        self.type_all(2, "a + 200")
        self.check("a cell in a quote runs too", self.wait(self.shows(2, "204"), 60), self.output(2))

    def says_errors(self):
        self.type_all(0, "let a = 4\nlet c = nothing\na * 2")
        self.check("an error stands under its line", self.wait(lambda: self.script(
            "return document.querySelector('#cell-0 .nn-edit-line[data-message]')?.textContent") == "let c = nothing\n", 60))
        self.check("with its words", self.script(
            "return document.querySelector('#cell-0 .nn-edit-line[data-message]')?.dataset.message")
            == "cannot find 'nothing' in scope")
        self.check("and is told to who cannot see it", self.script("""
            const area = document.querySelector('#cell-0 textarea');
            return area.getAttribute('aria-invalid') === 'true' && area.getAttribute('aria-describedby').split(' ')
              .map(id => document.getElementById(id).textContent).join(' ').includes("Line 2: cannot find 'nothing' in scope")"""))
        self.check("no box lies over the page for it", self.wait(lambda: not self.script(
            "return document.querySelector('pre[role=alert]')"), 30))
        self.area(0).send_keys(Keys.END)
        self.area(0).send_keys(" ")
        self.check("typing takes the message away", not self.script(
            "return document.querySelector('#cell-0 .nn-edit-line[data-message]')"))

    def brings_back(self):
        self.area(0).send_keys(Keys.ESCAPE)
        self.check("Escape brings the saved text back", self.area(0).get_attribute("value") == "let a = 3\na * 2",
                   self.area(0).get_attribute("value"))
        self.check("and its result", self.wait(self.shows(0, "6"), 60), self.output(0))
        # Firefox forgets what can be undone in a field that takes another place in the page.
        if self.is_chromium:
            self.area(0).send_keys(Keys.CONTROL, "z")
            self.check("undo brings back what was typed", "nothing" in self.area(0).get_attribute("value"))
        self.area(0).send_keys(Keys.ESCAPE)
        area = self.area(0)
        area.send_keys(Keys.CONTROL, Keys.HOME)
        area.send_keys(Keys.TAB)
        self.check("Tab indents", area.get_attribute("value").startswith("  let a"), area.get_attribute("value"))
        area.send_keys(Keys.SHIFT, Keys.TAB)
        self.check("Shift-Tab does the reverse", area.get_attribute("value").startswith("let a"), area.get_attribute("value"))
        area.send_keys(Keys.ESCAPE)
        area.send_keys(Keys.TAB)
        self.check("after Escape Tab leaves", self.script(
            "return document.activeElement !== document.querySelector('#cell-0 textarea')"))

    def saves(self):
        before = self.text()
        self.type_all(1, "print(\"c is\", a + 20)", run=False)
        self.area(1).send_keys(Keys.CONTROL, "s")
        expected = before.replace('print("b is", a + 10)', 'print("c is", a + 20)')
        self.check("Ctrl-S writes the lines of the cell, and no other byte", self.wait(lambda: self.text() == expected, 60),
                   self.text())
        self.check("and runs it", self.wait(self.shows(1, "c is 23"), 60), self.output(1))
        self.check("what else was changed is still not saved", self.output(2) == "203" and "a + 100" in self.text(),
                   self.output(2))
        self.press(2, "Saved text")
        self.check("the button for the saved text does what Escape does", self.wait(self.shows(2, "103"), 60))
        self.check("then nothing is unsaved", self.wait(lambda: "not saved" not in self.bar(), 30), self.bar())

    def changes_prose(self):
        before = self.text()
        self.check("prose has an editor", self.menu("First", "Edit Markdown") and self.wait(self.prose, 30))
        self.check("it holds its Markdown", self.prose()[0].get_attribute("value") == "First *words*.")
        self.replace_prose("Other **words**.\n\nAnd more, `{swift} a + 1`.", [Keys.SHIFT, Keys.ENTER])
        self.check("changed prose is shown", self.wait(lambda: self.script(
            "return document.querySelector('article strong')?.textContent") == "words", 30))
        self.check("a value in it that stands before its cell is told", self.wait(
            lambda: self.script("return document.body.textContent").count("[inline-before-cell]") > 0, 60))
        self.menu("And more", "Delete")
        self.check("a block is deleted", self.wait(lambda: "And more" not in self.script(
            "return document.querySelector('article').textContent"), 30))
        self.check("nothing of it is saved yet", self.text() == before)
        self.menu("Other", "Edit Markdown")
        self.wait(self.prose, 30)
        self.prose()[0].send_keys(Keys.CONTROL, "s")
        expected = before.replace("First *words*.", "Other **words**.")
        self.check("saving writes the block, and no other byte", self.wait(lambda: self.text() == expected, 60), self.text())
        self.check("the editor closes", self.wait(lambda: not self.prose(), 30))
        self.menu("Second words", "Edit Markdown")
        self.replace_prose("Nobody wants this.", [Keys.ESCAPE])
        self.check("Escape leaves prose as it was", self.wait(lambda: not self.prose(), 30) and self.text() == expected)

    def adds_moves_deletes(self):
        before = self.text()
        self.menu("Second words", "Add cell below")
        self.check("a new cell gets the focus", self.wait(lambda: self.script(
            "return document.activeElement?.value") == "// A new cell", 30), self.script("return document.activeElement.outerHTML.slice(0, 200)"))
        self.type_all(1, "a + 1000")
        self.check("it runs", self.wait(self.shows(1, "1003"), 60), self.output(1))
        self.check("the cells below have moved on", self.wait(self.shows(2, "c is 23"), 60), self.output(2))
        self.script("[...document.querySelectorAll('.nn-edit-bar button')].find(b => b.textContent === 'Save all').click()")
        added = before.replace("Second words.\r\n", "Second words.\r\n\r\n```swift\r\na + 1000\r\n```\r\n")
        self.check("it is saved as Markdown", self.wait(lambda: self.text() == added, 60), self.text())
        # The page and the editor are of one text again.
        self.wait(lambda: self.menu("Second words", "nothing") and "not saved" not in self.bar(), 30)
        self.script("window.mark = 1")
        self.menu("Second words", "Move down")
        moved = before.replace("Second words.\r\n", "```swift\r\na + 1000\r\n```\r\n\r\nSecond words.\r\n")
        self.check("a block moves", self.wait(lambda: self.script("""
            return [...document.querySelector('article').textContent.matchAll(/1003|Second words/g)].map(String).join()""")
            == "1003,Second words", 60))
        self.check("which takes no new page", self.script("return window.mark") == 1)
        self.script("[...document.querySelectorAll('.nn-edit-bar button')].find(b => b.textContent === 'Save all').click()")
        self.check("it is saved as well", self.wait(lambda: self.text() == moved, 60), (self.bar(), self.text()))
        self.wait(lambda: "not saved" not in self.bar(), 30)
        self.script("""[...document.querySelectorAll('#cell-1')].map(cell => {
            let box = cell.previousElementSibling;
            while (!box.matches('.nn-edit-menu')) box = box.previousElementSibling;
            [...box.querySelectorAll('button')].find(b => b.textContent === 'Delete').click();
        })""")
        self.check("a cell is deleted", self.wait(lambda: self.output(1) == "c is 23", 60), self.output(1))
        self.script("[...document.querySelectorAll('.nn-edit-bar button')].find(b => b.textContent === 'Save all').click()")
        self.check("and gone from the file, which is as it was", self.wait(lambda: self.text() == before, 60), self.text())

    def meets_other_changes(self):
        self.wait(lambda: "not saved" not in self.bar(), 30)
        self.type_all(1, "print(\"d is\", a)")
        self.wait(self.shows(1, "d is 3"), 60)
        other = self.text().replace("Other **words**.", "Words of another editor.")
        self.path.write_bytes(other.encode())
        time.sleep(1)
        self.area(1).send_keys(Keys.CONTROL, "s")
        self.check("a file that was changed meanwhile is not overwritten",
                   self.wait(lambda: self.script("return document.querySelector('dialog[open]') !== null"), 30)
                   and self.text() == other, self.text())
        both = self.script("return [...document.querySelectorAll('dialog pre')].map(pre => pre.textContent)")
        self.check("both texts are shown", len(both) == 2 and "another editor" in both[0] and "d is" in both[1]
                   and "d is" not in both[0], both)
        self.script("[...document.querySelectorAll('dialog button')].find(b => b.textContent === 'Take the file\\'s').click()")
        self.check("the file's text can be taken", self.wait(lambda: "another editor" in self.script(
            "return document.querySelector('article').textContent"), 30) and self.wait(self.shows(1, "c is 23"), 60))
        self.check("and is what the cell's editor holds", self.area(1).get_attribute("value") == 'print("c is", a + 20)',
                   self.area(1).get_attribute("value"))

    def outlives_a_reload(self):
        self.type_all(1, "print(\"not run\")", run=False)
        self.browser.refresh()
        self.check("what was typed and not run outlives a reload", self.wait(
            lambda: self.script("return document.querySelector('#cell-1 textarea')?.value") == 'print("not run")', 30))
        self.check("and was neither run nor saved", self.output(1) == "c is 23" and "not run" not in self.text())
        self.area(1).send_keys(Keys.ESCAPE)

    def loses_nothing(self):
        """However late answers come, and whatever the page does meanwhile."""
        before = self.text()
        edited = before.replace('print("c is", a + 20)', 'print("e is", a + 30)')
        self.wait(lambda: self.area(1).get_attribute("value") == 'print("c is", a + 20)', 30)

        # Requests of these kinds wait, before they are sent or before they are answered.
        self.script("""
          const real = window.real = window.fetch.bind(window);
          window.held = [];
          window.holds = () => null;
          window.release = () => { holds = () => null; for (const go of held.splice(0)) go(); };
          window.fetch = async (path, options = {}) => {
            const kind = holds(`${options.method ?? "GET"} ${path}`);
            const turn = () => new Promise((go) => held.push(go));
            if (kind === "before") await turn();
            const response = await real(path, options);
            if (kind === "after") await turn();
            return response;
          };""")
        hold = lambda kind, start: self.script(
            "holds = (request) => (request.startsWith(arguments[1]) ? arguments[0] : null)", kind, start)
        waits = lambda: self.wait(lambda: self.script("return held.length > 0"), 60)
        lines = lambda: self.browser.execute_async_script("""
          const done = arguments[0];
          fetch("/-nnbook/chapter/01-edited").then(r => r.json()).then(c => done(c.blocks.map(b => b.lines.join("|"))));""")
        drop = lambda: self.script("""
          window.confirm = () => true;
          [...document.querySelectorAll('.nn-edit-bar button')].find(b => b.textContent === 'Drop all').click();""")
        clean = lambda: self.wait(lambda: "not saved" not in self.bar() and self.script("""
            const names = [...document.querySelectorAll('.nn-edit-menu summary')].map((summary) => summary.ariaLabel);
            return names.length === 8 && names[3] === 'Change block 4: Second words.'"""), 60)

        hold("after", "POST")
        self.type_all(1, 'print("e is", a)')
        waits()
        self.type_all(1, 'print("e is", a + 30)', run=False)
        self.script("release()")
        self.check("what is typed while the server answers stays", self.wait(lambda: self.script(
            "return document.querySelector('#cell-1 .nn-edit .nn-status').textContent") == "Not run yet", 60)
            and self.area(1).get_attribute("value") == 'print("e is", a + 30)', self.area(1).get_attribute("value"))
        self.area(1).send_keys(Keys.ESCAPE)
        clean()

        hold("before", "POST")
        self.type_all(1, 'print("e is", a)')
        waits()
        self.area(1).send_keys(Keys.ESCAPE)
        self.script("release()")
        self.check("Escape takes back what was tried a moment ago", clean() and self.wait(
            lambda: lines()[4] == '```swift|print("c is", a + 20)|```', 60), lines())

        self.menu("Words of another", "Edit Markdown")
        self.wait(self.prose, 30)
        hold("before", "POST")
        self.prose()[0].send_keys(Keys.END)
        self.prose()[0].send_keys(Keys.ENTER, "One line more.")
        self.prose()[0].send_keys(Keys.SHIFT, Keys.ENTER)
        waits()
        self.type_all(1, 'print("e is", a + 30)', run=False)
        self.area(1).send_keys(Keys.CONTROL, "s")
        self.script("[...document.querySelectorAll('.nn-edit-bar button')].find(b => b.textContent === 'Save all').click()")
        self.check("a save that has to wait says so", self.bar().startswith("Saving…"), self.bar())
        self.script("release()")
        self.check("what is saved is what stands there when its turn comes", self.wait(
            lambda: self.text() == edited.replace("Words of another editor.", "Words of another editor.\r\nOne line more."), 60),
            self.text())
        self.check("which is told", self.wait(lambda: not self.bar().startswith("Saving…"), 60), self.bar())
        self.check("a block that is shown and saved closes its editor", self.wait(lambda: not self.prose(), 60))
        self.menu("Words of another", "Edit Markdown")
        self.replace_prose("Words of another editor.", [Keys.CONTROL, "s"])
        self.check("the rest stays as it was", self.wait(lambda: self.text() == edited, 60), self.text())
        clean()

        hold("before", "GET /01-edited.html")
        blocks = lines()
        self.menu("Words of another", "Add text below")
        self.wait(lambda: len(lines()) == len(blocks) + 1, 60)
        self.menu("Second words", "Move up")
        moved = [blocks[0], "New text.", blocks[1], blocks[3], blocks[2], *blocks[4:]]
        self.check("a menu that is older than the text moves its own block", self.wait(lambda: lines() == moved, 60),
                   lines())
        self.script("release()")
        drop()
        clean()

        self.type_all(1, 'print("typed", a)', run=False)
        self.menu("block 5:", "Move up")
        self.check("a block moves with what is typed in it", self.wait(
            lambda: lines()[3] == '```swift|print("typed", a)|```', 60), (self.bar(), lines()))
        drop()
        clean()

        # Another page of the same chapter, of which this one has not heard.
        hold("before", "GET /01-edited.html")
        self.type_all(1, 'print("c is", a + 20)', run=False)
        self.browser.execute_async_script("""
          const done = arguments[0];
          (async () => {
            const chapter = await (await real("/-nnbook/chapter/01-edited")).json();
            await real("/-nnbook/edit/01-edited", { method: "POST", body: JSON.stringify({ action: "try",
              base: chapter.base, edits: [{ first: chapter.cells[0].first, count: 0, lines: ["let other = 1"] }] }),
              headers: { "Content-Type": "application/json", "X-Nnbook": "edit" } });
          })().finally(done);""")
        self.area(1).send_keys(Keys.CONTROL, "s")
        self.script("release()")
        self.check("a change elsewhere in the chapter holds back no save", self.wait(lambda: self.text() == before, 60),
                   (self.bar(), self.text()))
        drop()
        clean()

        # The page goes before anything was sent; then one is used before it knows its chapter.
        hold("before", "POST")
        self.type_all(1, 'print("e is", a + 30)', run=False)
        self.area(1).send_keys(Keys.CONTROL, "s")
        waits()
        self.browser.refresh()
        self.check("a save that a new page came in between of is done by that one", self.wait(
            lambda: self.text() == edited, 60), self.text())
        clean()
        # Only there a script can run before those of the page.
        if self.is_chromium:
            self.saves_early(before)

    def saves_early(self, before):
        self.type_all(1, 'print("c is", a + 20)')
        self.wait(self.shows(1, "c is 23"), 60)
        early = self.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
          const real = window.fetch.bind(window);
          window.fetch = async (path, options) => {
            if (`${path}`.startsWith("/-nnbook/chapter/") && !window.go) await new Promise((go) => { window.release = go; });
            return real(path, options);
          };"""})["identifier"]
        self.browser.refresh()
        self.wait(lambda: self.script("return document.querySelector('.nn-edit-bar') !== null"), 60)
        self.script("[...document.querySelectorAll('.nn-edit-bar button')].find(b => b.textContent === 'Save all').click()")
        self.script("window.go = true; window.release?.()")
        self.check("a save of a page that is not ready yet waits for it", self.wait(lambda: self.text() == before, 60),
                   (self.bar(), self.text()))
        self.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": early})

    def completes(self):
        compiler = shutil.which("swiftc")
        if not compiler or not (pathlib.Path(compiler).resolve().parent / "sourcekit-lsp").exists():
            print("        the toolchain has no sourcekit-lsp: nobody tried completion in the page")
            return
        options = lambda: self.script("""
          return [...document.querySelectorAll('#cell-1 [role=listbox]:not([hidden]) [role=option]')]
            .map(option => option.querySelector('.nn-edit-label').textContent)""")
        selected = lambda: self.script("""
          const area = document.querySelector('#cell-1 textarea');
          const option = document.getElementById(area.getAttribute('aria-activedescendant'));
          return option?.getAttribute('aria-selected') === 'true' && option.closest('ul').id === area.getAttribute('aria-controls')
            ? option.querySelector('.nn-edit-label').textContent : null""")
        told = lambda: self.script("return document.querySelector('#cell-1 .nn-edit-hover:not([hidden])')?.textContent ?? ''")
        self.wait(lambda: self.area(1).get_attribute("value") == 'print("c is", a + 20)', 60)
        area = self.type_all(1, "let more = a", run=False)
        area.send_keys(".")
        # It may still have to start.
        shown = self.wait(options, 60)
        if not shown:
            area.send_keys(Keys.CONTROL, " ")
            shown = self.wait(options, 120)
        self.check("after a dot there are completions, of a name of another cell", shown, self.bar())
        area.send_keys("descr")
        self.check("typing narrows them", self.wait(lambda: options() and options()[0] == "description", 60), options()[:5])
        self.check("the first is chosen, as a screen reader is told", selected() == "description", selected())
        area.send_keys(Keys.ESCAPE)
        self.check("Escape closes the list, and leaves the text", not options()
                   and area.get_attribute("value") == "let more = a.descr", area.get_attribute("value"))
        area.send_keys(Keys.CONTROL, " ")
        self.check("Control-Space opens it again", self.wait(lambda: options() and options()[0] == "description", 60), options()[:5])
        names = options()
        area.send_keys(Keys.ARROW_UP)
        self.check("arrows go round", selected() == names[-1], (selected(), names))
        area.send_keys(Keys.ARROW_DOWN)
        area.send_keys(Keys.ENTER)
        self.check("Enter takes what is chosen", area.get_attribute("value") == "let more = a.description" and not options(),
                   area.get_attribute("value"))
        area.send_keys(Keys.ENTER, "mor")
        area.send_keys(Keys.CONTROL, " ")
        self.check("names that were just typed are known", self.wait(lambda: options() and options()[0] == "more", 60), options()[:5])
        area.send_keys(Keys.TAB)
        self.check("Tab takes one too", area.get_attribute("value") == "let more = a.description\nmore",
                   area.get_attribute("value"))
        area.send_keys(Keys.CONTROL, Keys.SHIFT, " ")
        self.check("Control-Shift-Space says what a name is", self.wait(lambda: "let more: String" in told(), 60), told())
        area.send_keys(Keys.ESCAPE)
        self.check("Escape closes that", told() == "" and area.get_attribute("value").endswith("more"), told())
        self.script("""
          const area = document.querySelector('#cell-1 textarea');
          const walker = document.createTreeWalker(document.querySelector('#cell-1 .nn-edit code'), NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (!node.data.includes("a.") && node.data.trim() !== "a") node = walker.nextNode();
          const range = document.createRange();
          const at = node.data.indexOf("a.") < 0 ? node.data.indexOf("a") : node.data.indexOf("a.");
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          area.dispatchEvent(new MouseEvent("mousemove", { bubbles: true,
            clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }));""")
        self.check("the pointer asks as well", self.wait(lambda: "let a: Int" in told(), 60), told())
        area.send_keys(Keys.ESCAPE)
        area.send_keys(Keys.ESCAPE)
        self.check("then Escape brings the saved text back as ever", self.wait(
            lambda: area.get_attribute("value") == 'print("c is", a + 20)', 30), area.get_attribute("value"))

    def exercises(self):
        self.browser.get(f"{self.base}/02-exercise.html")
        self.check("a starter has an editor", self.wait(
            lambda: self.script("return document.querySelectorAll('#cell-0 textarea').length") == 1, 60))
        told = lambda: self.script("return document.querySelector('#cell-0 .nn-edit-checks')?.textContent")
        self.check("nothing is told before it is tried", told() == "", told())
        self.type_all(0, "func twice(_ x: Double) -> Double { x + 1 }\nprint(\"it ran\")")
        self.check("a learner is told what is wrong, in the checks' words", self.wait(
            lambda: "✗ Twice three is six: did you forget a factor?" in (told() or ""), 120), told())
        self.check("all of it", "✗ Twice nothing is nothing." in told(), told())
        self.check("and sees what the code printed", "it ran" in told(), told())
        self.type_all(0, "func twice(_ x: Double) -> Double { x + x }")
        self.check("a right answer is told to be one", self.wait(
            lambda: (told() or "") == "✓ All 2 checks hold.", 120), told())
        self.check("no message of its author's is in the way", "starter passes" not in self.script(
            "return document.body.textContent"))
        self.type_all(0, "func twice(_ x: Double) -> Double { fatalError(\"no\") }")
        self.check("code that stops says so", self.wait(lambda: "The code stops" in (told() or ""), 120), told())
        self.type_all(0, "func twice(_ x: Double) -> Double { y }")
        self.check("an error of the compiler stands under its line here too", self.wait(lambda: self.script(
            "return document.querySelector('#cell-0 .nn-edit-line[data-message]')?.dataset.message")
            == "cannot find 'y' in scope", 120))
        self.area(0).send_keys(Keys.ESCAPE)
        self.check("Escape brings the starter back", self.area(0).get_attribute("value").endswith("{ x }"))
        self.check("the file was never touched", (self.path.parent / "02-exercise.md").read_text() == EXERCISE)


def leaks(pid, temporary, browser, base, check, wait):
    """Many changes of one cell by what the page's editor sends, each waited for."""
    browser.get(f"{base}/01-edited.html")
    script = browser.execute_script
    wait(lambda: script("return document.querySelectorAll('#cell-0 textarea').length") == 1, 60)
    browser.set_script_timeout(120)

    # A change that comes while the page still loads may load it again.
    time.sleep(2)

    def change(number):
        browser.execute_async_script("""
          const [number, done] = arguments;
          (async () => {
            const chapter = await (await fetch("/-nnbook/chapter/01-edited")).json();
            const cell = chapter.cells[0];
            await fetch("/-nnbook/edit/01-edited", { method: "POST", headers: {
              "Content-Type": "application/json", "X-Nnbook": "edit" }, body: JSON.stringify({ action: "try",
              base: chapter.base, edits: [{ first: cell.first, count: cell.lines.length,
                lines: [`let a = ${number}`, "a * 2"] }] }) });
          })().finally(done);""", number)
        return wait(lambda: script("""
          return document.querySelector("#cell-0 .results")?.textContent.trim() === String(2 * arguments[0])
            && !document.querySelector("[data-result]")""", number), 60)

    start = time.monotonic()
    right, before = 0, None
    for number in range(1, EDITS + 1):
        right += change(1000 + number)
        # What is made once is there by then.
        if number == max(1, EDITS // 3):
            before = measured(pid, temporary)
    after = measured(pid, temporary)
    print(f"    {EDITS} changes in {time.monotonic() - start:.0f} s; processes, kB, descriptors, folders, kB of files: "
          f"{before} after a third, {after} at the end")
    check("every one of many changes shows its result", right == EDITS, f"{right} of {EDITS}")
    check("many changes leave no processes", after[0] <= before[0] + 2, (before, after))
    check("nor memory", after[1] <= before[1] * 1.2 + 20_000, (before, after))
    check("nor open files", after[2] <= before[2] + 5, (before, after))
    check("nor folders", after[3] <= before[3] + 2, (before, after))
    check("nor files", after[4] <= before[4] * 1.1 + 1000, (before, after))
