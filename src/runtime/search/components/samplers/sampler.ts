import type { Binding } from '../../../../space/values/binding.js'
import type { ArgumentReader } from '../reader.js'

/** Which part of the supernet a step trains. */
export interface Sampler {
  /** The path of a step; `relaxed` is the whole supernet under the search's relaxations. */
  path(relaxed: Binding): SampledPath
}

export interface SampledPath {
  readonly binding: Binding
  /** Equal keys stand for equal bindings: plans are kept by it. */
  readonly key: string
}

export type SamplerComponent = (read: ArgumentReader) => Sampler
