// Where the reader is: the section in the list at the side, how far down the page, which chapters

const followSections = () => {
  const links = [...all(".page-contents a")].map((link) =>
    [document.getElementById(decodeURIComponent(link.hash.slice(1))), link])
    .filter(([heading]) => heading);
  const bar = document.querySelector(".progress");
  let chosen;
  const mark = () => {
    const rest = root.scrollHeight - innerHeight;
    const done = rest > 0 ? Math.min(1, scrollY / rest) : 1;
    if (bar) bar.style.transform = `scaleX(${done})`;
    remember(done);
    // A jump may lead to a heading that the end of the page keeps low on the screen.
    const isBelow = ([heading]) => heading.getBoundingClientRect().top >= innerHeight / 3;
    const first = links.findIndex(isBelow);
    const read = links[(first < 0 ? links.length : first) - 1]?.[1];
    const current = chosen ?? read;
    for (const [, link] of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const jump = () => {
    const anchor = location.hash.split("?")[0];
    chosen = links.find(([, link]) => link.hash === anchor)?.[1];
    mark();
  };
  let waiting;
  listen(window, "scroll", () => {
    waiting ??= requestAnimationFrame(() => { waiting = undefined; mark(); });
  }, { passive: true });
  // Once the reader moves, what is on the screen says where they are.
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    listen(window, name, () => { chosen = undefined; }, { passive: true });
  }
  listen(window, "hashchange", jump);
  jump();
};

// How far each chapter was read, by its file; books in other folders have memories of their own.
const folder = location.href.replace(/[^/]*$/, "");
const page = location.pathname.replace(/.*\//, "") || "index.html";
const memory = () => { try { return JSON.parse(stored.get("nnbook-read " + folder)) ?? {}; } catch { return {}; } };
const remember = (done) => {
  if (!document.body.classList.contains("chapter")) return;
  const known = memory();
  const most = Math.max(known.pages?.[page] ?? 0, Math.round(done * 100));
  if (known.last === page && known.pages?.[page] === most) return;
  stored.set("nnbook-read " + folder, JSON.stringify({ last: page, pages: { ...known.pages, [page]: most } }));
};

const showProgress = () => {
  const { last, pages = {} } = memory();
  for (const link of all(".chapters a")) {
    const name = link.getAttribute("href");
    if (pages[name] >= 90) link.after(make("span", { className: "read" }, "✓ " + say("read")));
    const start = document.querySelector(".start");
    if (name === last && pages[name] < 90 && start) {
      start.append(make("a", { href: name, className: "continue" }, say("continue", link.textContent)));
    }
  }
};

// Contents that cover the page keep the keys.
const followContents = () => {
  const contents = document.getElementById("contents");
  if (!contents) return;
  const wide = matchMedia("(min-width: 64rem)");
  const update = () => {
    const isOver = location.hash === "#contents" && !wide.matches;
    for (const part of document.body.children) {
      if (part !== contents && part !== toast) part.inert = isOver;
    }
    if (isOver) contents.focus();
  };
  listen(window, "hashchange", update);
  listen(wide, "change", update);
  update();
  listen(window, "keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#contents") location.hash = "#main";
  });
};

toText.push(addCodeToggle, addCopyButtons);
const addToText = () => {
  for (const add of toText) add();
  if (document.readyState === "loading") requestAnimationFrame(addToText);
};
requestAnimationFrame(addToText);

listen(document, "DOMContentLoaded", () => {
  const tools = document.getElementById("tools");
  document.body.append(toast);
  addSearchButton(tools);
  addThemeButton(tools);
  addToText();
  showProgress();
  followSections();
  followContents();
  // Whatever changes what scrolls changes the size of something on the page.
  const article = document.querySelector("article");
  let waiting;
  new ResizeObserver(() => {
    waiting ??= requestAnimationFrame(() => { waiting = undefined; nameScrollers(); });
  }).observe(article);
});
