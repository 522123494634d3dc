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
const saveAll = button("Save all", () => act("save", { edits: typed }));
const dropAll = button("Drop all", () => {
  if (!confirm("Drop every change of this chapter that is not saved?")) return;
  for (const editor of editors()) editor.drop();
  act("discard");
});
const bothTexts = button("The file has changed…", () => showBoth());
bar.append(barStatus, unsaved, bothTexts, saveAll, dropAll);
const say = (text) => { barStatus.textContent = text; };

const running = "Running…";

const typed = () => editors().filter((editor) => editor.isTyped).map((editor) => editor.edit);

// What was typed and not tried, and what was asked and not answered, outlives a page that is loaded anew.
const stash = `nnbook-edit ${slug}`;
const focused = () => editors().find((editor) => editor.area === document.activeElement);
function remember() {
  const texts = editors().filter((editor) => editor.isTyped)
    .map((editor) => ({ first: editor.part.first, isSwift: editor.isSwift, text: editor.text }));
  const at = focused();
  const focus = at && { first: at.part.first, start: at.area.selectionStart, end: at.area.selectionEnd };
  try {
    const kept = { texts, focus, asked: [...asked] };
    if (texts.length || focus || asked.size) sessionStorage.setItem(stash, JSON.stringify(kept));
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
  for (const { action, own } of kept.asked ?? []) askAgain(action, own);
}
addEventListener("pagehide", remember);

// Of the page before, whose answer nobody heard. To save or try the same text twice is to do it once.
function askAgain(action, own) {
  const editor = own && editors().find((editor) => editor.part.first === own.first && editor.isSwift === own.isSwift);
  if (editor) editor[action === "save" ? "save" : "run"]();
  else if (!own && (action === "save" || action === "try")) act(action, { edits: typed });
  else say("The page was loaded before the server answered: look whether the last change is there");
}

async function ask(method, path, body) {
  const text = body && JSON.stringify(body);
  const response = await fetch(path + encodeURIComponent(slug), {
    method, cache: "no-store", credentials: "same-origin",
    // A change is sent also when the page goes meanwhile; a browser takes 64 KiB of such.
    ...(text && { body: text, keepalive: !!body.action && new TextEncoder().encode(text).length < 60_000,
      headers: { "Content-Type": "application/json", "X-Nnbook": "edit" } }),
  });
  const isJSON = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, value: isJSON ? await response.json() : await response.text() };
}

// One change at a time: each names the text that the one before left. So what it changes is told by functions,
// which are asked when it is sent; what they know of places may be older than the text.
let queue = Promise.resolve();
const asked = new Set();
function act(action, change = {}) {
  const { own, isStructural } = change;
  const one = { action: isStructural ? "change" : action, own: own && { first: own.part.first, isSwift: own.isSwift } };
  asked.add(one);
  if (action === "save") say("Saving…");
  const done = queue.then(async () => {
    if (!chapter) await load();
    if (chapter) return send(action, change);
    say("Nothing was sent: the server has no such chapter");
    return false;
  }).catch((error) => {
    say(`Nothing was sent: ${error.message}`);
    return false;
  }).finally(() => asked.delete(one));
  queue = done;
  return done;
}

// What was asked is answered before a page is loaded anew.
nnbook.settled = async () => {
  for (let last = null; last !== queue; await last) last = queue;
};

async function send(action, change, turn = 1) {
  const { edits = () => [], lines, moved, after, isStructural } = change;
  // Blocks are moved as they are, with what is typed in them.
  if (isStructural && typed().length && !(await send("try", { edits: typed }))) return false;
  const made = edits();
  if (!made) return false;
  if (action === "try" && !made.length) {
    after?.(false);
    return true;
  }
  const { status, value } = await ask("POST", "/-nnbook/edit/", {
    action, base: chapter.base, edits: made, ...(lines && { lines: lines() }),
  });
  if (status === 200) {
    if (action === "try" || action === "save") follow(made, value.base, moved?.());
    adopt(value);
    after?.(true);
    if (action === "save") say("Saved");
    if (action === "discard") say("The saved text is back");
    return true;
  }
  if (status === 409 && value.file !== undefined) {
    const now = (await ask("GET", "/-nnbook/chapter/")).value;
    follow(made, now.base);
    adopt(now);
    say("Not saved: the file was changed by somebody else");
    showBoth(value);
    return false;
  }
  if (status === 409) {
    const held = editors().filter((editor) => editor.isTyped).map((editor) => [editor, editor.part]);
    adopt(value.chapter);
    // Where only what is around it was changed, it is what was meant.
    const isMeant = held.every(([editor, part]) => editors().includes(editor) && isSame(editor.part, part));
    if (isMeant && turn < 4) return send(action, change, turn + 1);
    say("The chapter was changed elsewhere. Look, and try again.");
    return false;
  }
  say(typeof value === "string" && value ? value : `The server answered ${status}`);
  return false;
}

// Where editors, menus and what waits for its place are after edits that the server took.
function follow(edits, base, moved) {
  const own = new Map(edits.map((edit) => [written.get(edit)?.editor, edit]));
  for (const editor of editors()) {
    const edit = own.get(editor);
    const others = edits.filter((other) => other !== edit && other.first + other.count <= editor.part.first);
    editor.part = moved ? movedPart(editor.part, moved) : { ...editor.part,
      first: editor.part.first + grown(others), ...(edit && { lines: written.get(edit).lines }) };
  }
  for (const known of waiting()) {
    if (known.base === chapter.base) {
      known.part = moved ? movedPart(known.part, moved) : editedPart(known.part, edits);
      known.base = base;
    }
  }
}
const grown = (edits) => edits.reduce((sum, edit) => sum + edit.lines.length - edit.count, 0);

function editedPart(part, edits) {
  const end = part.first + part.lines.length;
  const before = edits.filter((edit) => edit.first + edit.count <= part.first);
  const within = edits.filter((edit) => !before.includes(edit) && edit.first >= part.first
    && edit.first + edit.count <= end && edit.first < end);
  let lines = part.lines;
  for (const edit of within.sort((a, b) => b.first - a.first)) {
    lines = lines.toSpliced(edit.first - part.first, edit.count, ...edit.lines);
  }
  return { ...part, first: part.first + grown(before), lines };
}

// Two blocks in each other's place, and what is between them.
function movedPart(part, [upper, lower]) {
  const holds = (block) => block.first <= part.first && part.first < block.first + Math.max(1, block.lines.length);
  const longer = lower.lines.length - upper.lines.length;
  const shift = holds(upper) ? lower.first + longer - upper.first : holds(lower) ? upper.first - lower.first
    : upper.first < part.first && part.first < lower.first ? longer : 0;
  return { ...part, first: part.first + shift };
}

// Takes the server's text as the one that editors are of.
function adopt(next) {
  const isNew = !chapter || next.base !== chapter.base;
  chapter = next;
  for (const known of waiting()) {
    if (known.base === next.base) continue;
    const alike = (next.blocks ?? []).filter((block) => isSame(block, known.part));
    if (alike.length === 1) Object.assign(known, { part: alike[0], base: next.base });
  }
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
    claim((cell, editor) => cell.first === editor.part.first && isSame(cell, editor.part));
    claim((cell, editor, index) => cell.index === index && isSame(cell, editor.part));
    claim((cell, editor) => isSame(cell, editor.part));
    claim((cell, editor) => cell.first === editor.part.first);
    claim((cell, editor, index) => cell.index === index);
    const gone = old.map(([, editor]) => editor).filter((editor) => ![...cells.values()].includes(editor));
    for (const editor of gone) editor.element.remove();
    for (const cell of next.cells) {
      if (cells.has(cell.index)) cells.get(cell.index).take(cell);
      else cells.set(cell.index, cellEditor(cell));
      const editor = cells.get(cell.index);
      editor.area.setAttribute("aria-label", `Cell ${cell.index + 1}, Swift` + (cell.kind === "cell" ? "" : `, ${cell.kind}`));
    }
    for (const editor of open) {
      const block = next.blocks.find((block) => block.first === editor.part.first && isSame(block, editor.part))
        ?? next.blocks.find((block) => isSame(block, editor.part))
        ?? next.blocks.find((block) => block.first === editor.part.first);
      if (block) {
        editor.take(block);
        continue;
      }
      gone.push(editor);
      editor.element.remove();
    }
    open = open.filter((editor) => !gone.includes(editor));
    showGone(gone.filter((editor) => editor.isTyped && editor.text.trim()));
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
    act("try", { own: editor, edits: typed, after: (isNew) => { if (isNew) say(running); } });
  };
  editor.save = () => act("save", { own: editor, edits: typed, lines: () => ownLines(editor) });
  editor.escape = () => {
    editor.restore();
    editor.tell([]);
    editor.checks.replaceChildren();
    // Also where an answer to what was tried still comes.
    act("try", { own: editor, edits: () => (editor.isTyped ? [editor.edit] : []) });
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

function showDialog(title, ...parts) {
  const dialog = make("dialog", { className: "nn-edit-dialog", "aria-label": title, "data-nnbook-edit": "" }, ...parts);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// What was typed in a part that somebody else took out of the chapter meanwhile.
function showGone(gone) {
  if (!gone.length) return;
  const title = "Text without a place";
  const dialog = showDialog(title, make("h2", {}, "What you typed in is no longer in the chapter"),
    ...gone.map((editor) => make("pre", { tabIndex: 0, "aria-label": "What you typed" }, editor.text)),
    make("div", { className: "nn-edit-tools" }, button("Close", () => dialog.close())));
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
  const dialog = showDialog("Two texts of this chapter",
    make("h2", {}, "The file was changed by somebody else"),
    make("p", {}, "Nothing was saved. Both texts are here; lines that only one of them has are marked."),
    make("div", { className: "nn-edit-both" },
      column("In the file", texts.file, texts.draft), column("In this page", texts.draft, texts.file)),
    make("div", { className: "nn-edit-tools" },
      button("Take the file's", () => { dialog.close(); act("discard"); }),
      button("Keep mine", () => { dialog.close(); act("keep", { after: () => say("Yours is kept; Save writes it") }); }),
      button("Close", () => dialog.close())));
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
