extension MessageGroup {
  package static let engine = MessageGroup(title: "What the engine refuses") { id in
    switch id {
    case .allFrozen:
      Explanation(
        "training: all … parameter arrays of the network are frozen; unfreeze() a layer",
        "train: the network has no parameters to train",
        advice: "Unfreeze at least one layer, or add one with parameters.")
    case .axisOrder:
      Explanation(
        "transpose of …: the order … must name each axis once",
        advice: "Name every axis of the tensor once.")
    case .backwardTwice:
      Explanation(
        "backward: gradients have flowed from this tensor before and would be added twice; compute it anew, or say backward(again: true) where that is meant",
        advice: "Compute the loss anew before each backward pass.")
    case .batchSize:
      Explanation(
        "TrainingStep: the batch holds … samples, got …",
        advice: "Give the step as many rows as it was made for, or make another one.")
    case .batchTooSmall:
      Explanation(
        "training needs at least … values of each feature, got …; use a larger batch, or a batch size that leaves no last batch of 1",
        advice: "Use a larger batch, or put the layer into inference.")
    case .changedValue:
      Explanation(
        "backward: a tensor of shape … was changed after the result had been computed from it; compute the result anew after the change",
        advice:
          "Compute the result again after changing values, or change them after the backward pass.")
    case .checksum:
      Explanation(
        "the checksum is …, the text states …: it was changed or cut",
        advice: "Give the text that the network wrote, unchanged and whole.")
    case .classOutOfRange:
      Explanation(
        "target … in row … is not a class: the logits have … classes, …",
        advice: "Count classes from 0, and give the last layer one output for each.")
    case .columnTwice:
      Explanation(
        "column '…' stands twice in the header; give one of the two another name",
        advice: "Rename one of the two columns in the first line of the file.")
    case .control:
      Explanation(
        "control '…': …",
        advice:
          "Declare the control with a range, steps and a default that fit each other; the message says which do not."
      )
    case .differentCounts:
      Explanation(
        "as many targets as inputs are needed, got … and …",
        advice:
          "Give as many of the one as of the other: a target for each input, a label for each point."
      )
    case .differentNetwork:
      Explanation(
        "rewind: the snapshot is of another network: it has … arrays with … numbers, this one …",
        "…: the network has …, the text …",
        advice: "Build the network with the same layers and sizes as the one that was saved.")
    case .differentOptimizer:
      Explanation(
        "the optimizer is …, the text is the memory of …",
        advice:
          "Continue with the optimizer that the text was written by, or start its memory anew.")
    case .differentShapes:
      Explanation(
        "prediction … and target … must have the same shape",
        "keys and values come in pairs, got … keys and … values",
        advice:
          "Make the shapes equal; the message says which axis differs. Targets of one number a row have the shape [rows, 1]."
      )
    case .elementCount:
      Explanation(
        "reshape of …: … holds … elements, the tensor has …",
        advice: "Choose sizes whose product is the number of elements.")
    case .emptyData:
      Explanation(
        "holds no samples",
        advice: "Give at least one sample; a filter or a split may have left none.")
    case .emptyList:
      Explanation(
        "concatenate: no tensors given",
        advice: "Give at least one tensor.")
    case .emptyNetwork:
      Explanation(
        "Network: has no layers",
        advice: "Give the network at least one layer.")
    case .emptyTensor:
      Explanation(
        "an empty batch has no loss",
        advice: "Give at least one element.")
    case .fieldCount:
      Explanation(
        "line …: expected … fields as in the header, got …",
        advice:
          "Mend the line: a comma too many or too few, or a field with a comma that wants quotation marks."
      )
    case .groupsDoNotDivide:
      Explanation(
        "the groups must divide the input channels, got … channels and … groups",
        advice: "Choose a number of groups that divides both numbers of channels.")
    case .headsDoNotDivide:
      Explanation(
        "the heads must divide the width, got … and …; the nearest number of heads that does is …",
        advice: "Choose a number of heads that divides the width.")
    case .indexOutOfRange:
      Explanation(
        "index … at place … is outside …",
        advice: "Count from 0, and check what the index was computed from.")
    case .inlineFormat:
      Explanation(
        "a number format was given for a value of type …; formats apply to numbers, so remove it",
        advice: "Remove the format, or take a number of the value.")
    case .innerSizes:
      Explanation(
        "a product needs equal inner sizes, got … · …: … columns against … rows",
        advice: "Transpose one of the two, or mend the sizes.")
    case .kernelTooLarge:
      Explanation(
        "expected a kernel of at most …, the size of the padded input, got …",
        advice: "Use a smaller kernel, more padding, or larger images.")
    case .layerRule:
      Explanation(
        "expected …, got …",
        advice: "See the message of the layer.")
    case .learningRate:
      Explanation(
        "learning rate must be finite and at least 0, got …",
        advice: "Choose a learning rate above 0; 0.001 is a common first one for Adam, 0.1 for SGD."
      )
    case .negativeSize:
      Explanation(
        "Shape … has a negative size",
        advice: "Sizes of axes are 0 or more.")
    case .noGradient:
      Explanation(
        "backward: nothing that this tensor was computed from needs a gradient",
        advice: "Compute the result from parameters, outside of withoutGradients.")
    case .noLabel:
      Explanation(
        "line …: the label is missing; take the line out of the file",
        "line …: '…' stands among numbers; labels are all numbers or all words",
        advice:
          "Mend the field or take its line out: every row needs a label, of the kind of the others."
      )
    case .noMemory:
      Explanation(
        "needs a memory to attend to; call it with memory:, or set its memory",
        advice: "Give the decoder what the encoder put out.")
    case .noSuchAxis:
      Explanation(
        "axis … does not exist in …, which has … axes",
        advice: "Count axes from 0.")
    case .noSuchColumn:
      Explanation(
        "no column is named '…'; columns are …",
        advice: "Write the name as it stands in the first line of the file.")
    case .noSuchFile:
      Explanation(
        "there is no file '…'",
        "there is no file '…'; the files of a book are in 'data/', so write 'data/…'",
        advice: "Put the file into the book's 'data' folder and name it as 'data/…'.")
    case .notAClass:
      Explanation(
        "target … of sample … is not a class; classes are whole numbers from 0",
        advice: "Targets of classes are whole numbers from 0.")
    case .notANumber:
      Explanation(
        "'…' is not a number; ignoring: … leaves the column out",
        advice: "Mend the field, or leave its column out.")
    case .notAPlane:
      Explanation(
        "points need two inputs, got …",
        advice: "Choose two columns, or reduce the data to two with PrincipalComponents.")
    case .notAProbability:
      Explanation(
        "the target must be in 0...1, element … is …",
        "the prediction must be probabilities in 0...1, element … is …; end the network with a Sigmoid, or use the loss with logits",
        advice:
          "End the network with a Sigmoid, or use the loss with logits; scale targets to 0...1.")
    case .notAScalar:
      Explanation(
        "backward: needs a tensor of one element, got …; give an upstream gradient",
        advice: "Reduce the tensor to one number first, with sum or mean.")
    case .notBroadcastable:
      Explanation(
        "… do not go together: axis … is … in one and … in the other; sizes must be equal or 1",
        advice:
          "Reshape one of the two so that sizes are equal, or 1 where values are to be repeated.")
    case .notFinite:
      Explanation(
        "the input must be finite, element … is …",
        "… is not finite: …; a smaller learning rate than … may help",
        advice:
          "Look for a division by zero or a missing value in the data; where training diverges, use a smaller learning rate or clip gradients."
      )
    case .notJSON:
      Explanation(
        "the text is no JSON from byte … on",
        advice: "Give the text that the network wrote, unchanged.")
    case .notParameters:
      Explanation(
        "the member … is missing or of another type",
        advice: "Give the text that the network wrote, unchanged.")
    case .notPiecewiseLinear:
      Explanation(
        "needs Dense layers with ReLU between them, layer … is …",
        advice:
          "Use a network of Dense and ReLU layers: only such a network cuts its input into linear pieces."
      )
    case .nothingToSee:
      Explanation(
        "the masks leave query … of batch entry … no key to see",
        advice: "Let every query see at least one key.")
    case .openQuote:
      Explanation(
        "line …: a quote is opened and never closed",
        advice: "Close the quotation mark in that line.")
    case .openSizes:
      Explanation(
        "reshape of …: only one size may be -1, the sizes at … and … are",
        advice: "Give all sizes but one.")
    case .outOfMemory:
      Explanation(
        "a tensor of shape … needs … GiB, more memory than there is",
        advice: "Use a smaller batch or smaller layers; a size may also be a mistake.")
    case .paddingTooLarge:
      Explanation(
        "padding must be at most half the kernel, …, got …",
        advice: "Use less padding, or a larger kernel.")
    case .raggedRows:
      Explanation(
        "Tensor: row … has … numbers, row 0 has …",
        advice: "Give every row the same number of values.")
    case .sizeNotPositive:
      Explanation(
        "… must be at least 1, got …",
        advice: "Choose a size of 1 or more.")
    case .sliceOutOfRange:
      Explanation(
        "slice … is outside axis … of …, …",
        advice: "Stay within the axis; it counts from 0.")
    case .tooFewPoints:
      Explanation(
        "KMeans: … clusters need as many points, got …",
        advice: "Use fewer clusters, or more points.")
    case .tooFewValues:
      Explanation(
        "axis … of … is too short, an unbiased variance needs 2 values, got …",
        advice: "Take the variance along an axis with more values, or the biased one.")
    case .tooLarge:
      Explanation(
        "Shape … has more elements than can be counted",
        advice: "Look for the size that is a mistake.")
    case .unknownLayer:
      Explanation(
        "Network: no layer is named …; named layers: …",
        advice: "Use a name that the network has, or name the layer.")
    case .unknownWidth:
      Explanation(
        "…Dense(inputs, outputs) first",
        advice: "Say how many inputs the layer has, or give the network its input shape.")
    case .unreadable:
      Explanation(
        "'…' is no UTF-8 text; spreadsheets save it as 'CSV UTF-8'",
        "'…' is no file that can be read; write one such as 'data/points.csv'",
        advice:
          "Save the file as text in UTF-8."
      )
    case .valueOutOfRange:
      Explanation(
        "the rate must be in 0...1, got …",
        "the fraction must be in 0...1, got …",
        "'…' is beyond the largest float, which is 3.4e38; ignoring: … leaves the column out",
        advice: "Choose a value in the range that the message names.")
    case .wrongRank:
      Explanation(
        "expected … axes, got …",
        advice: "Reshape the tensor; the message says how many axes are expected.")
    case .wrongSize:
      Explanation(
        "expected … in axis …, got …",
        advice: "Make the axis as long as the layer expects, or the layer for this size.")
    case .wrongState:
      Explanation(
        "the initial hidden state must be [layers * directions, batch, hidden] = …, got …",
        advice: "Give the state the shape in the message.")
    case .wrongVersion:
      Explanation(
        "the format has version …, this engine reads 1",
        advice:
          "Read the file with the version of the engine that wrote it, or save the network anew.")
    case .wrongWidth:
      Explanation(
        "expected … inputs, got … with …: the input has …; give the network rows of … numbers, or make this layer for …",
        "expected … in the last axis, got …: …",
        advice:
          "Make the layer for the width that comes in, or let the layer before it give the expected one."
      )
    default: nil
    }
  }
}
