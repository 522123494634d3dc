// The editor of a page that `nnbook serve --edit` shows. What is typed is tried without being saved; the
// server holds it in the place of the file's text until it is saved or dropped.

// The page that tells of a book's mistakes has no script of its own, and nothing to edit.
if (!window.nnbook) return;
const { make } = nnbook;
const slug = /([^/]+)\.html$/.exec(decodeURIComponent(location.pathname))?.[1];
const article = document.querySelector("article");
const button = (text, press, properties = {}) => {
  const made = make("button", { type: "button", ...properties }, text);
  made.addEventListener("click", press);
  return made;
};
const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

// Swift in colors: comments, texts, numbers, words. Close enough for what is being typed; the page itself
// is colored by the compiler's own grammar.
const tokens = new RegExp([
  /(?<c>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))/, /(?<s>#*"""[^]*?(?:"""#*|$)|#*"(?:\\.|[^"\\\n])*(?:"#*|(?=\n)|$))/,
  /(?<a>@\w+)/, /(?<d>#(?:if|elseif|else|endif|warning|error)\b)/,
  /(?<n>\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?))/,
  /(?<k>\b(?:actor|any|as|associatedtype|async|await|break|case|catch|class|continue|default|defer|deinit|do|else|enum|extension|fallthrough|false|fileprivate|final|for|func|guard|if|import|in|indirect|init|inout|internal|is|isolated|lazy|let|mutating|nil|nonisolated|operator|override|package|private|protocol|public|repeat|rethrows|return|self|some|static|struct|subscript|super|switch|throw|throws|true|try|typealias|unowned|var|weak|where|while)\b)/,
  /(?<t>\b(?:[A-Z]\w*|Self)\b)/, /(?<f>\b[a-z_]\w*(?=\())/,
].map((part) => part.source).join("|"), "g");

// The elements that the page's own code has; what is rare has a class.
const elements = { k: "b", t: "i", f: "var", s: "u", n: "a" };
const token = (kind, part) =>
  elements[kind] ? make(elements[kind], {}, part) : make("span", { className: kind }, part);

// Lines as elements, each complete in itself.
function colored(text, isSwift) {
  const lines = [[]];
  const add = (piece, kind) => piece.split("\n").forEach((part, place) => {
    if (place) lines.push([]);
    if (part) lines.at(-1).push(kind ? token(kind, part) : part);
  });
  let end = 0;
  if (isSwift) {
    for (const found of text.matchAll(tokens)) {
      add(text.slice(end, found.index));
      add(found[0], Object.keys(found.groups).find((kind) => found.groups[kind] !== undefined));
      end = found.index + found[0].length;
    }
  }
  add(text.slice(end));
  return lines.map((parts) => make("span", { className: "nn-edit-line" }, ...parts, "\n"));
}

const linesOf = (text) => (text === "" ? [] : text.split("\n"));
const isSame = (part, other) => part.lines.join("\n") === other.lines.join("\n");

// Which editor an edit is of, and the lines that it held then: more may be typed before the server answers.
const written = new WeakMap();

// One text that is being edited: the code of a cell, or the Markdown of a block.
let made = 0;
class Editor {
  constructor(part, { name, isSwift, tools }) {
    made += 1;
    this.isSwift = isSwift;
    this.messages = make("ul", { className: "nn-edit-messages", id: `nn-edit-messages-${made}` });
    this.checks = make("div", { className: "nn-edit-checks", role: "status" });
    this.help = make("span", { className: "nn-edit-hidden", id: `nn-edit-help-${made}` },
      "Shift-Enter tries the text, Escape brings the saved text back, and Tab leaves after Escape."
        + (isSwift ? " Control-Space completes a name, Control-Shift-Space says what one is." : ""));
    this.code = make("code");
    this.area = make("textarea", {
      value: part.lines.join("\n"), spellcheck: !isSwift, autocomplete: "off", autocapitalize: "off",
      rows: 1, "aria-label": name, "aria-describedby": `${this.help.id} ${this.messages.id}`,
    });
    this.area.setAttribute("wrap", isSwift ? "off" : "soft");
    this.box = make("div", { className: "nn-edit-box" + (isSwift ? "" : " nn-prose") },
      make("pre", { className: "swift", "aria-hidden": "true" }, this.code), this.area);
    this.status = make("span", { className: "nn-status", role: "status" });
    this.tools = make("div", { className: "nn-edit-tools" }, ...tools(this), this.status);
    this.element = make("div", { className: "nn-edit", "data-nnbook-edit": "" },
      this.box, this.messages, this.tools, this.checks, this.help);
    this.hints = isSwift && new Help(this, made);
    if (this.hints) this.element.append(this.hints.list, this.hints.box);
    this.told = new Map();
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => { this.leaves = false; });
    this.take(part);
    this.draw();
  }

  // What the server has of it now.
  take(part) {
    const isClean = !this.part || !this.isTyped;
    this.isElsewhere = !isClean && (this.isElsewhere || !isSame(part, this.part));
    this.part = part;
    if (isClean && this.text !== part.lines.join("\n")) {
      this.area.value = part.lines.join("\n");
      this.draw();
    }
    this.show();
  }

  get text() { return this.area.value; }
  get lines() { return linesOf(this.text); }
  get saved() { return (this.part.saved ?? this.part.lines).join("\n"); }
  get isTyped() { return this.text !== this.part.lines.join("\n"); }
  get isChanged() { return this.text !== this.saved; }

  // For the server: new lines of the chapter in the place of old ones.
  get edit() {
    const prefix = this.part.prefix ?? "";
    const edit = { first: this.part.first, count: this.part.lines.length,
      lines: this.lines.map((line) => (line ? prefix + line : prefix.trimEnd())) };
    written.set(edit, { editor: this, lines: this.lines });
    return edit;
  }

  // Forgets what was typed since the server knows of it.
  drop() {
    if (!this.isTyped) return;
    this.area.value = this.part.lines.join("\n");
    this.draw();
    this.show();
  }

  draw() {
    const lines = colored(this.text, this.isSwift);
    for (const [place, texts] of this.told) {
      const line = lines[Math.max(0, Math.min(place, lines.length - 1))];
      line.dataset.message = texts.join(" · ");
    }
    this.box.classList.toggle("nn-has-messages", this.told.size > 0);
    this.code.replaceChildren(...lines);
  }

  show() {
    this.element.toggleAttribute("data-changed", this.isChanged);
    this.status.textContent = this.isTyped && this.isElsewhere ? "Changed elsewhere too; 'Saved text' shows that"
      : this.isTyped ? "Not run yet" : this.isChanged ? "Not saved" : "";
  }

  changed() {
    // A message stands under the line it was about, which is another now.
    if (this.told.size) this.tell([]);
    this.draw();
    this.show();
    remember();
  }

  // Messages, with lines of the chapter's file.
  tell(found) {
    this.told = new Map();
    for (const message of found) {
      const place = message.line - this.part.first;
      this.told.set(place, [...(this.told.get(place) ?? []), message.text]);
    }
    this.area.setAttribute("aria-invalid", String(found.some((message) => message.severity === "error")));
    this.messages.replaceChildren(...found.map((message) => make("li", {},
      `Line ${Math.max(1, message.line - this.part.first + 1)}: ${message.text}`
        + message.notes.map((note) => ` (${note})`).join("") + ` [${message.id}]`)));
    this.draw();
  }

  holds(line) {
    const slack = this.isSwift ? 1 : 0;
    return this.part.first - slack <= line && line < this.part.first + Math.max(1, this.part.lines.length) + slack;
  }

  // As if it were typed, so that the browser's undo knows it.
  insert(text, start = this.area.selectionStart, end = this.area.selectionEnd) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, end);
    if (text ? !document.execCommand("insertText", false, text) : start !== end && !document.execCommand("delete")) {
      this.area.setRangeText(text, start, end, "end");
      this.changed();
    }
  }

  restore() {
    if (this.isChanged) this.insert(this.saved, 0, this.text.length);
  }

  indent(isOut) {
    const { selectionStart: start, selectionEnd: end } = this.area;
    if (start === end && !isOut) return this.insert(" ".repeat(2 - ((start - this.text.lastIndexOf("\n", start - 1) - 1) % 2)));
    const first = this.text.lastIndexOf("\n", start - 1) + 1;
    const last = Math.max(first, end > start && this.text[end - 1] === "\n" ? end - 1 : end);
    const stop = this.text.indexOf("\n", last) < 0 ? this.text.length : this.text.indexOf("\n", last);
    const old = this.text.slice(first, stop);
    const next = old.split("\n").map((line) => (isOut ? line.replace(/^( {1,2}|\t)/, "") : line && "  " + line)).join("\n");
    if (next === old) return;
    this.insert(next, first, stop);
    const shift = next.split("\n")[0].length - old.split("\n")[0].length;
    if (start === end) this.area.setSelectionRange(Math.max(first, start + shift), Math.max(first, start + shift));
    else this.area.setSelectionRange(first, first + next.length);
  }

  key(event) {
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.isComposing) return;
    if (this.hints && this.hints.key(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      // The next Tab leaves, so that nobody is caught in here.
      this.leaves = true;
      this.escape?.();
    } else if (event.key === "Enter" && (event.shiftKey || isCommand)) {
      this.run?.();
    } else if (event.key.toLowerCase() === "s" && isCommand && !event.altKey && !event.shiftKey) {
      this.save?.();
    } else if (event.key === "Tab" && !isCommand && !event.altKey && this.isSwift && !this.leaves) {
      this.indent(event.shiftKey);
    } else if (event.key === "Enter" && this.isSwift && !event.altKey) {
      const before = this.text.slice(0, this.area.selectionStart);
      const line = before.slice(before.lastIndexOf("\n") + 1);
      this.insert("\n" + /^[ \t]*/.exec(line)[0] + (/[{(\[]\s*$/.test(line) ? "  " : ""));
    } else {
      if (event.key !== "Tab" && event.key !== "Shift") this.leaves = false;
      return;
    }
    event.preventDefault();
  }
}
