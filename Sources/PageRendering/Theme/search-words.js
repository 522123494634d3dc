// The words of a text, cut as the index was cut: `SearchWords.swift`.

const signs = { "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "√": "sqrt", "∞": "infty",
  "≈": "approx", "≤": "leq", "≥": "geq", "≠": "neq", "→": "to", "×": "times", "⋅": "cdot",
  "∈": "in", "±": "pm", "∫": "int", "∘": "circ", "⊙": "odot", "∝": "propto", "⊤": "top",
  "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
  "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
  "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
  "χ": "chi", "ψ": "psi", "ω": "omega" };

const unspaced = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\u1100-\\u11ff"
  + "\\u0e00-\\u0e7f\\u{20000}-\\u{2fa1f}";
const number = "[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\\.[0-9]+)*";
const token = new RegExp(`${number}|[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}_])(?:(?![${unspaced}])[\\p{L}_0-9])*|[${
  Object.keys(signs).slice(0, 20).join("")}]`, "gu");

const folded = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "");
const pairs = (text) => {
  const letters = [...text];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, place) => letters[place] + letter);
};
const isUnspaced = new RegExp(`^[${unspaced}]`, "u");

// Each as { word, parts }: the parts of a name such as parameterCount.
const wordsOf = (text) => [...folded(text).matchAll(token)].flatMap(([found]) => {
  if (isUnspaced.test(found)) return pairs(found).map((word) => ({ word, parts: [] }));
  if (/^[0-9]/.test(found)) return { word: found.replaceAll(",", ""), parts: [] };
  const lower = found.toLowerCase();
  if (signs[lower]) return { word: signs[lower], parts: [] };
  const parts = found.replace(/([^A-Z_])([A-Z])/g, "$1 $2").split(/[ _]+/).filter(Boolean);
  return { word: lower, parts: parts.length > 1 ? parts.map((part) => part.toLowerCase()) : [] };
});
