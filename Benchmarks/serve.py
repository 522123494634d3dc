#!/usr/bin/env python3
"""From saving a chapter under `nnbook serve` to the new sentence in Chromium's page: JSON lines.

usage: serve.py TOOL [--repeats 15]
"""
import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

import make_book

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def measure(tool, folder, chapter, repeats):
    """Seconds, one for each sentence."""
    subprocess.run([tool, "build", "--quiet"], cwd=folder, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([tool, "serve", "--quiet", "--port", str(port)], cwd=folder, stdout=subprocess.DEVNULL)
    options = Options()
    for argument in ["--headless=new", "--no-sandbox"]:
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    path = f"{folder}/chapters/{chapter}.md"
    with open(path) as file:
        text = file.read()
    has = ("return document.readyState !== 'loading'"
           " && document.querySelector('article')?.textContent.includes(arguments[0])")
    try:
        time.sleep(1)
        browser.get(f"http://127.0.0.1:{port}/{chapter}.html")
        time.sleep(2)
        seconds = []
        for repeat in range(repeats):
            sentence = f"Sentence number {repeat}."
            start = time.perf_counter()
            with open(path + "~", "w") as file:
                file.write(f"{text}\n\n{sentence}\n")
            os.replace(path + "~", path)
            while True:
                try:
                    if browser.execute_script(has, sentence):
                        break
                except Exception:
                    # The page at hand went for a new one.
                    pass
            seconds.append(time.perf_counter() - start)
            time.sleep(0.5)
        return seconds
    finally:
        browser.quit()
        server.terminate()
        server.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--repeats", type=int, default=15)
    given = parser.parse_args()
    for name in ["this", "teaching"]:
        with tempfile.TemporaryDirectory() as folder:
            if name == "this":
                shutil.copytree(f"{ROOT}/chapters", f"{folder}/chapters")
                chapter = "05-memory"
            else:
                make_book.make(12, 8, f"{folder}/chapters")
                chapter = "06-chapter"
            times = measure(os.path.abspath(given.tool), folder, chapter, given.repeats)
            print(json.dumps({
                "benchmark": "serve", "book": name, "median_ms": round(1000 * statistics.median(times), 1),
                "worst_ms": round(1000 * max(times), 1), "repeats": len(times)}), flush=True)
