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
