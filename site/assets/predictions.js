"use strict";
(() => {
const { make, listen, say, number } = nnbook;
const judge = (typed, answer, tolerance) => {
  const guess = number(typed);
  if (guess === null) return null;
  const difference = Math.abs(guess - answer);
  const decimals = Math.min(15, (typed.split(/[.,]/)[1] ?? "").length);
  const scale = Math.max(Math.abs(answer), Math.abs(guess));
  const isRounded = typed.includes("/") ? difference <= 0.001 * scale
    : Number(answer.toFixed(decimals)) === guess && difference <= 0.05 * scale;
  const isRight = difference <= tolerance * Math.max(1, Math.abs(answer)) || isRounded;
  const isClose = difference <= 0.1 * scale;
  return { kind: isRight ? "right" : isClose ? "close" : "off", difference };
};
const addPredictions = () => {
  const open = "details.predict[data-answer]:not(.predict-form + *)";
  for (const details of document.querySelectorAll(open)) {
    const answer = Number(details.dataset.answer);
    const tolerance = Number(details.dataset.tolerance ?? 0);
    const verdict = make("output");
    const input = make("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
    const form = make("form", { className: "predict-form" },
      make("label", {}, say("prediction"), input),
      make("button", { type: "submit" }, say("compare")), verdict);
    listen(form, "submit", (event) => {
      event.preventDefault();
      const judged = judge(input.value, answer, tolerance);
      verdict.className = judged?.kind ?? "";
      verdict.textContent = !judged ? say("typeNumber")
        : judged.kind === "right" ? say("right", details.dataset.answer)
        : say(judged.kind === "close" ? "closeBy" : "off", Number(judged.difference.toPrecision(3)));
      if (judged?.kind === "right") details.open = true;
    });
    details.before(form);
  }
};
nnbook.toText.push(addPredictions);
})();
