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
  // What is typed while the server answers stays.
  const done = () => {
    if (editor.isTyped) return;
    editor.closes = true;
    place();
  };
  editor.run = () => act("try", { own: editor, edits: typed, after: done });
  editor.save = async () => {
    if (await act("save", { own: editor, edits: typed, lines: () => ownLines(editor) })) done();
  };
  editor.escape = () => {
    editor.restore();
    act("try", { own: editor, edits: () => (editor.isTyped ? [editor.edit] : []), after: () => close(editor) });
  };
  open.push(editor);
  place();
  if (editor.element.isConnected) editor.area.focus();
  else wanted = { part: block, base: chapter.base, isCell: false };
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

// Menus are of the text that the page shows, and the chapter may be further.
const menus = [];
// A part that gets the focus once the page shows it.
let wanted = null;
// Blocks of changes that wait for their turn, when their menus may be gone.
const pressed = new Set();
const waiting = () => [...menus, ...pressed, ...(wanted ? [wanted] : [])];

// The number of a menu's block by now; -1 where it is no longer what it was.
const numberOf = ({ part, base }) =>
  (base === chapter.base ? chapter.blocks ?? [] : []).findIndex((block) => block.first === part.first);

// A change of blocks: edits of the block with this number, null with a word where there are none.
function change(pressedOn, edits, after, moved) {
  const known = { ...pressedOn };
  pressed.add(known);
  act("try", { isStructural: true, moved, after, edits: () => {
    const number = numberOf(known);
    if (number >= 0) return edits(number);
    say("That block is another by now: look, and try again");
    return null;
  } }).finally(() => pressed.delete(known));
}

function add(known, lines, isCell) {
  let target = 0;
  change(known, (number) => {
    const edit = insertAfter(number, lines);
    target = edit.first + 1;
    return [edit];
  }, () => {
    wanted = { part: { first: target, lines }, base: chapter.base, isCell, isNew: true };
    place();
  });
}

function move(known, by) {
  let both = [];
  change(known, (number) => {
    const { [number]: block, [number + by]: other } = chapter.blocks;
    if (!other) {
      say(by < 0 ? "It is the first block" : "It is the last block");
      return null;
    }
    both = by < 0 ? [other, block] : [block, other];
    const [upper, lower] = both;
    return [{ first: upper.first, count: upper.lines.length, lines: lower.lines },
      { first: lower.first, count: lower.lines.length, lines: upper.lines }];
  }, () => say("Moved"), () => both);
}

function menu(number) {
  const block = chapter.blocks[number];
  const known = { part: block, base: chapter.base };
  menus.push(known);
  const name = block.lines.find((line) => line.trim())?.trim().slice(0, 40) ?? "";
  const item = (text, press) => button(text, () => { box.open = false; press(); });
  const box = make("details", { className: "nn-edit-menu", "data-nnbook-edit": "", "data-block": String(number) },
    make("summary", { "aria-label": `Change block ${number + 1}: ${name}` }, "⋮"),
    make("div", {},
      item("Edit Markdown", () => openBlock(numberOf(known)) ?? say("That block is another by now: look, and try again")),
      item("Add cell below", () => add(known, ["```swift", "// A new cell", "```"], true)),
      item("Add text below", () => add(known, ["New text."], false)),
      item("Move up", () => move(known, -1)),
      item("Move down", () => move(known, 1)),
      item("Delete", () => change(known, (number) => [removal(number)],
        () => say("Deleted; 'Drop all' brings it back")))));
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
  menus.length = 0;
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
    const block = numberOf(wanted);
    const { isCell, isNew } = wanted;
    const cell = isCell && chapter.cells.find((cell) => cell.block === block);
    wanted = null;
    const editor = cell ? cells.get(cell.index) : block >= 0 ? openBlock(block) : null;
    editor?.area.focus();
    if (isNew && !cell) editor?.area.select();
  }
}
