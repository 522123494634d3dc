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
  /(?<t>\b(?:[A-Z]\w*|Self)\b)/, /(?<f>\b[a-z_]\w*(?=\())/, /(?<l>\b[a-z_]\w*(?=:))/,
].map((part) => part.source).join("|"), "g");

// Lines as elements, each complete in itself.
function colored(text, isSwift) {
  const lines = [[]];
  const add = (piece, kind) => piece.split("\n").forEach((part, place) => {
    if (place) lines.push([]);
    if (part) lines.at(-1).push(kind ? make("span", { className: kind }, part) : part);
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

// One text that is being edited: the code of a cell, or the Markdown of a block.
let made = 0;
class Editor {
  constructor(part, { name, isSwift, tools }) {
    made += 1;
    this.isSwift = isSwift;
    this.messages = make("ul", { className: "nn-edit-messages", id: `nn-edit-messages-${made}` });
    this.checks = make("div", { className: "nn-edit-checks", role: "status" });
    this.help = make("span", { className: "nn-edit-hidden", id: `nn-edit-help-${made}` },
      "Shift-Enter tries the text, Escape brings the saved text back, and Tab leaves after Escape.");
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
    this.told = new Map();
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => { this.leaves = false; });
    this.take(part);
    this.draw();
  }

  // What the server has of it now.
  take(part) {
    const isClean = !this.part || this.text === this.part.lines.join("\n");
    this.part = part;
    if (isClean && this.text !== part.lines.join("\n")) {
      this.area.value = part.lines.join("\n");
      this.draw();
    }
    this.show();
  }

  get text() { return this.area.value; }
  get lines() { return this.text === "" ? [] : this.text.split("\n"); }
  get saved() { return (this.part.saved ?? this.part.lines).join("\n"); }
  get isTyped() { return this.text !== this.part.lines.join("\n"); }
  get isChanged() { return this.text !== this.saved; }

  // For the server: new lines of the chapter in the place of old ones.
  get edit() {
    const prefix = this.part.prefix ?? "";
    return { first: this.part.first, count: this.part.lines.length,
      lines: this.lines.map((line) => (line ? prefix + line : prefix.trimEnd())) };
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
    this.status.textContent = this.isTyped ? "Not run yet" : this.isChanged ? "Not saved" : "";
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

// The chapter as the server has it, and the editors of its cells and of open blocks.
let chapter = null;
let cells = new Map();
let open = [];
let page = null;
let news = null;
let told = () => {};
const editors = () => [...cells.values(), ...open];

const bar = make("div", { className: "nn-edit-bar", role: "region", "aria-label": "Editing", "data-nnbook-edit": "" });
const barStatus = make("span", { className: "nn-status", role: "status" });
const unsaved = make("span", { className: "nn-unsaved" });
const saveAll = button("Save all", () => act("save", { edits: typed() }));
const dropAll = button("Drop all", () => {
  if (!confirm("Drop every change of this chapter that is not saved?")) return;
  for (const editor of editors()) if (editor.isTyped) editor.area.value = editor.part.lines.join("\n");
  act("discard");
});
const bothTexts = button("The file has changed…", () => showBoth());
bar.append(barStatus, unsaved, bothTexts, saveAll, dropAll);
const say = (text) => { barStatus.textContent = text; };

const running = "Running…";

const typed = () => editors().filter((editor) => editor.isTyped).map((editor) => editor.edit);

// What was typed and not tried outlives a page that is loaded anew.
const stash = `nnbook-edit ${slug}`;
const focused = () => editors().find((editor) => editor.area === document.activeElement);
function remember() {
  const texts = editors().filter((editor) => editor.isTyped)
    .map((editor) => ({ first: editor.part.first, isSwift: editor.isSwift, text: editor.text }));
  const at = focused();
  const focus = at && { first: at.part.first, start: at.area.selectionStart, end: at.area.selectionEnd };
  try {
    if (texts.length || focus) sessionStorage.setItem(stash, JSON.stringify({ base: chapter?.base, texts, focus }));
    else sessionStorage.removeItem(stash);
  } catch { return; }
}
function recall() {
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(stash)); } catch { return; }
  if (!kept) return;
  for (const { first, text, isSwift } of kept.texts) {
    let editor = editors().find((editor) => editor.part.first === first && editor.isSwift === isSwift);
    if (!editor && !isSwift) editor = openBlock(chapter.blocks?.findIndex((block) => block.first === first) ?? -1);
    if (!editor) continue;
    editor.area.value = text;
    editor.draw();
    editor.show();
  }
  const editor = kept.focus && editors().find((editor) => editor.part.first === kept.focus.first);
  if (editor && document.activeElement === document.body) {
    editor.area.focus({ preventScroll: true });
    editor.area.setSelectionRange(kept.focus.start, kept.focus.end);
  }
}
addEventListener("pagehide", remember);

async function ask(method, path, body) {
  const response = await fetch(path + encodeURIComponent(slug), {
    method, cache: "no-store", credentials: "same-origin",
    ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-Nnbook": "edit" } }),
  });
  const isJSON = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, value: isJSON ? await response.json() : await response.text() };
}

// One change at a time: each names the text that the one before left.
let queue = Promise.resolve();
const act = (action, change = {}) => (queue = queue.then(() => send(action, change)).catch((error) => {
  say(`Nothing was sent: ${error.message}`);
  return false;
}));

async function send(action, { edits = [], lines = null, after = null } = {}) {
  const made = typeof edits === "function" ? edits() : edits;
  const { status, value } = await ask("POST", "/-nnbook/edit/", {
    action, base: chapter.base, edits: made, ...(lines && { lines: lines(made) }),
  });
  if (status === 200) {
    follow(made);
    adopt(value);
    after?.();
    if (action === "save") say("Saved");
    if (action === "discard") say("The saved text is back");
    return true;
  }
  if (status === 409 && value.file !== undefined) {
    follow(made);
    adopt((await ask("GET", "/-nnbook/chapter/")).value);
    showBoth(value);
    return false;
  }
  if (status === 409) {
    adopt(value.chapter);
    say("The chapter was changed elsewhere. Look, and try again.");
    return false;
  }
  say(typeof value === "string" ? value : `The server answered ${status}`);
  return false;
}

// Where the lines of every editor are after edits that the server took.
function follow(edits) {
  const sorted = [...edits].sort((a, b) => a.first - b.first);
  for (const editor of editors()) {
    const own = sorted.find((edit) => edit.first === editor.part.first && edit.count === editor.part.lines.length);
    const shift = sorted.filter((edit) => edit !== own && edit.first + edit.count <= editor.part.first)
      .reduce((sum, edit) => sum + edit.lines.length - edit.count, 0);
    editor.part = { ...editor.part, first: editor.part.first + shift, ...(own && { lines: editor.lines }) };
  }
}

// Takes the server's text as the one that editors are of.
function adopt(next) {
  const isNew = !chapter || next.base !== chapter.base;
  chapter = next;
  if (next.blocks) {
    const free = new Map(next.cells.map((cell) => [cell.index, cell]));
    const old = [...cells];
    cells = new Map();
    const claim = (fits) => {
      for (const [index, editor] of old) {
        if ([...cells.values()].includes(editor)) continue;
        const cell = [...free.values()].find((cell) => fits(cell, editor, index));
        if (!cell) continue;
        free.delete(cell.index);
        cells.set(cell.index, editor);
      }
    };
    claim((cell, editor) => cell.first === editor.part.first && cell.lines.join("\n") === editor.part.lines.join("\n"));
    claim((cell, editor, index) => cell.index === index && cell.lines.join("\n") === editor.part.lines.join("\n"));
    claim((cell, editor) => cell.first === editor.part.first);
    for (const [, editor] of old) if (![...cells.values()].includes(editor)) editor.element.remove();
    for (const cell of next.cells) {
      if (cells.has(cell.index)) cells.get(cell.index).take(cell);
      else cells.set(cell.index, cellEditor(cell));
      const editor = cells.get(cell.index);
      editor.area.setAttribute("aria-label", `Cell ${cell.index + 1}, Swift` + (cell.kind === "cell" ? "" : `, ${cell.kind}`));
    }
    for (const editor of open) {
      const block = next.blocks.find((block) => block.first === editor.part.first);
      if (block && (block.lines.join("\n") === editor.part.lines.join("\n") || !editor.isTyped)) editor.take(block);
    }
  }
  if (isNew) place();
  showBar();
}

function cellEditor(cell) {
  const editor = new Editor(cell, { name: `Cell ${cell.index + 1}, Swift`, isSwift: true, tools: (editor) => [
    button(cell.kind === "exercise" ? "Check" : "Run", () => editor.run(), { title: "Shift-Enter" }),
    button("Save", () => editor.save(), { title: "Ctrl-S" }),
    button("Saved text", () => editor.escape(), { title: "Escape" }),
  ] });
  editor.kind = cell.kind;
  editor.run = () => {
    if (!typed().length) {
      if (editor.kind === "exercise" && !editor.isChanged) say("This is what the exercise begins with: change it, then check");
      else say("Nothing has changed since it ran");
      return;
    }
    act("try", { edits: typed, after: () => say(running) });
  };
  editor.save = () => act("save", { edits: typed, lines: () => ownLines(editor) });
  editor.escape = () => {
    const wasTried = editor.part.saved;
    editor.restore();
    editor.tell([]);
    editor.checks.replaceChildren();
    if (wasTried) act("try", { edits: () => (editor.isTyped ? [editor.edit] : []) });
    say("The saved text is back");
  };
  return editor;
}

// Where an editor's lines are once its own edit, and those above it, are made.
function ownLines(editor) {
  const shift = editors().filter((other) => other !== editor && other.isTyped && other.part.first < editor.part.first)
    .reduce((sum, other) => sum + other.lines.length - other.part.lines.length, 0);
  return { first: editor.part.first + shift, count: editor.lines.length };
}

// Blocks of prose

function openBlock(number) {
  const block = chapter.blocks?.[number];
  if (!block) return null;
  const known = open.find((editor) => editor.part.first === block.first);
  if (known) {
    known.area.focus();
    return known;
  }
  const editor = new Editor(block, { name: "Markdown of this block", isSwift: false, tools: (editor) => [
    button("Show", () => editor.run(), { title: "Shift-Enter" }),
    button("Save", () => editor.save(), { title: "Ctrl-S" }),
    button("Saved text", () => editor.escape(), { title: "Escape" }),
  ] });
  editor.block = number;
  editor.run = () => act("try", { edits: typed, after: () => { editor.closes = true; place(); } });
  editor.save = async () => {
    if (await act("save", { edits: typed, lines: () => ownLines(editor) })) { editor.closes = true; place(); }
  };
  editor.escape = () => {
    const wasTried = editor.part.saved;
    editor.restore();
    if (wasTried) act("try", { edits: () => (editor.isTyped ? [editor.edit] : []), after: () => close(editor) });
    else close(editor);
  };
  open.push(editor);
  place();
  editor.area.focus();
  return editor;
}

function close(editor) {
  open = open.filter((other) => other !== editor);
  const menu = editor.element.previousElementSibling?.matches(".nn-edit-menu") && editor.element.previousElementSibling;
  const hadFocus = editor.element.contains(document.activeElement);
  editor.element.remove();
  place();
  if (hadFocus && menu) menu.querySelector("summary")?.focus();
  remember();
}

// Blank lines around what is put in, as Markdown wants them.
function insertAfter(number, lines) {
  const block = chapter.blocks[number];
  const first = block ? block.first + block.lines.length : chapter.lineCount + 1;
  return { first, count: 0, lines: ["", ...lines] };
}

function removal(number) {
  const [block, next] = [chapter.blocks[number], chapter.blocks[number + 1]];
  const end = next ? next.first : block.first + block.lines.length;
  return { first: block.first, count: end - block.first, lines: [] };
}

function add(number, lines, isCell) {
  let target = 0;
  const edits = () => {
    const [others, edit] = [typed(), insertAfter(number, lines)];
    target = edit.first + 1 + others.filter((other) => other.first + other.count <= edit.first)
      .reduce((sum, other) => sum + other.lines.length - other.count, 0);
    return [...others, edit];
  };
  act("try", { edits, after: () => {
    const block = chapter.blocks?.findIndex((block) => block.first === target) ?? -1;
    const cell = chapter.cells.find((cell) => cell.block === block);
    wanted = isCell && cell ? { cell: cell.index } : { block };
    place();
  } });
}
let wanted = null;

function move(number, by) {
  const other = number + by;
  if (!chapter.blocks[other]) return;
  const [upper, lower] = [chapter.blocks[Math.min(number, other)], chapter.blocks[Math.max(number, other)]];
  act("try", { edits: () => [...typed(),
    { first: upper.first, count: upper.lines.length, lines: lower.lines },
    { first: lower.first, count: lower.lines.length, lines: upper.lines }], after: () => say("Moved") });
}

function menu(number) {
  const block = chapter.blocks[number];
  const name = block.lines.find((line) => line.trim())?.trim().slice(0, 40) ?? "";
  const item = (text, press) => button(text, () => { box.open = false; press(); });
  const box = make("details", { className: "nn-edit-menu", "data-nnbook-edit": "", "data-block": String(number) },
    make("summary", { "aria-label": `Change block ${number + 1}: ${name}` }, "⋮"),
    make("div", {},
      item("Edit Markdown", () => openBlock(number)),
      item("Add cell below", () => add(number, ["```swift", "// A new cell", "```"], true)),
      item("Add text below", () => add(number, ["New text."], false)),
      item("Move up", () => move(number, -1)),
      item("Move down", () => move(number, 1)),
      item("Delete", () => act("try", { edits: () => [...typed(), removal(number)],
        after: () => say("Deleted; 'Drop all' brings it back") }))));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  return box;
}
document.addEventListener("click", (event) => {
  for (const box of document.querySelectorAll(".nn-edit-menu[open]")) if (!box.contains(event.target)) box.open = false;
});

// Puts editors and menus to their places in the page, where the page shows the text that they are of.

function marks() {
  const found = new Map();
  let text = null;
  const walker = document.createTreeWalker(page.querySelector("article"), NodeFilter.SHOW_COMMENT);
  const blocks = [...page.querySelector("article").children];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const [, kind, value] = /^nnbook (text|block) (\w+)$/.exec(node.data) ?? [];
    if (kind === "text") text = value;
    if (kind !== "block") continue;
    let top = node;
    while (top.parentNode.nodeName !== "ARTICLE") top = top.parentNode;
    const start = top === node ? blocks.indexOf(nextElement(node)) : blocks.indexOf(top);
    found.set(Number(value), start < 0 ? blocks.length : start);
  }
  return { text, found, length: blocks.length };
}
const nextElement = (node) => {
  while (node && node.nodeType !== 1) node = node.nextSibling;
  return node;
};

function place() {
  if (!page || !chapter) return;
  const { text, found, length } = marks();
  if (text !== chapter.mark || !chapter.blocks) return;
  for (const editor of open.filter((editor) => editor.closes)) close(editor);
  const at = focused();
  const selection = at && [at.area.selectionStart, at.area.selectionEnd];
  const here = [...article.children].filter((block) => !block.matches("[data-nnbook-edit]"));
  const used = document.activeElement?.closest?.(".nn-edit-menu")?.dataset.block;
  for (const old of article.querySelectorAll(".nn-edit-menu")) old.remove();
  for (const block of here) block.classList.remove("nn-edit-hidden");
  if (here.length === length) {
    for (const [number, start] of found) {
      if (!chapter.blocks[number]) continue;
      const next = [...found.values()].filter((place) => place > start).sort((a, b) => a - b)[0] ?? start + 1;
      const isShown = ![...found].some(([other, place]) => other > number && place === start);
      const before = here[start] ?? null;
      article.insertBefore(menu(number), before);
      const editor = open.find((editor) => editor.part.first === chapter.blocks[number].first);
      if (!editor) continue;
      if (editor.element.nextElementSibling !== before || editor.element.parentElement !== article) {
        article.insertBefore(editor.element, before);
      }
      if (isShown) for (const block of here.slice(start, next)) block.classList.add("nn-edit-hidden");
    }
  }
  for (const [index, editor] of cells) {
    const cell = document.getElementById(`cell-${index}`);
    const source = cell?.querySelector(":scope > .source, :scope > .fold > .source");
    const isPlain = source?.parentElement === cell && !source.querySelector(".folded-lines");
    if (!cell || editor.element.parentElement === cell) continue;
    if (isPlain || editor.isOpen || editor.isChanged) cell.prepend(editor.element);
    else if (source && !cell.querySelector(":scope > .nn-edit-open")) {
      cell.prepend(button("Edit the code", (event) => {
        event.target.remove();
        editor.isOpen = true;
        cell.prepend(editor.element);
        editor.area.focus();
      }, { className: "nn-edit-open", "data-nnbook-edit": "" }));
    }
  }
  if (at && document.activeElement !== at.area && at.area.isConnected) {
    at.area.focus({ preventScroll: true });
    at.area.setSelectionRange(...selection);
  }
  if (used) article.querySelector(`.nn-edit-menu[data-block="${used}"] summary`)?.focus({ preventScroll: true });
  if (wanted) {
    const { cell, block } = wanted;
    wanted = null;
    if (cell !== undefined) cells.get(cell)?.area.focus();
    else if (block >= 0) openBlock(block)?.area.select();
  }
}

// What the last build says: messages to their lines, sentences of checks to their exercises.

function tellNews() {
  if (!news || !chapter) return;
  const own = news.own;
  const all = news.update.edited?.messages?.[own] ?? [];
  let unplaced = Object.values(news.update.edited?.messages ?? {}).flat().length + (news.update.edited?.placeless ?? 0);
  for (const editor of editors()) {
    if (editor.isTyped) continue;
    const found = all.filter((message) => editor.holds(message.line) && editor.element.isConnected);
    unplaced -= found.length;
    editor.tell(found);
  }
  if (unplaced <= 0) news.show("");
  for (const attempt of news.update.edited?.attempts?.[own] ?? []) {
    const editor = cells.get(attempt.cell);
    if (editor && editor.isChanged && !editor.isTyped) showAttempt(editor, attempt);
  }
}

function showAttempt(editor, { passed, failed, stop, printed }) {
  const parts = [];
  if (printed) parts.push(make("pre", {}, printed));
  if (stop) parts.push(make("p", {}, `The code stops: ${stop}`));
  parts.push(...failed.map((sentence) => make("p", {}, `✗ ${sentence}`)));
  if (!stop && !failed.length && passed) parts.push(make("p", {}, `✓ ${passed === 1 ? "The check holds" : `All ${passed} checks hold`}.`));
  editor.checks.toggleAttribute("data-all", !stop && !failed.length);
  editor.checks.replaceChildren(...parts);
}

function showBar() {
  const blocks = chapter.blocks ?? [];
  const changed = blocks.filter((block) => block.saved).length;
  saveAll.hidden = dropAll.hidden = !chapter.isChanged && !typed().length;
  bothTexts.hidden = !chapter.isConflict;
  unsaved.textContent = chapter.isChanged ? `${changed ? count(changed, "block") : "Something"} not saved` : "";
}

// Two texts of one chapter, lines that only one has marked.
async function showBoth(texts) {
  if (!texts) {
    const { status, value } = await ask("POST", "/-nnbook/edit/", { action: "save", base: chapter.base });
    if (status !== 409 || value.file === undefined) return adopt((await ask("GET", "/-nnbook/chapter/")).value);
    texts = value;
  }
  const column = (title, text, other) => {
    const known = new Set(other.split(/\r\n?|\n/));
    return make("section", {}, make("h3", {}, title), make("pre", { tabIndex: 0, "aria-label": title },
      ...text.split(/\r\n?|\n/).map((line) => (known.has(line) ? line + "\n" : make("span", { className: "nn-differs" }, line || " ")))));
  };
  const dialog = make("dialog", { className: "nn-edit-dialog", "aria-label": "Two texts of this chapter", "data-nnbook-edit": "" },
    make("h2", {}, "The file was changed by somebody else"),
    make("p", {}, "Nothing was saved. Both texts are here; lines that only one of them has are marked."),
    make("div", { className: "nn-edit-both" },
      column("In the file", texts.file, texts.draft), column("In this page", texts.draft, texts.file)),
    make("div", { className: "nn-edit-tools" },
      button("Take the file's", () => { dialog.close(); act("discard"); }),
      button("Keep mine", () => { dialog.close(); act("keep", { after: () => say("Yours is kept; Save writes it") }); }),
      button("Close", () => dialog.close())));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// Cells whose results came since are named once.
let busy = {};
function announce(states) {
  const done = Object.keys(busy).filter((cell) => !states[cell]);
  if (done.length) say(done.map((cell) => `Cell ${Number(cell.slice(5)) + 1} has a new result`).join(". "));
  else if (barStatus.textContent === running && !Object.values(states).some((state) => state !== "stale")) {
    say(Object.keys(states).length ? "It stopped; older results stay" : "Done");
  }
  busy = Object.fromEntries(Object.entries(states).filter(([, state]) => state !== "stale"));
}

async function load() {
  const { status, value } = await ask("GET", "/-nnbook/chapter/");
  if (status !== 200) return;
  const isFirst = !chapter;
  adopt(value);
  place();
  if (isFirst) recall();
}

if (slug && article) {
  document.head.append(make("link", { rel: "stylesheet", href: "/-nnbook/edit.css" }));
  document.body.append(bar);
  showOnce();
}

function showOnce() {
  saveAll.hidden = dropAll.hidden = bothTexts.hidden = true;
  document.addEventListener("nnbook-update", (event) => {
    news = event.detail;
    if (news.page) page = news.page;
    queue = queue.then(load).then(() => {
      announce(news.update.states?.[news.own] ?? {});
      tellNews();
    }).catch((error) => say(`The page's editor stopped: ${error.message}`));
  });
}
