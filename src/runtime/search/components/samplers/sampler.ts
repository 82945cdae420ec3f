import type { Binding } from '../../../../space/decisions/binding.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { StepSpec } from '../../../plan/step.js'
import type { Random } from '../../../random/random.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import type { ComponentUse } from '../component-use.js'
import type { Candidate } from '../derivations/derivation.js'
import type { ArgumentReader } from '../reader.js'
import type { Schedule } from '../schedules/schedule.js'

/** Which networks a step trains. */
export interface Sampler {
  /**
   * Whether a step trains the whole supernet, so that every decision must be relaxed, or paths of it: then decisions that no
   * clause relaxes are simply taken.
   */
  readonly trains: 'supernet' | 'paths'
  /** The passes of a step in order; the gradients of those that train are added up. A function of its arguments alone. */
  passes(space: SampledSpace, at: TrainingPosition, random: Random): readonly DrawnPass[]
  /** Whether an objective `for` this sampler speaks of a pass; `named`: passes that other objectives are for. */
  covers(pass: string, named: ReadonlySet<string>): boolean
  /** Options of a decision that it draws at a position; without this, all of them. */
  open?(decision: Decision, at: TrainingPosition): readonly number[]
  /** Where it says itself how long a training lasts. */
  readonly epochs?: number
  /** What it picks networks of a step by; absent: it draws them. */
  readonly picksBy?: ComponentUse
  /** Learning rate of the weights, where it says that too. */
  readonly learningRate?: Schedule
}

/** Decision path -> options taken. */
export type Selection = Readonly<Record<string, readonly number[]>>

/** What a sampler may ask of the space. */
export interface SampledSpace {
  /** The whole supernet under the relaxations of the search. */
  readonly supernet: Pick<SampledPass, 'binding' | 'key' | 'costed'>
  /** The architecture that takes, decision by decision as they are met, what `select` says. */
  architecture(select: (decision: Decision) => readonly number[]): Selection
  /** The pass of an architecture with the weights of the supernet. */
  path(name: string, selection: Selection): SampledPass
  /**
   * Draws from the architectures within all constraints, or from those of them whose multiply-accumulates lie in a range, all equally
   * likely. What many ranges share is worked out once.
   */
  readonly drawWithin: (random: Random, macs?: MacsRange) => Candidate
  /** Draws from those within all constraints that take none of these options, all equally likely; undefined where that is none. */
  drawWithout(random: Random, taken: Selection): Candidate | undefined
  /** Whether it finds any in a range. */
  hasAnyWithin(macs: MacsRange): boolean
  /** All of the space. */
  readonly decisions: readonly Decision[]
  /** The architecture within all constraints that takes these options wherever it is asked; undefined where that is none. */
  member(selection: Selection): Candidate | undefined
  readonly hasConstraints: boolean
  meetsConstraints(selection: Selection): boolean
}

/** Multiply-accumulates of the space as it is declared, both ends included. */
export interface MacsRange {
  readonly least: number
  readonly most: number
}

/** What a sampler draws: a network, or several of which one is known to be it when they are scored. */
export type DrawnPass = SampledPass | ContestedPass

/** A pass whose network is picked of several by their scores, with the weights as they are just before the step. */
export interface ContestedPass {
  readonly name: string
  readonly candidates: readonly SampledPass[]
  /** Of each of them. */
  readonly selections: readonly Selection[]
  readonly score: ComponentUse
  /** @param scores one for each candidate, the higher the better @returns the index of the one that is trained */
  pick(scores: readonly number[]): number
}

/** One forward pass of one network on the batch of a step, and its backward pass if it trains. */
export interface SampledPass {
  /** By which objectives speak of it, `largest`, `path[1]`. */
  readonly name: string
  readonly binding: Binding
  /** Equal keys stand for equal bindings: plans are kept by it. */
  readonly key: string
  /** What its costs are of, where that is another network. */
  readonly costed?: StepSpec['costed']
  readonly trains: boolean
  /** Which view of the images it sees; absent: the first. */
  readonly view?: number
}

export function isContested(pass: DrawnPass): pass is ContestedPass {
  return 'candidates' in pass
}

export type SamplerComponent = (read: ArgumentReader) => Sampler
