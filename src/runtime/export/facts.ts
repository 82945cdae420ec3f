import type { Normalisation } from '../data/normalisation.js'
import type { Shape } from '../../space/evaluation/shape.js'

/** What there is to say of a network that leaves, beside its numbers. */
export interface NetworkFacts {
  /** Of the architecture. */
  readonly name: string
  readonly space: string
  /** Name of the program's file. */
  readonly source: string
  readonly irHash: string
  /** The architecture as `.nas`. */
  readonly text: string
  readonly input: Shape
  readonly classes: number
  readonly parameters: number
  readonly macs: number
  readonly convention: string
  readonly foldsNorms: boolean
  /** Version of nasc. */
  readonly version: string
  readonly origin: TrainedOrigin | InitialOrigin
}

/** Weights of a run. */
export interface TrainedOrigin {
  readonly weights: 'retrained' | 'inherited'
  readonly run: string
  readonly search: string
  readonly scale?: string
  readonly seed: number
  /** What the weights were trained on; absent where the journal does not say. */
  readonly budget?: Budget
  readonly data: {
    readonly name: string
    readonly checksums: Readonly<Record<string, string>>
    readonly normalisation: Normalisation
  }
  /** As the run measured it on its test images; absent: it did not. */
  readonly accuracy?: MeasuredAccuracy
}

/** On the test images of a run. */
export interface MeasuredAccuracy {
  readonly accuracy: number
  readonly samples: number
}

export interface Budget {
  readonly epochs: number
  /** In every epoch. */
  readonly steps: number
  readonly batch?: number
  readonly images?: Readonly<Record<string, number>>
}

/** First values: nothing was trained. */
export interface InitialOrigin {
  readonly weights: 'initial'
  readonly seed: number
}

/** The facts as words under names, for formats that carry such. */
export function metadataOf(facts: NetworkFacts): Readonly<Record<string, string>> {
  const { origin, input } = facts
  const trained =
    origin.weights === 'initial'
      ? {}
      : {
          run: origin.run,
          search: origin.search,
          data: origin.data.name,
          data_checksums: JSON.stringify(origin.data.checksums),
          normalisation: JSON.stringify(origin.data.normalisation),
          ...(origin.scale !== undefined && { scale: origin.scale }),
          ...(origin.budget !== undefined && { budget: JSON.stringify(origin.budget) }),
          ...(origin.accuracy !== undefined && { accuracy: JSON.stringify(origin.accuracy) }),
        }
  return {
    producer: `nasc ${facts.version}`,
    architecture: facts.name,
    space: facts.space,
    source: facts.source,
    ir_hash: facts.irHash,
    decisions: facts.text,
    images: `${String(input.channels)}x${String(input.height)}x${String(input.width)}`,
    classes: String(facts.classes),
    parameters: String(facts.parameters),
    macs: String(facts.macs),
    macs_convention: facts.convention,
    weights: origin.weights,
    seed: String(origin.seed),
    batch_norms: facts.foldsNorms ? 'folded' : 'kept',
    ...trained,
  }
}
