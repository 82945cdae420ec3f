import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/space/cost/index.js'
import type { Network } from '../../../src/space/index.js'
import { networksOf, program, refused } from '../../support/chains.js'

const size = 16
const classes = 5

/** Weights and multiply-accumulates of convolutions, counted by hand. */
interface Count {
  readonly kernels: number
  readonly macs: number
}
const none: Count = { kernels: 0, macs: 0 }
const both = (...counts: readonly Count[]): Count => ({
  kernels: counts.reduce((sum, { kernels }) => sum + kernels, 0),
  macs: counts.reduce((sum, { macs }) => sum + macs, 0),
})
/** A convolution that gives a square map of this side; `each` inputs per output channel. */
const conv = (kernel: number, each: number, out: number, side: number): Count => ({
  kernels: kernel * kernel * each * out,
  macs: kernel * kernel * each * out * side * side,
})
const squeeze = (channels: number, hidden: number): Count =>
  both(conv(1, channels, hidden, 1), conv(1, hidden, channels, 1))

interface Residual {
  readonly in: number
  readonly out: number
  readonly mid: number
  readonly kernel: number
  readonly stride?: number
  readonly widen?: boolean
  readonly squeeze?: number
}
/** 1x1 (perhaps), depthwise, squeeze and excitation (perhaps), 1x1. */
const residual = ({ in: from, out, mid, kernel, stride = 1, widen = true, squeeze: hidden }: Residual): Count =>
  both(
    widen ? conv(1, from, mid, size) : none,
    conv(kernel, 1, mid, size / stride),
    hidden === undefined ? none : squeeze(mid, hidden),
    conv(1, mid, out, size / stride),
  )

/** Blocks as the only layer of a stage: channels that arrive, the stage, what is expected. */
const rows: readonly (readonly [block: string, arriving: number, stage: string, expected: Count])[] = [
  ['mobilenet_v2(6)', 24, 'width 24', residual({ in: 24, out: 24, mid: 144, kernel: 3 })],
  ['mobilenet_v2(1)', 32, 'width 16', residual({ in: 32, out: 16, mid: 32, kernel: 3, widen: false })],
  ['mobilenet_v2(6)', 24, 'width 32; stride 2', residual({ in: 24, out: 32, mid: 144, kernel: 3, stride: 2 })],
  ['ofa_mbconv(7, 3)', 24, 'width 40; stride 2', residual({ in: 24, out: 40, mid: 72, kernel: 7, stride: 2 })],
  // A quarter of 96 is 24.
  [
    'ofa_mbconv(5, 4, se: true, act: hswish)',
    24,
    'width 24',
    residual({ in: 24, out: 24, mid: 96, kernel: 5, squeeze: 24 }),
  ],
  // 8 * 5.4566 = 43.65 goes to 48 under the 0.95 rule of mobile-vision, to 40 under the 0.9 rule of MobileNet.
  ['fbnet_block(5, 5.4566)', 8, 'width 24; stride 2', residual({ in: 8, out: 24, mid: 48, kernel: 5, stride: 2 })],
  ['mobilenet_v2(5.4566, 5)', 8, 'width 24; stride 2', residual({ in: 8, out: 24, mid: 40, kernel: 5, stride: 2 })],
  // Rows 4, 5 and 13 of FBNetV2_F1: mid 128, 144, 840, hidden 32, 40, 208.
  [
    'fbnet_block(5, 5.3501, se: true)',
    24,
    'width 32; stride 2',
    residual({ in: 24, out: 32, mid: 128, kernel: 5, stride: 2, squeeze: 32 }),
  ],
  ['fbnet_block(5, 4.5379, se: true)', 32, 'width 24', residual({ in: 32, out: 24, mid: 144, kernel: 5, squeeze: 40 })],
  [
    'fbnet_block(5, 5.84, se: true, act: hswish)',
    144,
    'width 144',
    residual({ in: 144, out: 144, mid: 840, kernel: 5, squeeze: 208 }),
  ],
  ['fbnet_skip', 24, 'width 24', none],
  ['fbnet_skip', 24, 'width 32', conv(1, 24, 32, size)],
  ['attentive_mbconv(3, 4)', 24, 'width 24', residual({ in: 24, out: 24, mid: 96, kernel: 3 })],
  // The shortcut of AttentiveNAS: a 1x1 convolution behind the pooling.
  [
    'attentive_mbconv(5, 6, se: true)',
    40,
    'width 72; stride 2',
    both(residual({ in: 40, out: 72, mid: 240, kernel: 5, stride: 2, squeeze: 64 }), conv(1, 40, 72, size / 2)),
  ],
  ['squeeze_excite', 96, 'width 96', squeeze(96, 24)],
  ['squeeze_excite(10)', 96, 'width 96', squeeze(96, 10)],
  ['pooled_head(64)', 16, 'width 16', both(conv(1, 16, 96, size), conv(1, 96, 64, 1))],
  // Stride 1: half of the channels pass by. Stride 2: both halves are made, the shortcut from all that arrives.
  ['shuffle_unit(5)', 64, 'width 64', both(conv(1, 32, 32, size), conv(5, 1, 32, size), conv(1, 32, 32, size))],
  [
    'shuffle_unit(7)',
    16,
    'width 64; stride 2',
    both(
      ...[conv(1, 16, 32, size), conv(7, 1, 32, size / 2), conv(1, 32, 48, size / 2)],
      ...[conv(7, 1, 16, size / 2), conv(1, 16, 16, size / 2)],
    ),
  ],
  ['shuffle_xception', 64, 'width 64', both(...[1, 2, 3].flatMap(() => [conv(3, 1, 32, size), conv(1, 32, 32, size)]))],
  [
    'shuffle_xception',
    16,
    'width 64; stride 2',
    both(
      ...[conv(3, 1, 16, size / 2), conv(1, 16, 32, size / 2), conv(3, 1, 32, size / 2), conv(1, 32, 32, size / 2)],
      ...[conv(3, 1, 32, size / 2), conv(1, 32, 48, size / 2), conv(3, 1, 16, size / 2), conv(1, 16, 16, size / 2)],
    ),
  ],
  // Width 256: planes 64; 2s2x40d has a group width of floor(64 * 40 / 64) * 2 = 80, hidden max(80 * 2 / 4, 32) = 40.
  [
    'split_bottleneck(2, 2, 40)',
    256,
    'width 256',
    both(
      conv(1, 256, 80, size),
      conv(3, 20, 160, size),
      conv(1, 40, 40, 1),
      conv(1, 20, 160, 1),
      conv(1, 80, 256, size),
    ),
  ],
  // 1s1x64d: hidden is 32 at least; the 3x3 convolution runs before the pooling.
  [
    'split_bottleneck(1, 1, 64)',
    64,
    'width 256; stride 2',
    both(
      conv(1, 64, 64, size),
      conv(3, 64, 64, size),
      conv(1, 64, 32, 1),
      conv(1, 32, 64, 1),
      conv(1, 64, 256, size / 2),
    ),
  ],
  ['pooled_shortcut', 64, 'width 256; stride 2', conv(1, 64, 256, size / 2)],
  ['pooled_shortcut', 64, 'width 64', none],
  ['deep_stem', 3, 'width 3', both(conv(3, 3, 32, size / 2), conv(3, 32, 32, size / 2), conv(3, 32, 64, size / 2))],
]

const programs = new Map(
  [...new Set(rows.map(([, arriving]) => arriving))].map((arriving) => {
    const stages = rows
      .filter((row) => row[1] === arriving)
      .map(([block, , stage]) => `stage s { ${stage}; layer ${block} }`)
    const networks = networksOf(program(stages, `image(${size}, ${arriving})`))
    return [arriving, new Map(stages.map((stage, index) => [stage, networks[index]]))] as const
  }),
)

function networkOf(block: string, arriving: number, stage: string): Network {
  const network = programs.get(arriving)?.get(`stage s { ${stage}; layer ${block} }`)
  if (network === undefined) throw new Error(`no network of ${block}`)
  return network
}

describe('blocks', () => {
  it.each(rows)('%s on %d channels, %s', (block, arriving, stage, { kernels, macs }) => {
    const network = networkOf(block, arriving, stage)
    const cost = costOf(network, 'mobile-vision')
    const head = network.nodes.at(-1)
    const classifier = (network.nodes[head?.inputs[0] ?? 0]?.shape.channels ?? 0) * classes
    expect(cost.parameters - classifier).toBe(kernels)
    expect(costOf(network).macs - classifier).toBe(macs)
  })

  it('add their input where shapes agree', () => {
    const sums = (block: string, arriving: number, stage: string): number =>
      networkOf(block, arriving, stage).nodes.filter((node) => node.kind === 'merge' && node.merge === 'sum').length
    expect(sums('mobilenet_v2(6)', 24, 'width 24')).toBe(1)
    expect(sums('mobilenet_v2(1)', 32, 'width 16')).toBe(0)
    expect(sums('ofa_mbconv(7, 3)', 24, 'width 40; stride 2')).toBe(0)
    // AttentiveNAS always does.
    expect(sums('attentive_mbconv(5, 6, se: true)', 40, 'width 72; stride 2')).toBe(1)
  })

  it('squeeze and excitation keep the map and scale it by a vector', () => {
    const { nodes } = networkOf('squeeze_excite', 96, 'width 96')
    const product = nodes.find((node) => node.kind === 'merge' && node.merge === 'multiply')
    expect(product?.shape).toEqual({ height: size, width: size, channels: 96 })
    expect(product?.inputs.map((id) => nodes[id]?.shape.height)).toEqual([size, 1])
  })

  it('a split attention gives as many channels as arrive, from radix times as many', () => {
    const { nodes } = networkOf('split_bottleneck(2, 2, 40)', 256, 'width 256')
    const channels = (name: string): number[] =>
      nodes.flatMap((node) => (node.kind === 'layer' && node.operation === name ? [node.shape.channels] : []))
    expect(channels('split_softmax')).toEqual([160])
    expect(channels('split_sum')).toEqual([80, 80])
  })

  it('take the stride of their stage, or the stage is refused', () => {
    expect(refused('stage s { width 24; stride 2; layer conv(channels) -> bn }')).toBe('')
    expect(refused('stage s { width 24; stride 2; layer relu -> bn }')).toContain(
      'the stride 2 of the stage reaches no operation',
    )
  })
})
