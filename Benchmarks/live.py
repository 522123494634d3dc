#!/usr/bin/env python3
"""Measure live cells, one JSON line for each: sizes of modules, time to compile one, times in Chromium.

usage: live.py TOOL [--site SITE] [--repeats 25]

Sizes are of every module in SITE (site/ of the repository) and of Benchmarks/live: the module itself, the same
under gzip -9, and the script that brings it to the page. Times are medians, in milliseconds, of what a reader
waits for: from the start of loading to the first live result, and from a moved slider to the new figure in
the page. `worker` is the part of it in which the cell's Swift ran.
"""
import argparse
import base64
import glob
import gzip
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
CELLS = [
    (0, "training, 2,000 epochs and a plot", "hidden-units"),
    (1, "a figure without training", "first-weight"),
    (2, "decision region of a 2-16-16-1 network", "start"),
]
# Runs in the page before any script of its own.
OBSERVER = """
  window.benchmark = { first: undefined, waiting: undefined };
  new MutationObserver(() => {
    benchmark.first ??= performance.now();
    benchmark.waiting?.();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-runs"] });
"""
# One move of a slider: until the result has been drawn into the document, and how long the worker took.
MOVE = """
  const [cell, control, place, done] = arguments;
  const slider = document.getElementById("control-" + control);
  const start = performance.now();
  benchmark.waiting = () => {
    benchmark.waiting = undefined;
    done([performance.now() - start, Number(document.getElementById("cell-" + cell).dataset.milliseconds)]);
  };
  slider.value = place;
  slider.dispatchEvent(new Event("input"));
"""


def emit(**line):
    print(json.dumps(line), flush=True)


def module_of(script):
    text = pathlib.Path(script).read_text()
    return zlib.decompress(base64.b64decode(re.search(r'module:"([^"]*)"', text)[1]), -15)


def sizes(folder):
    for script in sorted(glob.glob(os.path.join(folder, "*.live.js"))):
        module = module_of(script)
        emit(
            live="size", page=os.path.basename(script).removesuffix(".live.js"), raw=len(module),
            gzip=len(gzip.compress(module, 9, mtime=0)), script=os.path.getsize(script))


def build(tool, book, site, *options):
    start = time.perf_counter()
    done = subprocess.run(
        [tool, "build", book, "--output", site, "--quiet", *options], stdin=subprocess.DEVNULL, capture_output=True,
        text=True)
    if done.returncode != 0:
        sys.exit(f"{book}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - start


def compiling(tool, book, scratch, repeats):
    """What a changed live cell costs beyond a changed cell: compiling its module, and checking it with node."""
    chapter = os.path.join(book, "01-speed.md")
    text = pathlib.Path(chapter).read_text()

    def changed(number, option):
        pathlib.Path(chapter).write_text(text.replace("learningRate: 4", f"learningRate: {number}"))
        return build(tool, book, os.path.join(scratch, "changed"), "--live", option)

    seconds = []
    for repeat in range(repeats):
        # Numbers of the clock: nothing that was stored by an earlier run counts.
        number = 4 + time.time_ns() % 1_000_000 / 1e7
        seconds.append(changed(number, "required") - changed(number + 1e-3, "off"))
    pathlib.Path(chapter).write_text(text)
    emit(live="compile", seconds=round(min(seconds), 3))


def in_chromium(page, repeats):
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        print("no selenium: times in a browser are left out; 'bin/prerequisites test' installs it", file=sys.stderr)
        return
    options = Options()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,2400"]:
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": OBSERVER})

        def wait_for(script):
            end = time.monotonic() + 60
            while not (found := browser.execute_script("return " + script)):
                if time.monotonic() > end:
                    sys.exit(f"{page}: no live result after a minute")
                time.sleep(0.02)
            return found

        loads = []
        for _ in range(max(3, repeats // 3)):
            browser.get("about:blank")
            browser.get(page)
            loads.append(wait_for("benchmark.first"))
        emit(live="load", case="first live result", milliseconds=round(statistics.median(loads), 1))
        for index, case, control in CELLS:
            browser.execute_script(f"document.getElementById('cell-{index}').scrollIntoView()")
            wait_for(f"document.getElementById('cell-{index}').dataset.runs")
            moves = [
                browser.execute_async_script(MOVE, index, f"{index}-{control}", 1 + move % 2)
                for move in range(repeats)
            ]
            whole, worker = zip(*moves)
            emit(
                live="move", case=case, milliseconds=round(statistics.median(whole), 1),
                worker=round(statistics.median(worker), 1))
    finally:
        browser.quit()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--site", default=os.path.join(HERE, "..", "site"))
    parser.add_argument("--repeats", type=int, default=25)
    given = parser.parse_args()
    tool = os.path.abspath(given.tool)
    sizes(given.site)
    with tempfile.TemporaryDirectory() as scratch:
        book = os.path.join(scratch, "book")
        shutil.copytree(os.path.join(HERE, "live"), book)
        site = os.path.join(scratch, "site")
        build(tool, book, site, "--live", "required")
        sizes(site)
        compiling(tool, book, scratch, 3)
        in_chromium(pathlib.Path(site, "01-speed.html").as_uri(), given.repeats)
