import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import { sortChannels } from '../../../../../src/runtime/search/components/relaxations/sort-channels.js'
import type { Decision, Network } from '../../../../../src/space/index.js'
import { buildNetwork } from '../../../../../src/space/index.js'
import { largestOption } from '../../../../../src/space/binding/bound-options.js'
import { evaluate } from '../../../../support/bound-steps.js'
import { relativeDifference } from '../../../../support/numbers.js'
import { compiledText } from '../../../../support/programs.js'
import type { Store } from '../../../../support/step-runner.js'

/** Blocks of once-for-all with squeeze and excitation, of which shortcuts share their channels. */
const ir = compiledText(`import { bn, conv, linear, relu } from std:nn
import { ofa_mbconv, pooled_head } from std:mobile
space blocks { input image(6, 2); classes 3
  network {
    stem conv(4, 3) -> bn -> relu
    stage s { width 4; depth one of {1, 2}; layer ofa_mbconv(one of {3, 5}, one of {2, 4, 6}, se: true) }
    head pooled_head(5, expand: 2) -> linear(classes)
  } }`)
const decisions = decisionsOf(ir, 'blocks', { params: {} })
const epoch = (at: number) => ({ epoch: at, epochs: 9, step: 0, steps: 5 })

/** Expansions 6; from epoch 3 on 6 and 4; from 6 on all of them. */
function open({ kind, options, path }: Decision, at: { readonly epoch: number }): readonly number[] {
  if (kind === 'expand') return at.epoch < 3 ? [2] : at.epoch < 6 ? [1, 2] : [0, 1, 2]
  return path === 's.depth' ? [...options.keys()] : [options.length - 1]
}

function network(taken: Readonly<Record<string, readonly number[]>>): Network {
  return buildNetwork(ir, 'blocks', {
    params: {},
    mode: 'shared',
    binding: (decision) => ({
      kind: 'slice',
      option: taken[decision.path]?.[0] ?? largestOption(decision),
      transform: true,
    }),
  })
}

const effect = sortChannels({ network, open, state: ['velocity'] }, decisions)

/** Weights that single precision holds, with velocities that are twice as large. */
function filled(): Store {
  const store: Store = new Map()
  for (const expand of [0, 1, 2]) evaluate(network(expandedBy(expand)), store)
  for (const [name, values] of [...store]) {
    store.set(name, values.map(Math.fround))
    store.set(
      `${name}#velocity`,
      values.map((each) => 2 * Math.fround(each)),
    )
  }
  return store
}

const expandedBy = (option: number) => ({ 's.layer[1].expand': [option], 's.layer[2].expand': [option] })

function applied(store: Store, at: number): Store {
  const read = (name: string): Float32Array | undefined => {
    const found = store.get(name)
    return found && Float32Array.from(found)
  }
  const moved = effect.before(epoch(at), read)
  return new Map([...store, ...[...moved].map(([name, values]) => [name, Float64Array.from(values)] as const)])
}

/** L1 norms of the rows of a kernel, by the channel that is read. */
function norms(store: Store, kernel: string, inputs: number): readonly number[] {
  const values = store.get(kernel) ?? new Float64Array()
  const outputs = values.length / inputs
  return Array.from({ length: inputs }, (_, channel) =>
    values.subarray(channel * outputs, (channel + 1) * outputs).reduce((sum, each) => sum + Math.abs(each), 0),
  )
}

const project = 's[1].ofa_mbconv.bottleneck.conv[2].kernel'

describe('channels that are sorted', () => {
  it('are sorted where further numbers of them open, and nowhere else', () => {
    const store = filled()
    for (const at of [0, 1, 2, 4, 5, 7, 8]) expect(applied(store, at)).toEqual(store)
    expect(effect.before({ ...epoch(3), step: 1 }, () => undefined).size).toBe(0)
    expect(applied(store, 3)).not.toEqual(store)
    expect(applied(store, 6)).not.toEqual(store)
  })

  it('leave the function of the largest network and of every open one as it is', () => {
    const store = filled()
    const first = applied(store, 3)
    // Training moves weights, and with them the order.
    const trained = new Map([...first, [project, (first.get(project) ?? new Float64Array()).toReversed()]])
    const second = applied(trained, 6)
    const logits = (of: Store, option: number) => evaluate(network(expandedBy(option)), of).logits
    expect(relativeDifference(logits(first, 2), logits(store, 2))).toBeLessThan(1e-12)
    expect(relativeDifference(logits(second, 2), logits(trained, 2))).toBeLessThan(1e-12)
    expect(relativeDifference(logits(second, 1), logits(trained, 1))).toBeLessThan(1e-12)
    expect(relativeDifference(logits(first, 1), logits(store, 1))).toBeGreaterThan(1e-3)
    expect(relativeDifference(logits(second, 0), logits(trained, 0))).toBeGreaterThan(1e-3)
  })

  it('fall in the L1 norm of what reads the map, between the numbers that are open', () => {
    const first = applied(filled(), 3)
    const sorted = norms(first, project, 24)
    expect(sorted).toEqual([...sorted].sort((a, b) => b - a))
    const again = norms(applied(first, 6), project, 24)
    expect(again).toEqual(sorted)
    const mixed = new Map(first)
    mixed.set(project, (first.get(project) ?? new Float64Array()).toReversed())
    const banded = norms(applied(mixed, 6), project, 24)
    for (const [from, to] of [
      [0, 16],
      [16, 24],
    ] as const)
      expect(banded.slice(from, to)).toEqual(banded.slice(from, to).sort((a, b) => b - a))
    expect(Math.max(...banded.slice(16))).toBeGreaterThan(Math.max(...banded.slice(0, 16)))
  })

  it('take what optimisers keep of them along', () => {
    const sorted = applied(filled(), 3)
    for (const [name, values] of sorted) {
      if (name.includes('#')) continue
      expect(Array.from(sorted.get(`${name}#velocity`) ?? []), name).toEqual(Array.from(values, (each) => 2 * each))
    }
  })
})
