let right = 1

  // snippet.part
  let wrong: Int = "five"
  // snippet.end
