"""Headless Firefox, and what is tried in it alone: a built page with live cells, from disk and from a server.

Firefox is steered by its own protocol, Marionette, which needs no driver beside it. What the tests for Chromium
ask of selenium's driver, this one answers too, so that they run in both.
"""
import contextlib
import functools
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time


# What the stylesheet of every page says: figures of a page leave it out, and what a cell draws anew does not.
SAID = re.compile(' (?:xmlns|class|fill|stroke(?:-linejoin|-linecap|-width)?|shape-rendering|text-anchor'
                  '|font-(?:family|size|weight))="[^"]*"')


def plain(markup):
    return SAID.sub("", markup)


ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

# Errors of pages: what the console of the browser itself holds of them.
ERRORS = """
  return Services.console.getMessageArray().filter((message) => message instanceof Ci.nsIScriptError
    && !(message.flags & Ci.nsIScriptError.warningFlag) && /^(?:http|file):/.test(message.sourceName))
    .map(({ errorMessage, sourceName }) => errorMessage + " in " + sourceName);
"""


class Element:
    def __init__(self, browser, id):
        self.browser, self.id = browser, id

    def send_keys(self, *keys):
        self.browser.send("WebDriver:ElementSendKeys", id=self.id, text="".join(keys))

    def clear(self):
        self.browser.send("WebDriver:ElementClear", id=self.id)

    def click(self):
        self.browser.send("WebDriver:ElementClick", id=self.id)

    def is_displayed(self):
        return self.browser.send("WebDriver:IsElementDisplayed", id=self.id)["value"]

    @property
    def text(self):
        return self.browser.send("WebDriver:GetElementText", id=self.id)["value"]

    def get_attribute(self, name):
        return self.browser.execute_script(
            "return arguments[0][arguments[1]] ?? arguments[0].getAttribute(arguments[1])", self, name)


class Firefox:
    def __init__(self, program):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        with open(self.profile.name + "/user.js", "w") as settings:
            settings.write(f'user_pref("marionette.port", {port});\nuser_pref("dom.disable_beforeunload", true);\n')
        self.process = subprocess.Popen(
            [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", self.profile.name],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.bytes, self.count = b"", 0
        end = time.monotonic() + 60
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port))
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        self._receive()
        answer = self.send("WebDriver:NewSession", capabilities={})
        self.version = answer["capabilities"]["browserVersion"]

    # A message is its length, a colon, and JSON.
    def _receive(self):
        while b":" not in self.bytes:
            self.bytes += self._read()
        length, _, rest = self.bytes.partition(b":")
        while len(rest) < int(length):
            rest += self._read()
        self.bytes = rest[int(length):]
        return json.loads(rest[:int(length)])

    def _read(self):
        data = self.socket.recv(1 << 16)
        if not data:
            raise ConnectionError("Firefox ended")
        return data

    def send(self, name, **arguments):
        self.count += 1
        message = json.dumps([0, self.count, name, arguments]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(error["message"])
        return result

    def script(self, text, *arguments):
        answer = self.send("WebDriver:ExecuteScript", script=text, args=self._sent(list(arguments)))
        return self._received(answer["value"])

    # Elements of the page, in what is sent and in what comes back.
    def _sent(self, value):
        if isinstance(value, Element):
            return {ELEMENT: value.id}
        return [self._sent(item) for item in value] if isinstance(value, (list, tuple)) else value

    def _received(self, value):
        if isinstance(value, dict):
            if ELEMENT in value:
                return Element(self, value[ELEMENT])
            return {key: self._received(item) for key, item in value.items()}
        return [self._received(item) for item in value] if isinstance(value, list) else value

    # As selenium's driver

    execute_script = script

    def execute_async_script(self, text, *arguments):
        answer = self.send("WebDriver:ExecuteAsyncScript", script=text, args=self._sent(list(arguments)))
        return self._received(answer["value"])

    def set_script_timeout(self, seconds):
        self.send("WebDriver:SetTimeouts", script=seconds * 1000)

    def get(self, address):
        self.send("WebDriver:Navigate", url=address)

    def refresh(self):
        self.send("WebDriver:Refresh")

    @property
    def current_url(self):
        return self.send("WebDriver:GetCurrentURL")["value"]

    def find_element(self, by, selector):
        return self._received(self.send("WebDriver:FindElement", using=by, value=selector)["value"])

    def find_elements(self, by, selector):
        found = self.send("WebDriver:FindElements", using=by, value=selector)
        return self._received(found["value"] if isinstance(found, dict) else found)

    def get_log(self, _):
        self.send("Marionette:SetContext", value="chrome")
        try:
            return [{"level": "SEVERE", "message": message} for message in self.send(
                "WebDriver:ExecuteScript", script=ERRORS, args=[], sandbox="system")["value"]]
        finally:
            self.send("Marionette:SetContext", value="content")

    def quit(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.profile.cleanup()


@contextlib.contextmanager
def served(folder):
    """The address of a plain server of a folder's files, for as long as it is needed."""
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def try_served_page(program, page, check, wait):
    with served(page.parent) as address:
        try_page(program, f"{address}/{page.name}", check, wait)


def try_page(program, address, check, wait):
    firefox = Firefox(program)
    try:
        firefox.send("WebDriver:Navigate", url=address)
        script = firefox.script
        element = "document.getElementById(arguments[0])"
        output = lambda index: plain(script(f"return {element}.innerHTML", f"cell-{index}-output"))
        runs = lambda index: int(script(f"return {element}.dataset.runs", f"cell-{index}") or 0)
        message = lambda index: script(
            f"return {element}.querySelector('.live-message').textContent", f"cell-{index}")

        def move(name, place):
            index = int(name.split("-")[0])
            before = runs(index)
            script(f"const e = {element}; e.value = arguments[1];"
                   "e.dispatchEvent(new Event('input'))", "control-" + name, place)
            return wait(lambda: runs(index) > before)

        name = f"Firefox {firefox.version}, {address.split(':')[0]}: "
        for index in (2, 3, 4, 5, 6, 8, 9, 10):
            built = output(index)
            script(f"{element}.scrollIntoView({{behavior: 'instant'}})", f"cell-{index}")
            check(f"{name}cell {index} runs and shows what was built",
                  wait(lambda: runs(index) > 0) and output(index) == built)
        built = output(2)
        check(name + "a moved slider changes the figure",
              move("2-hidden-units", 7) and output(2) != built)
        check(name + "the state is in the address",
              wait(lambda: "2.hidden-units=8" in script("return location.hash"), 3))
        before = runs(2)
        script("document.querySelector('#cell-2 .reset button').click()")
        check(name + "reset brings back what was built, byte for byte",
              wait(lambda: runs(2) > before) and output(2) == built)
        check(name + "a stop shows its message",
              move("4-index", 3) and "Index out of range" in message(4), message(4))
        check(name + "a stuck cell is ended", move("4-index", 4) and "more than" in message(4))
        check(name + "the next move recovers", move("4-index", 2) and ">c<" in output(4))
        check(name + "a weight moves", move("8-weights-2", 100))
        script("document.querySelector('#cell-6 .player button').click()")
        epoch = lambda: int(script(f"return {element}.getAttribute('aria-valuetext')", "control-6-epoch"))
        check(name + "a player plays", wait(lambda: epoch() > 70))
        check(name + "the console has no errors", not (severe := firefox.get_log("browser")), severe)
    finally:
        firefox.quit()


def try_book(program, pages, look, check):
    """What a script finds on each page of a book, from disk, in the narrowest window that Firefox has."""
    firefox = Firefox(program)
    try:
        firefox.send("WebDriver:SetTimeouts", script=60000)
        firefox.send("WebDriver:SetWindowRect", width=450, height=900)
        found = {}
        for page in pages:
            firefox.send("WebDriver:Navigate", url=page.as_uri())
            time.sleep(0.2)
            if answer := look(firefox):
                found[page.name] = answer
        check(f"Firefox {firefox.version}: nothing overflows, and axe-core finds nothing", not found, found)
    finally:
        firefox.quit()
