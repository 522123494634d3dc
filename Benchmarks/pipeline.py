#!/usr/bin/env python3
"""Measure builds, one JSON line for each: book, case, seconds, times of the stages, peak memory.

usage: pipeline.py TOOL [--books this,teaching,fifty,prose] [--repeats 3]

Books: this (chapters/ of the repository), teaching (12 chapters of 8 cells), fifty (50 of 8), prose (1,000
without cells). Cases: cold (the engine is compiled already, nothing else is), unchanged, sentence, cell.
The shortest of the repeats is reported: what the machine can do, not what else it was doing.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import make_book

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"teaching": (12, 8), "fifty": (50, 8), "prose": (1000, 0)}


def build(tool, folder):
    """One run of the real command: seconds, and what it says of itself."""
    start = time.perf_counter()
    done = subprocess.run(
        [tool, "build", "--verbose"], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{folder}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    stages = {name: float(ms) / 1000 for name, ms in re.findall(r"^  (\w+): ([\d.]+) ms$", done.stdout, re.M)}
    peak = re.search(r"^  memory: ([\d.]+) MiB$", done.stdout, re.M)
    return {"seconds": round(seconds, 4), "stages": stages, "peak_mib": float(peak[1]) if peak else None}


def edited_chapter(folder, kind):
    """Changes one chapter of a book that was not generated; the text that was there comes back."""
    chapters = sorted(name for name in os.listdir(folder) if name.endswith(".md"))
    path = os.path.join(folder, chapters[len(chapters) // 2])
    text = open(path).read()
    if kind == "sentence":
        return path, text, text + "\nOne sentence more stands here.\n"
    return path, text, with_declaration(text, "benchmarkAddition = 1")


def with_declaration(text, declaration):
    """Adds a line to the first cell that simply runs."""
    simple = r"^```swift(?![^\n]*\b(?:fail|crash|ignore|no-run)\b)[^\n]*\n(?!//\|)"
    return re.sub(simple, lambda cell: f"{cell[0]}let {declaration}\n", text, count=1, flags=re.M)


def measure(tool, name, repeats, emit):
    with tempfile.TemporaryDirectory() as folder:
        book = os.path.join(folder, "chapters")

        def write(edit=None):
            if name == "this":
                shutil.rmtree(book, ignore_errors=True)
                shutil.copytree(
                    os.path.join(HERE, "..", "chapters"), book, ignore=shutil.ignore_patterns(".nnbook"))
            else:
                chapters, cells = SIZES[name]
                make_book.make(chapters, cells, book, edit=edit)

        def best(case, runs):
            run = min(runs, key=lambda run: run["seconds"])
            emit({"book": name, "case": case, **run})

        write()
        build(tool, folder)  # compiles the engine, if nobody has yet
        cold = []
        for _ in range(1 if name == "fifty" else min(repeats, 2)):
            shutil.rmtree(os.path.join(book, ".nnbook"), ignore_errors=True)
            shutil.rmtree(os.path.join(folder, "site"))
            cold.append(build(tool, folder))
        best("cold", cold)
        best("unchanged", [build(tool, folder) for _ in range(repeats)])
        for case in ["sentence", "cell"]:
            if case == "cell" and name == "prose":
                continue
            runs = []
            for repeat in range(repeats):
                # A new number each time: a result that was stored before would not be computed again.
                if name == "this":
                    path, text, changed = edited_chapter(book, case)
                else:
                    make_book.make(*SIZES[name], book, edit=case)
                    chapters = sorted(n for n in os.listdir(book) if n.endswith(".md"))
                    path = os.path.join(book, chapters[len(chapters) // 2])
                    changed = open(path).read()
                    make_book.make(*SIZES[name], book)
                    text = open(path).read()
                if case == "cell":
                    changed = with_declaration(changed, f"benchmark{repeat} = {repeat}")
                with open(path, "w") as file:
                    file.write(changed)
                runs.append(build(tool, folder))
                with open(path, "w") as file:
                    file.write(text)
                build(tool, folder)
            best(case, runs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--books", default="this,teaching,fifty,prose")
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    for name in given.books.split(","):
        measure(os.path.abspath(given.tool), name, given.repeats, lambda line: print(json.dumps(line), flush=True))
