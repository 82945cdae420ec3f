import type { Ir } from '../../../src/ir/model/ir.js'
import { createDecider } from '../../../src/space/binding/create-decider.js'
import type { Binding, Decision } from '../../../src/space/index.js'
import { elaborate } from '../../../src/space/network/build-network.js'
import type { Decider } from '../../../src/space/values/decider.js'
import { spaceOf } from '../../../src/space/values/definitions.js'
import type { Case, Comparison } from './case.js'

/** So many networks are built again: what a text may meet under one answer it mostly meets under others. */
const mostNetworks = 12

/**
 * No two choices that are written share a path. Each gets an option more that no other has and no network takes, so that
 * decisions tell the text that they come from, however nasc names and numbers them.
 */
export const sharedPaths: Comparison = (each) => {
  const ir = marked(each.ir)
  const { members } = each.enumeration
  const step = Math.max(1, Math.floor(members.length / mostNetworks))
  const markOf = new Map<string, string>()
  for (let index = 0; index < members.length; index += step) {
    const shared = sharedIn(ir, each, members[index]?.selections ?? new Map<string, never>(), markOf)
    if (shared !== undefined) return `${shared} is the path of two choices`
  }
  return undefined
}

type Selections = Case['members'][number]['selections']

/** @param markOf of every path that was met so far */
function sharedIn(ir: Ir, each: Case, selections: Selections, markOf: Map<string, string>): string | undefined {
  let shared: string | undefined
  const { params } = each
  const binding: Binding = ({ path }) => ({ kind: 'fixed', options: selections.get(path)?.options ?? [] })
  const decider = watched(createDecider(binding), (decision) => {
    const { path } = decision
    const mark = markIn(decision)
    if (mark !== (markOf.get(path) ?? mark)) shared = path
    markOf.set(path, mark)
  })
  elaborate(ir, spaceOf(ir, each.space), { params, mode: 'standalone', binding }, decider)
  return shared
}

/** A decider that tells whatever is asked: a binding is asked once for each path. */
function watched(decider: Decider, tell: (decision: Decision) => void): Decider {
  return {
    ...decider,
    single(decision, copy) {
      tell(decision)
      return decider.single(decision, copy)
    },
    several(decision, copy) {
      tell(decision)
      return decider.several(decision, copy)
    },
    bound(decision, copy) {
      tell(decision)
      return decider.bound(decision, copy)
    },
    get reached() {
      return decider.reached
    },
    get summed() {
      return decider.summed
    },
    get steered() {
      return decider.steered
    },
    get steeredTogether() {
      return decider.steeredTogether
    },
  }
}

/** The option that was added; a choice of inputs is none of the IR, and has the name of what it is. */
function markIn({ kind, options }: Decision): string {
  const last = options.at(-1) ?? ''
  return /^-\d{7}$/.test(last) ? last : kind
}

/** An IR of which every choice has one option more. */
function marked(ir: Ir): Ir {
  let count = 0
  // Every expression is JSON.
  const mark = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mark)
    if (typeof value !== 'object' || value === null) return value
    const copy = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mark(part)]))
    if (copy['kind'] !== 'choice' || !('options' in copy)) return copy
    count += 1
    const items = [{ kind: 'number', value: -1_000_000 - count }]
    return { ...copy, options: { kind: 'binary', operator: '+', left: copy['options'], right: { kind: 'set', items } } }
  }
  return mark(ir) as Ir
}
