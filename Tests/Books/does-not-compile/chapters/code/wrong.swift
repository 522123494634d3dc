let right = 1
func part() {
  // snippet.part
  let wrong: Int = "five"
  // snippet.end
}
