import { describe, expect, it } from 'vitest'
import {
  buildNetwork,
  resolveParams,
  type Binding,
  type Decision,
  type Network,
  type NetworkNode,
} from '../../../src/space/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import { channelMask } from '../../../src/runtime/plan/elastic.js'
import { logitsName } from '../../../src/runtime/plan/mixture.js'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { gradients } from '../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../src/runtime/program/interpret.js'
import type { ValueId } from '../../../src/runtime/program/program.js'
import { evaluate, expectSameGradients, expectSameOutcome, oneHot } from '../../support/bound-steps.js'
import { definite, numbersFrom, randomArray, relativeDifference } from '../../support/numbers.js'
import type { Store } from '../../support/step-runner.js'
import { compiledText } from '../../support/programs.js'

const ir = compiledText(
  `import { bn, conv, depthwise, global_pool, hswish, linear, relu, swish } from std:nn
import { fbnet_block, squeeze_excite } from std:mobile
space masks {
  input image(8, 3)
  classes 3
  network {
    stem conv(4, 3) -> bn -> hswish
    stage a { width one of {4, 8, 12}; depth 2; stride 2; layer fbnet_block(3, 2, se: true, act: hswish, shortcut: not first) }
    stage b { width one of {8, 16}; layer conv(channels) -> bn -> swish }
    head global_pool -> linear(classes)
  }
}
space inner {
  input image(6, 3)
  classes 3
  network {
    stem conv(8, 3) -> bn -> hswish
    stage a { width 8; depth 2; layer fbnet_block(3, one of {1.5, 2, 3} per stage, se: true, act: relu) }
    head global_pool -> linear(classes)
  }
}
space both {
  input image(6, 3)
  classes 3
  network {
    stem conv(6, 3) -> bn -> hswish
    stage a { width one of {8, 16}; layer conv(channels) -> bn -> relu }
    stage b { width one of {8, 12}; layer fbnet_block(3, one of {1.5, 3}, se: true, act: hswish, shortcut: false) }
    head global_pool -> linear(classes)
  }
}`,
)
const params = resolveParams(ir, {})

function build(space: string, binding: Binding): Network {
  return buildNetwork(ir, space, { params, binding, mode: 'shared' })
}

describe('a mask', () => {
  it('of soft weights is the weighted sum of padded maps of every width (FBNetV2, section 3.1)', () => {
    const text = `import { conv, global_pool, linear } from std:nn
space one_conv { input image(5, 3); classes 3
  network { stage a { width one of {2, 3, 5}; layer conv(channels, 3) } head global_pool -> linear(classes) } }`
    const plain = compiledText(text)
    const make = (kind: 'mask' | number): Network =>
      buildNetwork(plain, 'one_conv', {
        params: resolveParams(plain, {}),
        mode: 'shared',
        binding: () => (kind === 'mask' ? { kind } : { kind: 'slice', option: kind }),
      })
    const store: Store = new Map([['choices/a.width', Float64Array.of(0.3, -0.2, 0.5)]])
    const logits = [0.3, -0.2, 0.5].map((each) => Math.exp(each))
    const weights = logits.map((each) => each / logits.reduce((total, other) => total + other))
    // All that follows is linear, so that the logits are the weighted sum too, and so are the gradients of a fixed loss.
    const masked = evaluate(make('mask'), store)
    const each = [0, 1, 2].map((option) => evaluate(make(option), store).logits)
    const sum = Array.from(masked.logits, (_, i) =>
      weights.reduce((total, weight, option) => total + weight * (each[option]?.[i] ?? NaN), 0),
    )
    expect(relativeDifference(masked.logits, sum)).toBeLessThan(1e-9)
  })

  it('has the gradients of that sum, by the kernel and by the weights of the options', () => {
    const [widths, channels, size] = [[2, 3, 5], 5, 6]
    const numbers = numbersFrom(17)
    const node: NetworkNode = {
      ...{ kind: 'input', id: 0, path: 'x', inputs: [], shape: { height: size, width: size, channels } },
      elastic: [
        { decision: 'w', by: 'mask', shapes: widths.map((width) => ({ height: size, width: size, channels: width })) },
      ],
    }
    const variables = new Map([
      ['kernel', randomArray([3, 3, 4, channels], numbers)],
      ['weights', randomArray([widths.length], numbers)],
    ])
    const inputs = {
      x: randomArray([2, size, size, 4], numbers),
      r: randomArray([2 * size * size * channels], numbers),
    }
    /** A fixed linear loss of one of both sides, and its gradients. */
    const found = (side: (builder: ProgramBuilder, x: ValueId, kernel: ValueId, weights: ValueId) => ValueId) => {
      const builder = new ProgramBuilder()
      const [kernel, weights] = [builder.variable('kernel', [3, 3, 4, channels]), builder.variable('weights', [3])]
      const y = side(builder, builder.input('x', [2, size, size, 4]), kernel, weights)
      const flat = builder.one('reshape', [y], { shape: [2 * size * size * channels] })
      const loss = builder.one('dot', [flat, builder.input('r', [2 * size * size * channels])])
      const [byKernel = -1, byWeights = -1] = gradients(builder, loss, [kernel, weights])
      return interpret(builder.build({ y, byKernel, byWeights }), { inputs, variables, precision: 'double' })
    }
    const window = { stride: 1, dilation: 1, groups: 1 }
    const masked = found((builder, x, kernel, weights) => {
      const mixture = {
        ...{ weights, has: () => true, offsetOf: () => 0, optionsOf: () => 3 },
        ...{ figure: () => undefined, setsOf: () => undefined },
      }
      const mask = channelMask(builder, node, mixture, new Map())
      return builder.one('scale_channels', [builder.one('conv2d', [x, kernel], window), definite(mask)])
    })
    const summed = found((builder, x, kernel, weights) => {
      const parts = widths.map((width, index) => {
        const own = builder.one('slice', [kernel], { begin: [0, 0, 0, 0], size: [3, 3, 4, width] })
        const map = builder.one('pad_channels', [builder.one('conv2d', [x, own], window)], { from: 0, channels })
        return builder.one('scale_by_entry', [weights, map], { index })
      })
      return builder.one('add', parts)
    })
    for (const name of ['y', 'byKernel', 'byWeights'])
      expect(relativeDifference(masked[name] ?? [], summed[name] ?? []), name).toBeLessThan(1e-12)
  })

  for (const space of ['masks', 'inner', 'both']) {
    const decisions = decisionsOf(ir, space, { params }).filter(({ options }) => options.length > 1)
    const masked = build(space, () => ({ kind: 'mask' }))
    const settings = settingsOf(decisions)

    it.each(settings)(
      `${space}: one-hot at $chosen is the slice of that size, in outputs and in gradients`,
      ({ chosen }) => {
        const option = ({ path }: Decision): number => chosen[decisions.findIndex((each) => each.path === path)] ?? 0
        const sliced = build(space, (decision) => ({ kind: 'slice', option: option(decision) }))
        const store: Store = new Map()
        for (const decision of decisions)
          store.set(logitsName(decision.path), oneHot(decision.options.length, option(decision)))
        expectSameOutcome(evaluate(masked, store), evaluate(sliced, store), 1e-9)
      },
    )
  }

  it.each(['masks', 'both'])('%s: gradients of soft choices are slopes of the loss; no pass changes them', (space) => {
    const masked = build(space, () => ({ kind: 'mask' }))
    const store: Store = new Map()
    const found = evaluate(masked, store)
    const plain = evaluate(masked, store, { passes: [] })
    expectSameGradients(found.gradients, plain.gradients, 1e-9)
    const choices = [...found.gradients].filter(([name]) => name.startsWith('choices/'))
    expect(choices.length).toBe(decisionsOf(ir, space, { params }).filter(({ options }) => options.length > 1).length)
    for (const [name, gradient] of choices) {
      const moved = (by: number): number => {
        const values = store.get(name)?.slice() ?? new Float64Array()
        values[0] = (values[0] ?? NaN) + by
        return evaluate(masked, new Map([...store, [name, values]])).loss
      }
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5, name).toBeCloseTo(gradient[0] ?? NaN, 6)
    }
  })
})

/** Every combination of options. */
function settingsOf(decisions: readonly Decision[]): { readonly chosen: readonly number[] }[] {
  if (decisions.length === 0) throw new Error('nothing to choose')
  const all = decisions.reduce<number[][]>(
    (known, { options }) => known.flatMap((before) => options.map((_, option) => [...before, option])),
    [[]],
  )
  return all.map((chosen) => ({ chosen }))
}
