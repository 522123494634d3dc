#!/usr/bin/env python3
"""From saving the last cell of a chapter, whose first cell trains for five seconds, to its new result in Chromium's
page under `nnbook serve`, with the sandbox and without: JSON lines. Seconds of the clock, and
the memory of all snapshots against that of one process.

usage: checkpoints.py TOOL [--repeats 20]
"""
import argparse
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

CHAPTER = """---
title: Trained
---

```swift
let data = Dataset.xor
let net = Network(inputs: 2, seed: 1) { Dense(64); Tanh(); Dense(64); Tanh(); Dense(1); Sigmoid() }
let clock = ContinuousClock()
let start = clock.now
while clock.now - start < .seconds(5) {
  net.train(on: data, loss: .meanSquaredError, optimizer: .adam(learningRate: 0.001), epochs: 20)
}
```

```swift
let predicted = net.predict(data.inputs)
predicted.shape
```

```swift
let many = Tensor([5000, 1000], repeating: 2)
many.shape
```

It has `{swift} net.parameterCount` parameters.

```swift
func rounded(_ tensor: Tensor) -> [Int] { tensor.values.map { Int($0.rounded()) } }
rounded(predicted)
```

```swift
plot(predicted.values)
```

The last cell:

```swift
print("Result {number}", many.values.count)
```
"""


def processes(pid):
    """It, all that it started, and all that those did."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                text = pathlib.Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            children.setdefault(int(text.rsplit(")", 1)[1].split()[1]), []).append(int(entry))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def memory(pid):
    """MiB of all snapshots, where pages that they share count once, and of the largest one alone."""
    shared, alone, count = 0, 0, 0
    for one in processes(pid)[1:]:
        try:
            if pathlib.Path(f"/proc/{one}/comm").read_text().strip() not in ["program", ".program"]:
                continue
            sizes = dict(re.findall(r"(\w+):\s+(\d+) kB", pathlib.Path(f"/proc/{one}/smaps_rollup").read_text()))
        except OSError:
            continue
        shared += int(sizes["Pss"]) / 1024
        alone = max(alone, int(sizes["Rss"]) / 1024)
        count += 1
    return count, shared, alone


def measure(tool, folder, sandbox, repeats):
    os.makedirs(f"{folder}/chapters")
    os.chmod(folder, 0o711)
    path = f"{folder}/chapters/01-trained.md"

    def save(number):
        with open(path + "~", "w") as file:
            file.write(CHAPTER.replace("{number}", str(number)))
        os.replace(path + "~", path)

    save(0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [tool, "serve", "--quiet", "--port", str(port), "--sandbox", sandbox], cwd=folder,
        stdout=subprocess.DEVNULL)
    options = Options()
    for argument in ["--headless=new", "--no-sandbox"]:
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def shows(number):
        try:
            return browser.execute_script(
                "return document.querySelector('#cell-5 .results')?.textContent.startsWith(arguments[0])"
                " && !document.querySelector('#cell-5[data-result]')", f"Result {number} ")
        except Exception:
            # The page at hand went for a new one.
            return False

    def wait(number, seconds):
        end = time.perf_counter() + seconds
        while not shows(number):
            if time.perf_counter() > end:
                raise SystemExit(f"the page does not show result {number}")
            # Looking without a pause would take a processor from what is measured.
            time.sleep(0.005)

    try:
        time.sleep(1)
        end = time.perf_counter() + 300
        while not shows(0):
            if time.perf_counter() > end:
                raise SystemExit("the page does not show the first result")
            try:
                # Before the first build the server has no page.
                browser.get(f"http://127.0.0.1:{port}/01-trained.html")
            except Exception:
                pass
            time.sleep(1)
        # The first change is the one from which on there are checkpoints.
        save(1)
        wait(1, 60)
        seconds = []
        for number in range(2, repeats + 2):
            time.sleep(0.5)
            start = time.perf_counter()
            save(number)
            wait(number, 60)
            seconds.append(time.perf_counter() - start)
            time.sleep(0.2)
        count, shared, alone = memory(server.pid)
        print(json.dumps({
            "benchmark": "checkpoints", "sandbox": sandbox, "repeats": repeats,
            "median_ms": round(1000 * statistics.median(seconds)), "least_ms": round(1000 * min(seconds)),
            "worst_ms": round(1000 * max(seconds)),
            "snapshots": count,
            "snapshots_mib": round(shared, 1), "one_process_mib": round(alone, 1),
            "times_one_process": round(shared / alone, 2) if alone else None}), flush=True)
    finally:
        browser.quit()
        server.terminate()
        server.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--repeats", type=int, default=20)
    given = parser.parse_args()
    for sandbox in ["required", "off"]:
        with tempfile.TemporaryDirectory() as folder:
            measure(os.path.abspath(given.tool), folder, sandbox, given.repeats)
