import NeuralNet
import Testing

/// The plain names in a file that imports no other module which has them.
@Suite struct PlainNameTests {
  @Test func literalsAreDoublesUnlessAFloatIsWanted() {
    let x: Float = 2
    let e = exp(1)
    let small: Float = exp(1)
    #expect(e == 2.718281828459045 && small == 2.7182817)
    #expect(log(8) / log(2) == 3 && log2(8) == 3 && pow(2, 10) == 1024 && sqrt(2) * sqrt(2) > 2)
    #expect(pow(x, 3) == 8 && tanh(x) * tanh(x) < 1 && atan2(0, -x) == Float(Double.pi))
    #expect([0, x].map(exp) == [1, 7.389056] && round(2.5) == 3 && floor(-0.5) == -1)
    let curve: (Float) -> Float = sin
    #expect(curve(0) == 0 && ceil(0.25) == 1 && expm1(x) == exp(x) - 1)
  }
}
