// snippet.part
func double(_ x: Int) -> Int {
  x * 2  // <1>
}
double(4)  // <2>
// snippet.end
