// Code: to copy, to hide, to reach with the keys

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

const addCopyButtons = () => {
  for (const source of all("article .source:not(:has(> .copy))")) {
    const button = make("button", { type: "button", className: "copy", "aria-label": say("copyCode") },
      say("copy"));
    listen(button, "click", async () => {
      const text = [...source.querySelectorAll("code")].map((code) => code.textContent).join("\n").trimEnd();
      button.textContent = say(await copy(text) ? "copied" : "notAllowed");
      setTimeout(() => { button.textContent = say("copy"); }, 1500);
    });
    source.prepend(button);
  }
};

// A number or a mark beside a heading is a link: pressing it also copies its address, with what the
// reader chose in live cells.
listen(document, "click", async (event) => {
  const link = event.target.closest?.("a.anchor, a.number");
  if (!link) return;
  const state = nnbook.state?.();
  if (await copy(link.href + (state ? "?" + state : ""))) tellShortly(say("linkCopied"));
});

const addCodeToggle = () => {
  const button = document.querySelector(".toggle-code[hidden]");
  if (!button) return;
  const isHidden = () => root.dataset.code === "hidden";
  const label = () => { button.textContent = say(isHidden() ? "showCode" : "hideCode"); };
  listen(button, "click", () => {
    if (isHidden()) delete root.dataset.code; else root.dataset.code = "hidden";
    stored.set("nnbook-code", root.dataset.code ?? "shown");
    label();
  });
  button.hidden = false;
  label();
};
if (stored.get("nnbook-code") === "hidden") root.dataset.code = "hidden";

// What scrolls sideways can be reached and scrolled with the keys.
const scrollers = { "pre": "code", ".formula": "formula", ".table, .nn-table-box": "table",
  ".output .html, .output .svg": "output" };
const nameScrollers = () => {
  for (const [selector, word] of Object.entries(scrollers)) {
    for (const box of all("article :is(" + selector + ")")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1
        && getComputedStyle(box).overflowX !== "visible";
      if (scrolls === box.hasAttribute("data-scrolls")) continue;
      if (scrolls) {
        box.tabIndex = 0;
        if (!box.hasAttribute("role")) {
          box.setAttribute("role", "group");
          box.setAttribute("aria-label", say(word) + ", " + say("scrolls"));
        }
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
      box.toggleAttribute("data-scrolls", scrolls);
    }
  }
};
