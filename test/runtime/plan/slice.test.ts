import { describe, expect, it } from 'vitest'
import { buildNetwork, resolveParams, type Network } from '../../../src/space/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import { buildStep } from '../../../src/runtime/plan/step.js'
import { interpret } from '../../../src/runtime/program/interpret.js'
import { numbersFrom } from '../../support/numbers.js'
import { evaluate, expectSameOutcome, extracted, type Outcome } from '../../support/bound-steps.js'
import type { Store } from '../../support/step-runner.js'
import { compiledText } from '../../support/programs.js'

/** The space of AttentiveNAS, in small. */
const ir = compiledText(
  `import { bn, conv, linear, swish } from std:nn
import { attentive_mbconv, pooled_head } from std:mobile
space attentivenas {
  input   image(one of {6, 8}, 3)
  classes 3
  network {
    stem conv(one of {4, 6}, 3, stride: 2) -> bn -> swish
    stage mb1 { width one of {4, 6}; depth one of 1..2;           layer attentive_mbconv(one of {3, 5} per stage, expand: 1) }
    stage mb2 { width one of {6, 8}; depth one of 1..2; stride 2; layer attentive_mbconv(one of {3, 5} per stage, one of 2..3 per stage, se: true) }
    head pooled_head(one of {10, 12}, expand: 2, act: swish) -> linear(classes)
  }
}`,
)
const params = resolveParams(ir, {})
const input = { height: 8, width: 8, channels: 3 }
const decisions = decisionsOf(ir, 'attentivenas', { params }).filter(({ kind }) => kind !== 'resolution')

/** Options by decision, those of `kinds` drawn, all others the first. */
function drawn(seed: number, ...kinds: readonly string[]): ReadonlyMap<string, number> {
  const random = numbersFrom(seed)
  return new Map(
    decisions.map(({ path, kind, options }) => [
      path,
      kinds.includes(kind) ? Math.floor(random() * options.length) : 0,
    ]),
  )
}

function network(taken: ReadonlyMap<string, number>, mode: Network['mode'], kind: 'slice' | 'fixed'): Network {
  return buildNetwork(ir, 'attentivenas', {
    params,
    mode,
    input,
    classes: 3,
    binding: ({ path }) => {
      // Of resolutions the second one, which is that of the input.
      const option = taken.get(path) ?? 1
      return kind === 'slice' ? { kind, option } : { kind, options: [option] }
    },
  })
}

/** The smallest network, the largest one, and twenty between them. */
const configurations: readonly (readonly [string, ReadonlyMap<string, number>])[] = [
  ['the smallest', drawn(0)],
  ['the largest', new Map(decisions.map(({ path, options }) => [path, options.length - 1]))],
  ...Array.from(
    { length: 20 },
    (_, seed) => [`draw ${String(seed + 1)}`, drawn(seed + 1, 'width', 'kernel', 'expand', 'depth')] as const,
  ),
]

describe('a slice', () => {
  it.each(configurations)('of an elastic supernet is the stand-alone network with copied slices, %s', (_, taken) => {
    const sliced = network(taken, 'shared', 'slice')
    const alone = network(taken, 'standalone', 'fixed')
    expect(sliced.nodes.map(({ path, shape }) => [path, shape])).toEqual(
      alone.nodes.map(({ path, shape }) => [path, shape]),
    )
    const store: Store = new Map()
    const whole = evaluate(sliced, store)
    const gradients = new Map([...whole.gradients].map(([name, data]) => [name, Float64Array.from(data)]))
    const cut: Outcome = { ...whole, gradients: extracted(sliced, gradients) }
    expectSameOutcome(cut, evaluate(alone, extracted(sliced, store)), 1e-9)
  })

  it('of a shortcut that only some sub-networks have is cut out of one weight', () => {
    const kernel = (stem: number, width: number): readonly (readonly number[])[] => {
      const taken = new Map(
        [...drawn(1)].map(([path]) => [path, path === 'stem.width' ? stem : path === 'mb1.width' ? width : 0]),
      )
      return network(taken, 'shared', 'slice').nodes.flatMap((node) =>
        node.kind === 'layer' && node.path === 'mb1[1].attentive_mbconv.conv'
          ? node.weights.map(({ shape, stored = shape }) => stored)
          : [],
      )
    }
    expect(kernel(0, 0)).toEqual([])
    expect(kernel(0, 1)).toEqual([[1, 1, 6, 6]])
    expect(kernel(1, 0)).toEqual([[1, 1, 6, 6]])
  })

  it('moves the running statistics of its own channels only', () => {
    const small = compiledText(
      `import { bn, conv, global_pool, linear } from std:nn
space small { input image(4, 3); classes 3
  network { stage a { width one of {2, 5}; layer conv(channels) -> bn } head global_pool -> linear(classes) } }`,
    )
    const options = { params: resolveParams(small, {}), mode: 'shared' } as const
    const sliced = buildNetwork(small, 'small', { ...options, binding: () => ({ kind: 'slice', option: 0 }) })
    const step = buildStep(sliced, { batch: 2, mode: 'train' })
    const variables = new Map(
      step.variables.map(({ name, shape, init }) => [
        name,
        new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(init === 'ones' ? 1 : 0.5),
      ]),
    )
    const before = variables.get('a[1].bn.mean')?.slice() ?? new Float64Array()
    const images = Float64Array.from({ length: 96 }, (_, i) => Math.sin(i))
    interpret(step.program, { inputs: { images, labels: Int32Array.of(0, 1) }, variables, precision: 'double' })
    const after = variables.get('a[1].bn.mean') ?? new Float64Array()
    expect(after.length).toBe(5)
    expect(Array.from(after.subarray(2))).toEqual(Array.from(before.subarray(2)))
    expect(after[0]).not.toBe(before[0])
  })
})
