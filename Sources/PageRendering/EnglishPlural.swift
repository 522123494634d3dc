/// The other number of an English noun where a rule makes it: "layers" of "layer", "logit" of "logits".
func englishNumbers(of noun: String) -> [String] {
  let letters = noun.lowercased()
  guard let last = letters.last, last.isLetter, last.isASCII else { return [] }
  let stem = String(noun.dropLast())
  let beforeLast = letters.dropLast().last ?? " "
  if last == "y", beforeLast.isLetter, !"aeiou".contains(beforeLast) { return [stem + "ies"] }
  if ["x", "z", "ch", "sh", "ss", "us", "is"].contains(where: letters.hasSuffix) {
    return [noun + "es"]
  }
  if last != "s" { return [noun + "s"] }
  return letters.hasSuffix("ies") ? [String(noun.dropLast(3)) + "y"] : [noun + "es", stem]
}
