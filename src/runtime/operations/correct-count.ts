import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'

/** correct_count (logits[b,k], labels[b] int32) -> []: rows whose first maximum is the label. */
export const correctCount: OperationDefinition = {
  name: 'correct_count',
  shapes(inputs) {
    demandCount('correct_count', inputs, 2)
    demandSame('labels', at(inputs, 1), [at(at(inputs, 0), 0)])
    return [[]]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes) {
    const [logits, labels, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const [batch, classes] = [at(at(shapes.inputs, 0), 0), at(at(shapes.inputs, 0), 1)]
    let correct = 0
    for (let row = 0; row < batch; row++) {
      const scores = logits.subarray(row * classes, (row + 1) * classes)
      if (scores.indexOf(Math.max(...scores)) === at(labels, row)) correct++
    }
    y[0] = correct
  },
}
