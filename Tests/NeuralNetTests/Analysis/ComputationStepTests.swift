import NeuralNet
import Testing

@Suite struct ComputationStepTests {
  @Test func aResultKnowsTheStepsThatLedToIt() {
    let w = Tensor([[2]], needsGradient: true)
    let x = Tensor([[3]])
    let steps = (w * x + w).tanh().computationSteps()
    #expect(steps.map { $0.operation } == ["", "", "·", "+", "tanh"])
    #expect(steps.map { $0.inputs } == [[], [], [0, 1], [2, 0], [3]])
    #expect(steps[0].tensor === w)
    #expect(steps[1].tensor === x)
    #expect(steps[2].tensor.scalar == 6)
    #expect(steps[3].tensor.scalar == 8)
  }

  @Test func aGivenTensorIsItsOnlyStep() {
    let w = Tensor([[2]], needsGradient: true)
    let steps = w.computationSteps()
    #expect(steps.count == 1)
    #expect(steps.first?.tensor === w)
  }

  @Test func whatNoGradientFlowsThroughCountsAsGiven() {
    let w = Tensor([[2]], needsGradient: true)
    let steps = (w * Tensor([[3]]).exp()).computationSteps()
    #expect(steps.map { $0.operation } == ["", "", "·"])
  }
}
