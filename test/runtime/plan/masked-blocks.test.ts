import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../src/analysis/index.js'
import { subsample } from '../../../src/runtime/plan/elastic.js'
import { logitsName } from '../../../src/runtime/plan/mixture.js'
import { buildNetwork, resolveParams, type Binding, type Decision } from '../../../src/space/index.js'
import { evaluate, expectSameOutcome, imagesOf, oneHot } from '../../support/bound-steps.js'
import { evaluateOperation, numbersFrom } from '../../support/numbers.js'
import type { Store } from '../../support/step-runner.js'
import { compiledText } from '../../support/programs.js'

const ir = compiledText(`import { bn, conv, global_pool, hswish, linear, relu } from std:nn
import { fbnet_block, fbnet_skip, pooled_head } from std:mobile
space whole {
  input image(one of {6, 8}, 3); classes 3
  network {
    stem conv(4, 3) -> bn -> hswish
    stage a { width one of {4, 8}; stride 2; layer fbnet_block(3, one of {0.75, 2, 3}, se: true, act: hswish, shortcut: not first) }
    stage b { width one of {8, 12}; depth 2;
      first fbnet_block(5, one of {1.5, 3}, shortcut: false);
      layer one of { fbnet_block(3, one of {1.5, 3}, se: true), fbnet_block(5, 2, act: hswish), fbnet_skip } }
    head pooled_head(10) -> global_pool -> linear(classes)
  }
}`)
const params = resolveParams(ir, {})
const decisions = decisionsOf(ir, 'whole', { params })
const build = (binding: Binding) => buildNetwork(ir, 'whole', { params, mode: 'shared', binding })
const large = { height: 8, width: 8, channels: 3 }

const masked: Binding = ({ kind, values }) => {
  if (values === undefined) return { kind: 'mix' }
  return { kind: kind === 'resolution' ? 'subsample' : 'mask' }
}

const random = numbersFrom(11)
const drawn = Array.from({ length: 8 }, () =>
  Object.fromEntries(decisions.map(({ path, options }) => [path, Math.floor(random() * options.length)])),
)

describe('widths and expansions by masks, blocks mixed, resolutions subsampled, all at once', () => {
  it.each(drawn)('is at one option of each the network of these: %j', (taken) => {
    const option = ({ path }: Decision): number => taken[path] ?? 0
    const alone = build((decision) =>
      decision.values === undefined || decision.kind === 'resolution'
        ? { kind: 'fixed', options: [option(decision)] }
        : { kind: 'slice', option: option(decision) },
    )
    const store: Store = new Map(
      decisions.map((decision) => [logitsName(decision.path), oneHot(decision.options.length, option(decision))]),
    )
    const images = imagesOf(large)
    const size = [6, 8][taken['resolution'] ?? 0] ?? 8
    const small = { ...large, height: size, width: size }
    const [sampled = []] = evaluateOperation(
      (builder, [map = -1]) => [subsample(builder, map, large, small)],
      [{ shape: [4, 8, 8, 3], data: Array.from(images) }],
    )
    const whole = evaluate(build(masked), store, {}, { images })
    expectSameOutcome(whole, evaluate(alone, store, {}, { images: Float64Array.from(sampled) }), 1e-9)
  })

  it('has slopes by every choice that are those of the loss', () => {
    const store: Store = new Map()
    const network = build(masked)
    const found = evaluate(network, store).gradients
    const names = decisions.filter(({ options }) => options.length > 1).map(({ path }) => logitsName(path))
    for (const name of names) {
      const moved = (by: number): number => {
        const values = store.get(name)?.slice() ?? new Float64Array()
        values[0] = (values[0] ?? NaN) + by
        return evaluate(network, new Map([...store, [name, values]])).loss
      }
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5, name).toBeCloseTo(found.get(name)?.[0] ?? NaN, 6)
    }
  })
})
