#!/usr/bin/env python3
"""Write a book for measuring: the same bytes for the same arguments, on every machine.

usage: make_book.py CHAPTERS CELLS OUT [--words 1500] [--edit sentence|cell]

A chapter has about WORDS words of prose in six sections, five formulas, and CELLS cells that differ
from chapter to chapter, so that no store can share their results. --edit changes one sentence, or one
number of one cell, of the chapter in the middle.
"""
import argparse
import os
import random

SUBJECTS = [
    "a hidden unit", "the loss", "each weight", "the bias", "a gradient", "the learning rate", "one epoch",
    "the training set", "a deep network", "the output", "a saddle point", "the chain rule", "an activation",
    "the decision region", "a mini-batch",
]
DEEDS = [
    "moves the boundary a little", "adds one straight cut through the plane", "grows where two classes overlap",
    "shrinks as soon as the examples agree", "keeps a number for the way back", "costs one product for each weight",
    "depends on all inputs at once", "is easier to draw than to describe", "forgets what came before",
    "can be checked with pencil and paper", "decides how large the next step may be",
]
OPENINGS = [
    "In practice", "At first sight", "After a few steps", "On paper", "With four examples only",
    "Before any training", "Near the end", "When the batch is small",
]


def sentence(r):
    first, second = r.sample(SUBJECTS, 2)
    text = r.choice([
        f"{r.choice(OPENINGS)}, {first} {r.choice(DEEDS)}.",
        f"{first} {r.choice(DEEDS)}, while {second} {r.choice(DEEDS)}.",
        f"It is {first} that {r.choice(DEEDS)}, and not *{second}*.",
        f"Where {first} {r.choice(DEEDS)}, `{second.split()[-1]}` {r.choice(DEEDS)}.",
    ])
    return text[0].upper() + text[1:]


def cells(chapter, count):
    """The code of a chapter's cells: work of the kind that teaching chapters do."""
    made = [
        f"let width = {2 + chapter % 5}\nprint(\"width\", width)",
        "let net = Network(inputs: 2, seed: %d) {\n  Dense(width)\n  Sigmoid()\n  Dense(1)\n  Sigmoid()\n}\n"
        "net.parameterCount" % (chapter + 1),
        "let history = net.train(\n  on: .xor, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.5), epochs: 200)",
        "let squares = (1...width).map { $0 * $0 }\nsquares",
        "struct Step {\n  var size: Double\n  func after(_ count: Int) -> Double { size * Double(count) }\n}\n"
        f"Step(size: 0.25).after({chapter + 3})",
        "func triangle(_ n: Int) -> Int { n * (n + 1) / 2 }\nprint(triangle(width), triangle(width + 1))",
        "var total = 0\nfor square in squares where square % 2 == 0 { total += square }\ntotal",
        "print(\"sum\", squares.reduce(0, +))\ntriangle(total)",
    ]
    while len(made) < count:
        made.append(f"let value{len(made)} = width * {len(made)} + {chapter}\nvalue{len(made)}")
    return made[:count]


def chapter(index, words, cell_count, edit):
    r = random.Random(index)
    code = cells(index, cell_count)
    if edit == "cell" and code:
        code[-1] += " + 1"
    lines = ["---", f"title: Chapter {index + 1}, {r.choice(SUBJECTS)}", "---", ""]
    formulas = 0
    for section in range(6):
        lines += [f"## Section {section + 1}: {r.choice(SUBJECTS)}", ""]
        for paragraph in range(3):
            target, text = words // 18, []
            while sum(len(s.split()) for s in text) < target:
                text.append(sentence(r))
            if edit == "sentence" and section == 1 and paragraph == 0:
                text.append("One sentence more stands here.")
            lines += [" ".join(text), ""]
        if formulas < 5:
            formulas += 1
            lines += [f"$$ y_{section} = \\sigma\\left(\\sum_{{i=1}}^{{{index + 2}}} w_i x_i + b\\right) $$", ""]
        here = code[section * len(code) // 6:(section + 1) * len(code) // 6]
        for source in here:
            lines += ["```swift", source, "```", ""]
    return "\n".join(lines)


def write(path, text):
    if os.path.exists(path) and open(path).read() == text:
        return
    with open(path, "w") as file:
        file.write(text)


def make(chapters, cell_count, out, words=1500, edit=None):
    os.makedirs(out, exist_ok=True)
    digits = len(str(chapters))
    for index in range(chapters):
        change = edit if index == chapters // 2 else None
        text = chapter(index, words, cell_count, change)
        write(os.path.join(out, f"{index + 1:0{digits}}-chapter.md"), text)
    write(os.path.join(out, "book.yml"), f"title: {chapters} chapters\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chapters", type=int)
    parser.add_argument("cells", type=int)
    parser.add_argument("out")
    parser.add_argument("--words", type=int, default=1500)
    parser.add_argument("--edit", choices=["sentence", "cell"])
    given = parser.parse_args()
    make(given.chapters, given.cells, given.out, given.words, given.edit)
