// Completion, and what a name is, from the toolchain's language server. Where there is none, nothing shows.

const isName = (character) => /[\p{L}\p{N}_]/u.test(character);

// Markdown as the language server writes it: blocks of Swift among paragraphs.
function explained(markdown) {
  return markdown.split(/^```(?:swift)?[ \t]*$/m).flatMap((part, place) => {
    const text = part.trim();
    if (!text) return [];
    return place % 2 ? [make("pre", { className: "swift" }, make("code", {}, ...colored(text, true)))]
      : text.split(/\n{2,}/).map((paragraph) => make("p", {}, paragraph.replace(/^#+ /, "").replace(/[`*]/g, "")));
  });
}

class Help {
  constructor(editor, number) {
    this.editor = editor;
    this.asked = 0;
    this.items = [];
    this.at = 0;
    this.list = make("ul", { className: "nn-edit-list", role: "listbox", id: `nn-edit-list-${number}`,
      "aria-label": "Completions", hidden: true });
    this.box = make("div", { className: "nn-edit-hover", role: "status", hidden: true });
    // A text field of several lines may have no other role; it says what belongs to it as a combobox does.
    const { area } = editor;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-controls", this.list.id);
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.accept(Number(option.dataset.number));
    });
    area.addEventListener("input", (event) => this.typed(event));
    area.addEventListener("blur", () => this.close());
    area.addEventListener("mousedown", () => this.close());
    area.addEventListener("mousemove", (event) => this.pointed(event));
    area.addEventListener("mouseleave", () => this.unpoint());
  }

  get isOpen() { return !this.list.hidden; }

  // Line of the editor and UTF-16 units in it.
  place(offset = this.editor.area.selectionStart) {
    const before = this.editor.text.slice(0, offset);
    const start = before.lastIndexOf("\n") + 1;
    return { row: before.split("\n").length - 1, column: offset - start, start };
  }

  async ask(kind, row, column) {
    this.asked += 1;
    const number = this.asked;
    // What was sent before changes the text that this is about.
    await queue;
    if (!chapter || number !== this.asked) return null;
    const { editor } = this;
    const edits = typed();
    const prefix = editor.lines[row] ? editor.part.prefix ?? "" : "";
    const above = edits.filter((edit) => edit.first + edit.count <= editor.part.first && edit.first !== editor.part.first);
    const { status, value } = await ask("POST", "/-nnbook/help/", { kind, base: chapter.base, edits,
      line: editor.part.first + grown(above) + row, character: prefix.length + column });
    if (status !== 200 || number !== this.asked) return null;
    return { ...value, items: value.items.map((item) => ({ ...item, from: Math.max(0, item.from - prefix.length) })) };
  }

  // Completion

  async complete(isAsked) {
    const { row, column, start } = this.place();
    const text = this.editor.text;
    const found = await this.ask("completion", row, column).catch(() => null);
    if (!found || this.editor.text !== text || this.editor.area.selectionEnd !== start + column
      || document.activeElement !== this.editor.area) return;
    this.start = start;
    this.show(found.items);
    if (isAsked && !found.items.length) this.editor.status.textContent = "Nothing to complete here";
  }

  show(items) {
    this.items = items;
    this.at = 0;
    if (!items.length) return this.close();
    this.unpoint();
    this.list.replaceChildren(...items.map((item, number) => make("li", { role: "option",
      id: `${this.list.id}-${number}`, "data-number": String(number), title: item.meaning },
    make("span", { className: "nn-edit-label" }, item.label), make("span", { className: "nn-edit-type" }, item.detail))));
    this.list.hidden = false;
    const { row } = this.place();
    this.put(this.list, row, items[0].from);
    this.choose(0);
    this.editor.status.textContent = count(items.length, "completion");
  }

  choose(number) {
    this.at = Math.max(0, Math.min(number, this.items.length - 1));
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    const option = this.list.children[this.at];
    option.scrollIntoView({ block: "nearest" });
    this.editor.area.setAttribute("aria-activedescendant", option.id);
  }

  accept(number) {
    const item = this.items[number];
    const { area } = this.editor;
    const from = this.start + item.from;
    this.close();
    this.isAccepting = true;
    this.editor.insert(item.text, from, area.selectionEnd);
    this.isAccepting = false;
    const [first, end] = item.selected.length ? item.selected : [item.text.length, item.text.length];
    area.setSelectionRange(from + first, from + end);
  }

  close() {
    this.asked += 1;
    this.unpoint();
    if (!this.isOpen) return;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.editor.area.removeAttribute("aria-activedescendant");
    this.editor.show();
  }

  typed(event) {
    if (this.isAccepting) return;
    const { area, text } = this.editor;
    const [before, last] = [text[area.selectionStart - 2] ?? "", text[area.selectionStart - 1] ?? ""];
    const isInserted = event.inputType === "insertText" && event.data === last;
    if (isInserted && last === "." && !/\d/.test(before)) this.complete();
    else if (this.isOpen && last && (isName(last) || last === ".")) this.complete();
    else this.close();
  }

  // What a name is

  async explain(row, place) {
    const text = this.editor.text;
    const line = this.editor.lines[row] ?? "";
    let column = place;
    while (column > 0 && isName(line[column - 1])) column -= 1;
    const found = await this.ask("hover", row, column).catch(() => null);
    if (!found || this.editor.text !== text) return false;
    const parts = explained(found.hover);
    this.box.hidden = !parts.length;
    this.box.replaceChildren(...parts);
    if (parts.length) this.put(this.box, row, column);
    return parts.length > 0;
  }

  async explainHere() {
    this.close();
    const { row, column } = this.place();
    if (!(await this.explain(row, column))) this.editor.status.textContent = "Nothing is known of what stands here";
  }

  unpoint() {
    clearTimeout(this.pause);
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  pointed(event) {
    if (this.isOpen) return;
    clearTimeout(this.pause);
    const [x, y] = [event.clientX, event.clientY];
    this.pause = setTimeout(() => {
      const found = this.under(x, y);
      if (found) this.explain(found.row, found.column);
      else this.unpoint();
    }, 400);
  }

  // The code lies under the field in which it is typed.
  under(x, y) {
    const { area, code } = this.editor;
    area.style.pointerEvents = "none";
    const point = document.caretPositionFromPoint?.(x, y);
    const range = point ? null : document.caretRangeFromPoint?.(x, y);
    area.style.pointerEvents = "";
    const [node, offset] = point ? [point.offsetNode, point.offset] : [range?.startContainer, range?.startOffset];
    const line = node?.parentElement?.closest(".nn-edit-line");
    if (!line || !code.contains(line) || node.nodeType !== Node.TEXT_NODE) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    const column = before.toString().length;
    const text = this.editor.lines[[...code.children].indexOf(line)] ?? "";
    if (!isName(text[column] ?? "") && !isName(text[column - 1] ?? "")) return null;
    return { row: [...code.children].indexOf(line), column };
  }

  // Below a place of the code, above it where the window ends, and within the page's width.
  put(box, row, column) {
    const line = this.editor.code.children[row];
    const range = document.createRange();
    range.selectNodeContents(line);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let left = column;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) {
        range.setStart(node, left);
        range.setEnd(node, left);
        break;
      }
      left -= node.length;
    }
    const [at, all, lines] = [range.getBoundingClientRect(), this.editor.element.getBoundingClientRect(),
      line.getBoundingClientRect()];
    const height = box.offsetHeight;
    const isAbove = lines.bottom + height > innerHeight - 60 && lines.top - height > 0;
    const x = (at.height ? at.left : lines.left) - all.left;
    box.style.left = `${Math.max(0, Math.min(x, all.width - box.offsetWidth))}px`;
    box.style.top = `${isAbove ? lines.top - all.top - height : lines.bottom - all.top}px`;
  }

  // Whether a key was its own.
  key(event) {
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    if ((event.code === "Space" || event.key === " ") && event.ctrlKey && !event.altKey && !event.metaKey) {
      if (event.shiftKey) this.explainHere();
      else this.complete(true);
      return true;
    }
    if (event.key === "Escape" && (this.isOpen || !this.box.hidden)) {
      this.close();
      return true;
    }
    if (!this.isOpen) {
      if (event.key !== "Shift" && event.key !== "Control") this.unpoint();
      return false;
    }
    if (isCommand || event.shiftKey && ["Enter", "Tab"].includes(event.key)) {
      if (event.key !== "Control" && event.key !== "Shift") this.close();
      return false;
    }
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) {
      const { length } = this.items;
      const step = steps[event.key];
      this.choose(Math.abs(step) > 1 ? this.at + step : (this.at + step + length) % length);
      return true;
    }
    if (event.key === "Enter" || event.key === "Tab") {
      this.accept(this.at);
      return true;
    }
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) this.close();
    return false;
  }
}
