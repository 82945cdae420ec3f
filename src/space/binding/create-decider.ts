import type { Binding, Bound } from '../values/binding.js'
import type { Decision } from '../values/decision.js'
import { ElaborationFailure } from '../values/elaboration-failure.js'
import { Fork, type BoundDecision, type Consulted, type EnclosingOptions, type Decider } from '../values/decider.js'

export function createDecider(binding: Binding): Decider {
  const answers = new Map<string, Bound>()
  const assumed = new Map<string, number>()
  const reached = new Map<string, { readonly decision: Decision; readonly contexts: Map<string, EnclosingOptions> }>()
  const around: { readonly path: string; readonly option: number }[] = []
  let trace: Consulted[] | undefined
  let asked: BoundDecision[] | undefined
  const steered = new Set<string>()
  let isSteering = false
  let anySteers = false

  const note = (decision: Decision): void => {
    const { contexts } = reached.get(decision.path) ?? { contexts: new Map<string, EnclosingOptions>() }
    const key = around.map(({ path, option }) => `${path}=${option}`).join(' ')
    if (!contexts.has(key)) contexts.set(key, [...around])
    reached.set(decision.path, { decision, contexts })
  }
  const inside = <T>(path: string, option: number, build: () => T): T => {
    around.push({ path, option })
    try {
      return build()
    } finally {
      around.pop()
    }
  }

  const answerTo = (decision: Decision, copy: string | undefined): Bound => {
    const key = keyOf(decision, copy)
    const known = answers.get(key)
    if (known) return known
    const answer = checked(decision, binding(decision, copy))
    answers.set(key, answer)
    return answer
  }

  const bound = (decision: Decision, copy: string | undefined): Bound => {
    if (!assumed.has(keyOf(decision, copy))) note(decision)
    const answer = answerTo(decision, copy)
    asked?.push({ decision, bound: answer })
    return answer
  }

  const single = (decision: Decision, copy: string | undefined): number => {
    const key = keyOf(decision, copy)
    const answer = bound(decision, copy)
    if (isSteering) steered.add(decision.path)
    const option = assumed.get(key)
    if (option !== undefined) {
      trace?.push({ decision, option })
      return option
    }
    switch (answer.kind) {
      case 'fixed': {
        const [taken] = answer.options
        if (taken === undefined || answer.options.length !== 1) {
          throw misbound(decision, `takes one option, and ${answer.options.length} are given`)
        }
        trace?.push({ decision, option: taken })
        return taken
      }
      case 'slice':
        return answer.option
      case 'mask':
      case 'subsample':
        return largestOption(decision)
      case 'mix': {
        if (decision.options.length === 1) return 0
        throw new Fork(
          decision,
          key,
          decision.options.map((_, index) => index),
        )
      }
    }
  }

  return {
    get reached() {
      return new Map(
        [...reached].map(([path, { decision, contexts }]) => [path, { decision, contexts: [...contexts.values()] }]),
      )
    },
    get steered() {
      return anySteers ? 'any' : steered
    },
    measured() {
      anySteers ||= isSteering
    },
    steering(evaluate) {
      const outer = isSteering
      isSteering = true
      try {
        return evaluate()
      } finally {
        isSteering = outer
      }
    },
    recording(build) {
      const outer = asked
      const inner: BoundDecision[] = []
      asked = inner
      try {
        const value = build()
        return { value, asked: [...new Map(inner.map((each) => [each.decision.path, each])).values()] }
      } finally {
        asked = outer
        outer?.push(...inner)
      }
    },
    sameAnswers: (questions, copy) =>
      questions.every(({ decision, bound: before }) => isSame(before, answerTo(decision, copy))),
    within: (decision, option, build) => inside(decision.path, option, build),
    bound,
    single,
    several(decision, copy) {
      const answer = bound(decision, copy)
      switch (answer.kind) {
        case 'fixed':
          return answer.options
        case 'mix':
          return decision.options.map((_, index) => index)
        default:
          throw misbound(decision, `takes several options and cannot be bound by \`${answer.kind}\``)
      }
    },
    assuming(fork, option, build) {
      assumed.set(fork.key, option)
      try {
        return inside(fork.decision.path, option, build)
      } finally {
        assumed.delete(fork.key)
      }
    },
    tracing(evaluate) {
      const outer = trace
      const inner: Consulted[] = []
      trace = inner
      try {
        return { value: evaluate(), consulted: inner }
      } finally {
        trace = outer
      }
    },
  }
}

/** Index of the largest value among the options of a number. @throws ElaborationFailure if they are no numbers. */
export function largestOption(decision: Decision): number {
  const { values } = decision
  if (!values || values.length === 0) {
    throw misbound(decision, 'is a choice between things without an order, and only numbers have a largest one')
  }
  return values.reduce((best, value, index) => (value > (values[best] ?? -Infinity) ? index : best), 0)
}

function isSame(a: Bound, b: Bound): boolean {
  if (a === b) return true
  if (a.kind === 'fixed')
    return (
      b.kind === 'fixed' && a.options.length === b.options.length && a.options.every((each, i) => each === b.options[i])
    )
  return a.kind === b.kind && (a.kind !== 'slice' || b.kind !== 'slice' || a.option === b.option)
}

function keyOf(decision: Decision, copy: string | undefined): string {
  return copy === undefined ? decision.path : `${decision.path}@${copy}`
}

function misbound(decision: Decision, what: string): ElaborationFailure {
  return new ElaborationFailure(
    'binding',
    decision.path,
    `this decision ${what}.`,
    `Its options are ${decision.options.join(', ')}.`,
  )
}

function checked(decision: Decision, bound: Bound): Bound {
  const options = bound.kind === 'fixed' ? bound.options : bound.kind === 'slice' ? [bound.option] : []
  const outside = options.find(
    (option) => !(Number.isInteger(option) && option >= 0 && option < decision.options.length),
  )
  if (outside !== undefined)
    throw misbound(decision, `has ${decision.options.length} options and is bound to number ${outside}`)
  if (new Set(options).size !== options.length) throw misbound(decision, 'is bound to the same option twice')
  const { arity } = decision
  if (bound.kind === 'fixed' && arity && (options.length < arity.least || options.length > arity.most)) {
    const range = arity.least === arity.most ? `${arity.least}` : `${arity.least} to ${arity.most}`
    throw misbound(decision, `takes ${range} options, and ${options.length} are given`)
  }
  return bound
}
