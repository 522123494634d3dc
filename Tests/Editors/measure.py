#!/usr/bin/env python3
"""usage: Tests/Editors/measure.py [TOOL]

Measures 'nnbook lsp' over chapters of 5 cells, of 200 cells, and of 5 MB: the first completion and those
after it, from an edit to what nnbook's own parser says of it, and the memory of the server itself. Times
are the least of several; processor time is that of the server alone, without the Swift server's.

The bounds are: first completion 1000 ms, later ones 60 ms, diagnostics 100 ms (of a
chapter of 200 cells), 60 MB.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Server:
    def __init__(self, tool, folder):
        self.process = subprocess.Popen(
            [tool, "lsp"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        self.folder = folder
        self.heard = threading.Condition()
        self.answers = {}
        self.published = {}
        self.last = 0
        threading.Thread(target=self.read, daemon=True).start()
        self.ask("initialize", {"rootUri": "file://" + folder, "capabilities": {}})
        self.tell("initialized", {})

    def read(self):
        stream = self.process.stdout
        while True:
            length = None
            while (line := stream.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length is None:
                return
            message = json.loads(stream.read(length))
            with self.heard:
                if message.get("method") == "textDocument/publishDiagnostics":
                    version = message["params"].get("version")
                    self.published.setdefault(version, time.monotonic())
                elif "method" not in message:
                    self.answers[message["id"]] = message
                self.heard.notify_all()

    def send(self, message):
        data = json.dumps(dict(message, jsonrpc="2.0")).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def tell(self, method, parameters):
        self.send({"method": method, "params": parameters})

    def ask(self, method, parameters):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": parameters})
        with self.heard:
            self.heard.wait_for(lambda: self.last in self.answers, 300)
            return self.answers[self.last].get("result")

    def said(self, version):
        """When diagnostics of a version came."""
        with self.heard:
            self.heard.wait_for(lambda: version in self.published, 300)
            return self.published[version]

    def seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            lines = dict(line.split(":", 1) for line in file)
        return {key: int(lines[key].split()[0]) >> 10 for key in ("VmHWM", "VmRSS", "RssAnon")}

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(60)


def chapter(cells, prose):
    text = "---\ntitle: Measured\n---\n\n"
    for i in range(cells):
        text += (
            f"Some words about cell {i} follow here.\n{prose}\n```swift id=lst-{i}\n"
            f"let v{i} = Dense({i + 2}, 3)\nlet w{i} = Tensor([{i}.0, 2.0]).sum()\nw{i}\n```\n\n"
            f"The value is `{{swift}} w{i}, %.2f`, see [](#lst-{i}).\n\n")
    return text + "```swift\nlet net = Network { Dense(4, 2) }\nnet.\n```\n"


def measure(tool, name, text, rounds):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/chapters")
        path = folder + "/chapters/01-measured.md"
        with open(path, "w") as file:
            file.write(text)
        server = Server(tool, folder)
        document = {"uri": "file://" + path}
        line = text.count("\n") - 2
        start = time.monotonic()
        server.tell("textDocument/didOpen", {"textDocument": dict(
            document, languageId="markdown", version=1, text=text)})

        def completion():
            start = time.monotonic()
            answer = server.ask("textDocument/completion", {
                "textDocument": document, "position": {"line": line, "character": 4}})
            items = answer["items"] if isinstance(answer, dict) else answer or []
            assert any(item["label"] == "parameterCount" for item in items), "no completion"
            return (time.monotonic() - start) * 1000

        first = completion()
        opened = (server.said(1) - start) * 1000
        later = min(completion() for _ in range(5))
        times, work = [], []
        for version in range(2, rounds + 2):
            place = {"line": 4, "character": 0}
            before, start = server.seconds(), time.monotonic()
            server.tell("textDocument/didChange", {
                "textDocument": dict(document, version=version),
                "contentChanges": [{"range": {"start": place, "end": place}, "text": "x"}]})
            times.append((server.said(version) - start) * 1000)
            time.sleep(0.5)
            work.append((server.seconds() - before) * 1000)
        print(
            f"{name} ({len(text)} bytes): first completion {first:.0f} ms, later {later:.0f} ms; "
            f"said {opened:.0f} ms after opening, {min(times):.0f} ms after an edit "
            f"({min(work):.0f} ms of the processor); {server.memory()} MB", flush=True)
        server.end()


def main():
    tool = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ROOT + "/.build/debug/nnbook"
    os.environ.setdefault("NNBOOK_CACHE", ROOT + "/.build/nnbook-cache")
    words = "Many words, **some strong**, `some code`, one after another. " * 7 + "\n"
    # The Swift server's first start in a while is the machine's, not ours.
    measure(tool, "5 cells", chapter(5, ""), 5)
    measure(tool, "5 cells", chapter(5, ""), 5)
    measure(tool, "200 cells", chapter(200, ""), 5)
    measure(tool, "5 MB", chapter(200, words * 58), 3)


main()
