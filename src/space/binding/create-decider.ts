import type { Binding, Bound } from '../decisions/binding.js'
import type { Decision } from '../decisions/decision.js'
import {
  Fork,
  type BoundDecision,
  type SelectedOption,
  type Decider,
  type SummedDecision,
} from '../decisions/decider.js'
import { checkedBound, unequalOptions, largestOption, onlyOption, sameBound, severalOptions } from './bound-options.js'
import { reachedDecisions, type ReachedDecisions } from './reached-decisions.js'
import { createRecorder, type Recorder } from './recorder.js'
import { steeringDecisions } from './steering-decisions.js'

export function createDecider(binding: Binding): Decider {
  const { bound, hasSameBounds, assumed, reached, asked } = boundDecisions(binding)
  const steering = steeringDecisions()
  const consulted = createRecorder<SelectedOption>('inner only')
  const summed = summedDecisions()
  const single: Decider['single'] = (decision, copy) => {
    const key = keyOf(decision, copy)
    const answer = bound(decision, copy)
    steering.used(decision)
    const option = assumed.get(key) ?? (answer.kind === 'fixed' ? onlyOption(decision, answer.options) : undefined)
    if (option === undefined) return openOption(decision, answer, key)
    consulted.add({ decision, option })
    return option
  }
  return {
    bound,
    single,
    several(decision, copy) {
      const answer = bound(decision, copy)
      if (answer.kind === 'mix') summed.add(decision)
      return severalOptions(decision, answer)
    },
    assuming(fork, option, build) {
      assumed.set(fork.key, option)
      try {
        return reached.inside(fork.decision.path, option, build)
      } finally {
        assumed.delete(fork.key)
      }
    },
    within: (decision, option, build) => reached.inside(decision.path, option, build),
    tracing(evaluate) {
      const { value, items } = consulted.record(evaluate)
      return { value, consulted: items }
    },
    recording(build) {
      const { value, items } = asked.record(build)
      return { value, asked: [...new Map(items.map((each) => [each.decision.path, each])).values()] }
    },
    hasSameBounds,
    get reached() {
      return reached.all()
    },
    get summed() {
      return summed.all()
    },
    steering: (evaluate) => steering.within(evaluate),
    measured: () => {
      steering.measured()
    },
    get steered() {
      return steering.found
    },
    get steeredTogether() {
      return steering.together
    },
  }
}

/** What decisions are bound to, and who asked. */
interface BoundDecisions extends Pick<Decider, 'bound' | 'hasSameBounds'> {
  /** Options of forks that are being built, by key. */
  readonly assumed: Map<string, number>
  readonly reached: ReachedDecisions
  readonly asked: Recorder<BoundDecision>
}

function boundDecisions(binding: Binding): BoundDecisions {
  const boundOf = memoizedBinding(binding)
  const assumed = new Map<string, number>()
  const reached = reachedDecisions()
  const asked = createRecorder<BoundDecision>('on to the outer')
  /** Decisions that are fixed, as they were met first; among alternatives one may have other options in each. */
  const fixed = new Map<string, Decision>()
  return {
    assumed,
    reached,
    asked,
    bound(decision, copy) {
      if (!assumed.has(keyOf(decision, copy))) reached.add(decision)
      const answer = boundOf(decision, copy)
      if (answer.kind === 'fixed' && assumed.size === 0) {
        const unequal = unequalOptions(fixed.get(decision.path) ?? decision, decision)
        if (unequal) throw unequal
        fixed.set(decision.path, decision)
      }
      asked.add({ decision, bound: answer })
      return answer
    },
    hasSameBounds: (questions, copy) =>
      questions.every(({ decision, bound: before }) => sameBound(before, boundOf(decision, copy))),
  }
}

/** Decisions whose options are summed, each once. */
function summedDecisions(): { add(decision: Decision): void; all(): readonly SummedDecision[] } {
  const summed = new Map<string, SummedDecision>()
  return {
    add({ path, options, arity = { least: 1, most: 1 } }) {
      const all: SummedDecision = { decision: path, options: options.length, ...arity }
      summed.set(JSON.stringify(all), all)
    },
    all: () => [...summed.values()],
  }
}

/** Asks the binding once per decision and copy. */
function memoizedBinding(binding: Binding): (decision: Decision, copy: string | undefined) => Bound {
  const decided = new Map<string, Bound>()
  return (decision, copy) => {
    const key = keyOf(decision, copy)
    const known = decided.get(key)
    if (known) return known
    const answer = checkedBound(decision, binding(decision, copy))
    decided.set(key, answer)
    return answer
  }
}

/** The option that stands for a decision of which none is fixed. @throws Fork where there is no such option */
function openOption(decision: Decision, bound: Bound, key: string): number {
  if (bound.kind === 'slice') return bound.option
  if (bound.kind === 'mask' || bound.kind === 'subsample') return largestOption(decision)
  if (decision.options.length === 1) return 0
  throw new Fork(decision, key, severalOptions(decision, bound))
}

function keyOf(decision: Decision, copy: string | undefined): string {
  return copy === undefined ? decision.path : `${decision.path}@${copy}`
}
