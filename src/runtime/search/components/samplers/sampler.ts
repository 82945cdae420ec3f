import type { Binding } from '../../../../space/values/binding.js'
import type { Random } from '../../../random/random.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import type { ArgumentReader } from '../reader.js'

/** Which networks a step trains. */
export interface Sampler {
  /** The passes of a step in order; the gradients of those that train are added up. A function of its arguments alone. */
  passes(draws: SamplerDraws): readonly SampledPass[]
}

export interface SamplerDraws {
  /** The whole supernet under the relaxations of the search. */
  readonly relaxed: Binding
  readonly at: TrainingPosition
  /** A stream of this step alone. */
  readonly random: Random
}

/** One forward pass of one network on the batch of a step, and its backward pass if it trains. */
export interface SampledPass {
  /** By which objectives speak of it, `largest`, `path[1]`. */
  readonly name: string
  readonly binding: Binding
  /** Equal keys stand for equal bindings: plans are kept by it. */
  readonly key: string
  readonly trains: boolean
}

export type SamplerComponent = (read: ArgumentReader) => Sampler
