// Pointing at a note marks its line of code, and at a line its note

const partner = (place) => {
  const mark = place?.closest?.(".line-mark") ?? place?.closest?.(".noted")?.nextElementSibling;
  const id = mark?.hash.slice(1) ?? place?.closest?.(".line-notes > li")?.id.replace(/note-(\d+)$/, "line-$1");
  return id && document.getElementById(id);
};

let hovered, marked;
const point = () => {
  marked?.classList.remove("pointed");
  marked = partner(hovered) || partner(document.activeElement);
  marked?.classList.add("pointed");
};
nnbook.listen(document, "pointerover", (event) => {
  hovered = event.target;
  point();
});
nnbook.listen(document, "focusin", point);
// What has the focus next is not known yet.
nnbook.listen(document, "focusout", () => setTimeout(point));
