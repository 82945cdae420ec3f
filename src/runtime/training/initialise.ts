import type { VariableSpec } from '../plan/step.js'
import type { Random } from '../random/random.js'

/**
 * First values of a variable, from a stream of its own (named after it), so that a weight starts alike under every
 * binding. `fan_in` is the number of inputs that one output is summed over: the product of all dimensions of a kernel
 * but the last ([k, k, in / groups, out], [in, out]), and of the window of a depthwise one ([k, k, channels]).
 *
 * - `he_normal`: N(0, 2 / fan_in), He et al., ICCV 2015, eq. 10. `std:nn` asks for it in convolutions, where PyTorch's
 *   default is the narrower U(±1 / sqrt(fan_in)); a batch norm follows them, which makes them scale-free.
 * - `he_uniform`: U(±sqrt(6 / fan_in)), of the same variance.
 * - `linear_uniform`: U(±1 / sqrt(fan_in)), PyTorch's default of linear layers.
 * - `identity`: ones on the diagonal of a square matrix, the linear maps between windows of kernels.
 * - `unit_rows`: rows of the last axis, each in a direction that is uniformly distributed.
 * - `choice`: N(0, deviation²), the logits of decisions.
 * - Running statistics start at mean 0 and variance 1, the state of optimisers at 0.
 */
export function initialValues(variable: VariableSpec, random: Random, deviation: number): Float32Array {
  const size = variable.shape.reduce((product, length) => product * length, 1)
  const values = new Float32Array(size)
  const draws = random.stream(variable.like ?? variable.name)
  switch (variable.init) {
    case 'zeros':
      return values
    case 'ones':
      return values.fill(1)
    case 'identity': {
      const [side = 0] = variable.shape
      return values.map((_, place) => Number(place % (side + 1) === 0))
    }
    case 'choice':
      return values.map(() => deviation * draws.normal())
    case 'unit_rows': {
      const length = variable.shape.at(-1) ?? 1
      for (let row = 0; row < size; row += length) {
        const direction = Float64Array.from({ length }, () => draws.normal())
        const norm = Math.hypot(...direction)
        values.set(
          direction.map((value) => value / norm),
          row,
        )
      }
      return values
    }
    case 'he_normal': {
      const spread = Math.sqrt(2 / fanIn(variable.shape))
      return values.map(() => spread * draws.normal())
    }
    case 'he_uniform': {
      const bound = Math.sqrt(6 / fanIn(variable.shape))
      return values.map(() => bound * (2 * draws.uniform() - 1))
    }
    case 'linear_uniform': {
      const bound = 1 / Math.sqrt(fanIn(variable.shape))
      return values.map(() => bound * (2 * draws.uniform() - 1))
    }
  }
}

function fanIn(shape: readonly number[]): number {
  return Math.max(
    1,
    shape.slice(0, -1).reduce((product, length) => product * length, 1),
  )
}
