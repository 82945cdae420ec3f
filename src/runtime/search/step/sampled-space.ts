import {
  hasConstraints,
  memberFinder,
  rangeSampler,
  sampler,
  samplerWithout,
  unmetConstraints,
  type Sample,
  type Sampler,
} from '../../../analysis/index.js'
import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import { formatCount } from '../../../support/format-quantity.js'
import { bindingOf, type Architecture } from '../../../space/architectures/architecture.js'
import { spaceWord } from '../../../space/expressions/labels.js'
import { spaceOf } from '../../../space/expressions/definitions.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import type { Binding, Bound } from '../../../space/decisions/binding.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { lazy } from '../../../support/lazy.js'
import type { Candidate } from '../components/derivations/derivation.js'
import type { MacsRange, SampledSpace, Selection } from '../components/samplers/sampler.js'
import type { RelaxedSpace } from './relax-space.js'

/** The space of a search as its samplers see it. Costs are those of the space as it is declared, whatever the data. */
export function openSampledSpace(ir: Ir, space: string, params: ParamValues, relaxed: RelaxedSpace): SampledSpace {
  const all = lazy(() => sampler(ir, space, { params }))
  const ranges = lazy(() => rangeSampler(ir, space, { params }, 'macs'))
  const within = ({ least, most }: MacsRange): Sampler => ranges()(least, most)
  const find = lazy(() => memberFinder(ir, space, { params }))
  return {
    supernet: { binding: relaxed.binding, key: 'supernet' },
    decisions: relaxed.decisions,
    hasConstraints: hasConstraints(ir, space),
    meetsConstraints: (decisions) => unmetConstraints(ir, { space, decisions }, params).length === 0,
    architecture(select) {
      const selection: Record<string, readonly number[]> = {}
      const binding: Binding = (decision) => ({
        kind: 'fixed',
        options: (selection[decision.path] ??= select(decision)),
      })
      buildNetwork(ir, space, { params, binding, mode: 'standalone', outline: true })
      return selection
    },
    path: (name, selection) => ({
      name,
      binding: pathBinding(relaxed, selection),
      key: `path ${JSON.stringify(Object.entries(selection).sort(([a], [b]) => (a < b ? -1 : 1)))}`,
      trains: true,
    }),
    drawWithin(random, macs) {
      if (macs === undefined) return candidateOf(all().draw(random))
      const found = within(macs)
      if (found.atMost === 0n) throw nothingWithin(ir, space, macs)
      return candidateOf(found.draw(random))
    },
    hasAnyWithin: (macs) => within(macs).atMost > 0n,
    drawWithout(random, taken) {
      const left = samplerWithout(ir, space, { params }, ({ path }, option) => taken[path]?.includes(option) === true)
      return left && candidateOf(left.draw(random))
    },
    member(selection) {
      const found = find()(selection)
      return found && candidateOf(found)
    },
  }
}

export function candidateOf({ architecture, costs }: Sample): Candidate {
  return { selected: architecture.decisions, macs: costs.macs, parameters: costs.parameters }
}

function nothingWithin(ir: Ir, space: string, { least, most }: MacsRange): Failure {
  const range = ` and has ${formatCount(least)} to ${formatCount(most)} multiply-accumulates`
  return new Failure('nothing-to-draw', { space: spaceWord(spaceOf(ir, space).id), range })
}

/**
 * An architecture as a path of the supernet: a decision of which the supernet holds the largest takes a slice, every other one
 * its options.
 * A decision that the selection does not name stays as it is relaxed.
 */
export function pathBinding(relaxed: RelaxedSpace, selection: Selection): Binding {
  return (decision) => {
    const bound = relaxed.binding(decision)
    const options = selection[decision.path]
    return options === undefined ? bound : fixedAs(bound, options)
  }
}

/**
 * An architecture, all of whose decisions are settled, with the weights of the supernet.
 * @param weighted decisions whose options keep the weights that they have in the supernet
 */
export function inheritedBinding(
  relaxed: RelaxedSpace,
  architecture: Architecture,
  weighted: ReadonlySet<string> = new Set(),
): Binding {
  const settled = bindingOf(architecture)
  return (decision, copy) => {
    const bound = relaxed.binding(decision)
    // What slices are taken from has layers that the architecture has not.
    if (bound.kind !== 'mix' && architecture.decisions[decision.path] === undefined) return bound
    const taken = settled(decision, copy)
    if (taken.kind !== 'fixed') return taken
    return weighted.has(decision.path) ? { kind: 'mix', options: taken.options } : fixedAs(bound, taken.options)
  }
}

function fixedAs(bound: Bound, options: readonly number[]): Bound {
  const [option] = options
  if (option === undefined || bound.kind === 'mix' || bound.kind === 'fixed') return { kind: 'fixed', options }
  return bound.kind === 'slice' ? { ...bound, option } : { kind: 'slice', option }
}
