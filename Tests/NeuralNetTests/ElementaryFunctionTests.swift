import NeuralNet
import Testing

/// What `make verify-functions` cannot say as an error in last places.
@Suite struct ElementaryFunctionTests {
  private typealias Function = ElementaryFunction

  @Test func infinitiesGoToTheirLimits() {
    #expect(Function.exp(.infinity) == .infinity)
    #expect(Function.exp(-.infinity) == 0)
    #expect(Function.log(.infinity) == .infinity)
    #expect(Function.tanh(.infinity) == 1)
    #expect(Function.tanh(-.infinity) == -1)
    #expect(Function.sigmoid(.infinity) == 1)
    #expect(Function.sigmoid(-.infinity) == 0)
    #expect(Function.erf(-.infinity) == -1)
    #expect(Function.sin(.infinity).isNaN)
    #expect(Function.cos(-.infinity).isNaN)
    #expect(Function.sqrt(.infinity) == .infinity)
  }

  @Test func aNaNStaysOne() {
    for function in [
      Function.exp, Function.log, Function.tanh, Function.sigmoid, Function.erf, Function.sin,
      Function.cos, Function.sqrt,
    ] {
      #expect(function(.nan).isNaN)
    }
    let x = Tensor([.nan, .nan])
    for y in [x.softplus(), x.relu(), x.step(), x.abs()] {
      #expect(y.values.allSatisfy { $0.isNaN })
    }
  }

  @Test func zerosKeepTheirSign() {
    for function in [Function.tanh, Function.erf, Function.sin, Function.sqrt] {
      #expect(function(0).sign == .plus && function(0) == 0)
      #expect(function(-0.0).sign == .minus && function(-0.0) == 0)
    }
    #expect(Function.exp(0) == 1)
    #expect(Function.cos(-0.0) == 1)
    #expect(Function.sigmoid(0) == 0.5)
  }

  @Test func domainsAndRangesEndWhereTheyShould() {
    #expect(Function.log(0) == -.infinity)
    #expect(Function.log(-0.0) == -.infinity)
    #expect(Function.log(-1).isNaN)
    #expect(Function.log(1) == 0)
    #expect(Function.sqrt(-1).isNaN)
    // The largest argument with a finite exponential, and the one after it.
    #expect(Function.exp(88.72283) < .infinity)
    #expect(Function.exp(Float(88.72283).nextUp) == .infinity)
    #expect(Function.exp(-103.2) == .leastNonzeroMagnitude)
    #expect(Function.log(.leastNonzeroMagnitude) == -103.27893)
    #expect(Function.sin(Float(0x1p100)) == -0.8721836)
    #expect(Function.tanh(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
  }

  @Test func vectorsGiveTheBitsOfSingleValues() {
    let numbers = (0..<67).map { Float($0 - 33) * 0.37 }
    let x = Tensor(numbers)
    #expect(x.exp().values == numbers.map { Function.exp($0) })
    #expect(x.tanh().values == numbers.map { Function.tanh($0) })
    #expect(x.sigmoid().values == numbers.map { Function.sigmoid($0) })
    #expect(x.erf().values == numbers.map { Function.erf($0) })
    #expect(x.sin().values == numbers.map { Function.sin($0) })
  }
}
