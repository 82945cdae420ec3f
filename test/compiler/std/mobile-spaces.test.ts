import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/queries/count.js'
import { costOf } from '../../../src/space/cost/index.js'
import {
  bindingOf,
  buildNetwork,
  largestBinding,
  resolveParams,
  supernetBinding,
  type Bound,
  type Decision,
  type Network,
} from '../../../src/space/index.js'
import { architectureOf, printArchitecture } from '../../../src/architectures/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { build } from '../../support/chains.js'
import { compiledFile, compiledText } from '../../support/programs.js'

const files = ['attentivenas', 'fbnetv2', 'ofa-mobilenetv3', 'pi-nas', 'spos'] as const
type File = (typeof files)[number]
const texts = new Map(files.map((file) => [file, readFileSync(`spaces/${file}.nas`, 'utf8')]))
const programs = new Map(files.map((file) => [file, compiledFile(`spaces/${file}.nas`)]))

function of(file: File): Ir {
  const ir = programs.get(file)
  if (ir === undefined) throw new Error(file)
  return ir
}

function alone(file: File, name: string): Network {
  const ir = of(file)
  const params = resolveParams(ir, {})
  const architecture = architectureOf(ir, name, params)
  return buildNetwork(ir, architecture.space, { params, binding: bindingOf(architecture), mode: 'standalone' })
}

function count(file: File, space: string): bigint {
  const ir = of(file)
  return countArchitectures(ir, space, { params: resolveParams(ir, {}) }).architectures
}

/** Lines with code of a declaration, `space attentivenas {` to its brace. */
function codeLines(file: File, head: string): number {
  const text = texts.get(file) ?? ''
  const from = text.indexOf(`\n${head} `)
  const body = text.slice(from, text.indexOf('\n}', from) + 2)
  return body.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length
}

describe('spaces of mobile networks', () => {
  // Published, or recomputed from what was published: see the papers named in the files.
  it.each([
    ['attentivenas', 'A0', 'conv-fc', 203_389_568, 8_954_184],
    ['attentivenas', 'A1', 'conv-fc', 279_238_816, 9_452_872],
    ['attentivenas', 'A2', 'conv-fc', 316_730_080, 11_149_824],
    ['attentivenas', 'A3', 'conv-fc', 356_518_400, undefined],
    ['attentivenas', 'A4', 'conv-fc', 443_530_752, undefined],
    ['attentivenas', 'A5', 'conv-fc', 490_520_064, undefined],
    ['attentivenas', 'A6', 'conv-fc', 709_007_232, undefined],
    ['attentivenas', 'Largest', 'conv-fc', 1_939_335_808, 23_404_080],
    ['fbnetv2', 'FBNetV2_F1', 'mobile-vision', 56_410_560, 5_999_408],
    ['fbnetv2', 'FBNetV2_F4', 'mobile-vision', 238_351_984, 6_994_824],
    ['pi-nas', 'Pi_NAS_cls', 'ptflops', 5_379_644_200, 27_046_278],
    ['pi-nas', 'Pi_NAS_cls', 'conv-fc', 5_332_293_584, 27_046_278],
    ['pi-nas', 'ResNeSt_50', 'conv-fc', 5_371_160_576, 27_483_240],
    ['spos', 'SPOS', 'conv-fc', 322_918_720, 3_529_312 + 29_152],
    ['spos', 'All_3x3', 'conv-fc', 295_842_496, undefined],
    ['spos', 'All_xception', 'conv-fc', 358_825_920, undefined],
  ] as const)('%s: %s costs by %s', (file, name, convention, macs, parameters) => {
    const cost = costOf(alone(file, name), convention)
    expect(cost.macs).toBe(macs)
    if (parameters !== undefined) expect(cost.parameters).toBe(parameters)
  })

  it('FBNetV2_F1 row by row: width, hidden width of the squeeze', () => {
    const { nodes } = alone('fbnetv2', 'FBNetV2_F1')
    const channels = (operation: string, nth: number, path: string): number | undefined =>
      nodes.filter((node) => node.kind === 'layer' && node.operation === operation && node.path.startsWith(`${path}[`))[
        nth
      ]?.shape.channels
    expect(Array.from({ length: 15 }, (_, index) => channels('depthwise', 0, `b${index + 1}`))).toEqual([
      ...[8, 48, 112, 128, 144, 136, 232, 288, undefined, 360, 144, 368, 840, 992, undefined],
    ])
    const hidden = (block: number): number | undefined =>
      nodes.find(
        ({ path, shape }) =>
          path.startsWith(`b${block}[`) && path.endsWith('.squeeze_excite.conv') && shape.height === 1,
      )?.shape.channels
    expect([4, 5, 8, 10, 11, 12, 13, 14].map(hidden)).toEqual([32, 40, 72, 88, 40, 96, 208, 248])
  })

  it('A0 to A6 cost what their paper says, in millions', () => {
    const millions = (name: string): number => Math.round(costOf(alone('attentivenas', name)).macs / 1e6)
    expect(['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6'].map(millions)).toEqual([203, 279, 317, 357, 444, 491, 709])
  })

  it('Pi_NAS_cls block by block: group width, hidden width, kernels, multiply-accumulates', () => {
    const network = alone('pi-nas', 'Pi_NAS_cls')
    const { layers } = costOf(network)
    const ends = network.nodes.flatMap((node) => (node.kind === 'layer' ? [node] : []))
    const blocks = [3, 4, 6, 3].flatMap((depth, stage) =>
      Array.from({ length: depth }, (_, index) => `layer${stage + 1}[${index + 1}].`),
    )
    const rows = blocks.map((block) => {
      const own = layers.filter(({ op, path }) => op === 'conv' && path.startsWith(block))
      const kernels = ends
        .filter(({ operation, path }) => operation === 'conv' && path.startsWith(block))
        .flatMap(({ weights }) => weights.filter(({ role }) => role === 'kernel'))
        .reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0)
      const [group, , hidden] = own.flatMap(({ path, out }) =>
        path.startsWith(`${block}layer.`) ? [out.channels] : [],
      )
      return [group, hidden, kernels, own.reduce((sum, { macs }) => sum + macs, 0)]
    })
    expect(rows).toEqual([
      [80, 40, 75_584, 221_983_424],
      [64, 32, 73_728, 218_370_048],
      [64, 32, 75_776, 218_372_096],
      [160, 80, 388_352, 656_722_688],
      [168, 42, 306_096, 234_454_416],
      [160, 80, 298_240, 218_786_560],
      [128, 64, 303_104, 218_390_528],
      [336, 84, 1_576_640, 703_395_392],
      [256, 64, 1_146_880, 218_398_720],
      [320, 160, 1_192_960, 218_844_160],
      [336, 84, 1_224_384, 234_475_584],
      [256, 128, 1_212_416, 218_464_256],
      [320, 160, 1_192_960, 218_844_160],
      [512, 128, 6_160_384, 719_454_208],
      [640, 320, 4_771_840, 219_074_560],
      [672, 168, 4_897_536, 234_560_256],
    ])
  })

  it('count exactly', () => {
    expect(count('attentivenas', 'attentivenas')).toBe(440_301_256_704n)
    expect(count('pi-nas', 'pi_nas')).toBe(4n ** 16n)
    expect(count('spos', 'spos')).toBe(4n ** 20n)
    // Five units of two to four layers with nine choices each, and 25 resolutions.
    expect(count('ofa-mobilenetv3', 'ofa_mobilenetv3')).toBe(25n * 21_758_655_492_572_485_851n)
    expect((9n ** 2n + 9n ** 3n + 9n ** 4n) ** 5n).toBe(21_758_655_492_572_485_851n)
    // Per stage: widths, first layers with 8 blocks of 6 expansions, others with one more; one layer without expansion.
    const layers = [3, 3, 3, 4, 4].map((depth) => 48n * 49n ** BigInt(depth - 1))
    const widths = 3n * 2n * 8n * 4n * 4n * 7n * 8n * 14n
    expect(count('fbnetv2', 'fbnetv2')).toBe(layers.reduce((product, each) => product * each, widths))
  })

  it('are as short as they read', () => {
    expect(codeLines('attentivenas', 'space attentivenas')).toBeLessThanOrEqual(45)
    expect(codeLines('ofa-mobilenetv3', 'space ofa_mobilenetv3')).toBeLessThanOrEqual(35)
    for (const [file, search] of [
      ['attentivenas', 'best_up'],
      ['fbnetv2', 'dmasking'],
      ['ofa-mobilenetv3', 'progressive_shrinking'],
      ['pi-nas', 'pi'],
      ['spos', 'single_path'],
    ] as const) {
      const lines = codeLines(file, `search ${search}`)
      expect(lines, search).toBeGreaterThan(5)
      expect(lines, search).toBeLessThanOrEqual(25)
    }
  })

  it.each(['A1', 'Largest'])('%s of AttentiveNAS reads back as it prints', (name) => {
    const ir = of('attentivenas')
    const params = resolveParams(ir, {})
    const printed = printArchitecture(ir, architectureOf(ir, name, params), 'again', params)
    expect(printed).toContain('stem.width ')
    const again = compiledText(`${texts.get('attentivenas') ?? ''}\n${printed}`)
    expect(architectureOf(again, 'again', params)).toEqual(architectureOf(ir, name, params))
  })
})

describe('supernets of mobile spaces', () => {
  const slices =
    (largest: boolean) =>
    ({ values, options }: Decision): Bound => {
      const order = options.map((_, index) => index).sort((a, b) => (values?.[a] ?? 0) - (values?.[b] ?? 0))
      return { kind: 'slice', option: (largest ? order.at(-1) : order[0]) ?? 0 }
    }

  it.each([
    ['attentivenas', 'attentivenas'],
    ['ofa-mobilenetv3', 'ofa_mobilenetv3'],
  ] as const)('%s by slices: the smallest network within the largest', (file, space) => {
    const smallest = build(of(file), space, slices(false))
    const largest = build(of(file), space, slices(true))
    const whole = new Map(
      largest.nodes.flatMap((node) =>
        node.kind === 'layer' ? node.weights.map(({ path, shape }) => [path, shape] as const) : [],
      ),
    )
    const weights = smallest.nodes.flatMap((node) => (node.kind === 'layer' ? node.weights : []))
    expect(weights.length).toBeGreaterThan(50)
    for (const { path, shape, stored } of weights) expect(stored ?? shape, path).toEqual(whole.get(path))
    expect(costOf(smallest).macs).toBeLessThan(costOf(largest).macs)
  })

  it('AttentiveNAS: the slices are the smallest and the largest published network', () => {
    expect(costOf(build(of('attentivenas'), 'attentivenas', slices(false))).macs).toBe(203_389_568)
    expect(costOf(build(of('attentivenas'), 'attentivenas', slices(true))).macs).toBe(1_939_335_808)
  })

  it.each([
    ['attentivenas', 'attentivenas', 1_939_335_808],
    ['pi-nas', 'pi_nas', undefined],
    ['spos', 'spos', undefined],
    ['ofa-mobilenetv3', 'ofa_mobilenetv3', undefined],
    ['fbnetv2', 'fbnetv2', undefined],
  ] as const)('%s as its search binds it, sizes at their largest', (file, space, macs) => {
    const ir = of(file)
    const [search] = ir.searches
    if (search === undefined) throw new Error(`${file} has no search`)
    const network = build(ir, space, largestBinding(supernetBinding(ir, search)))
    expect(network.nodes.at(-1)?.shape).toEqual({ height: 1, width: 1, channels: 1000 })
    if (macs !== undefined) expect(costOf(network).macs).toBe(macs)
    const mixed = network.nodes.flatMap((node) => (node.kind === 'mix' ? [node.decision] : []))
    const operations = decisionsOf(ir, space, { params: resolveParams(ir, {}) }).filter(
      ({ values }) => values === undefined,
    )
    expect(new Set(mixed)).toEqual(new Set(operations.map(({ path }) => path)))
  })

  it('FBNetV2 has the sizes of the table in its paper', () => {
    const { nodes } = build(of('fbnetv2'), 'fbnetv2', (decision) =>
      decision.kind === 'block' ? { kind: 'mix' } : slices(true)(decision),
    )
    const ends = new Map(
      nodes.flatMap((node) => (node.kind === 'mix' ? [[node.path.replace(/\[.*/, ''), node.shape] as const] : [])),
    )
    expect([...ends].map(([stage, shape]) => `${stage} ${shape.height} x ${shape.channels}`)).toEqual([
      ...['s1 144 x 16', 's2 72 x 28', 's3 36 x 40', 's4 18 x 96', 's5 18 x 128', 's6 9 x 216'],
    ])
  })

  it('FBNetV2: masks and subsampling over alternatives of blocks', () => {
    const soft = new Map<string, Bound['kind']>([
      ['resolution', 'subsample'],
      ['s3.width', 'mask'],
      ['s3.layer[2].block.expand', 'mask'],
    ])
    const network = build(of('fbnetv2'), 'fbnetv2', (decision) => {
      const kind = soft.get(decision.path)
      if (kind === 'mask' || kind === 'subsample') return { kind }
      return decision.kind === 'block' ? { kind: 'mix' } : slices(true)(decision)
    })
    const mixes = network.nodes.filter((node) => node.kind === 'mix')
    // Eight blocks in the first layer of a stage, and the identity beside them in the others.
    expect(mixes.map(({ inputs }) => inputs.length)).toEqual([8, 8, 9, 9, 8, 9, 9, 8, 9, 9, 8, 9, 9, 9, 8, 9, 9, 9])
    const widths = mixes[5]?.elastic
      ?.find(({ decision }) => decision === 's3.width')
      ?.shapes.map(({ channels }) => channels)
    expect(widths).toEqual([16, 24, 32, 40])
    const middle = network.nodes.find(({ path }) => path.startsWith('s3[2].') && path.endsWith('.depthwise'))
    // 40 * 0.75 = 30 goes to 32; 40 * 4.5 = 180 to 184.
    expect(
      middle?.elastic?.find(({ decision }) => decision.endsWith('.expand'))?.shapes.map(({ channels }) => channels),
    ).toEqual([32, 64, 88, 120, 152, 184])
    expect(network.input.height).toBe(288)
  })

  it('Pi-NAS: every block with its four candidates and one shortcut', () => {
    const { nodes } = build(of('pi-nas'), 'pi_nas')
    const mixes = nodes.filter((node) => node.kind === 'mix')
    expect(mixes).toHaveLength(16)
    expect(new Set(mixes.map(({ inputs }) => inputs.length))).toEqual(new Set([4]))
    expect(nodes.filter(({ path }) => path.endsWith('.pooled_shortcut.conv'))).toHaveLength(4)
  })

  it('single path one-shot: batch norms without trained weights', () => {
    const { nodes } = build(of('spos'), 'spos')
    expect(nodes.filter((node) => node.kind === 'mix')).toHaveLength(20)
    const norms = nodes.flatMap((node) =>
      node.kind === 'layer' && node.operation === 'bn' ? [node.weights.length] : [],
    )
    expect(new Set(norms)).toEqual(new Set([0]))
  })
})

describe('decisions of mobile spaces', () => {
  it('have names by where they are made', () => {
    const paths = (file: File, space: string): readonly string[] => {
      const ir = of(file)
      return decisionsOf(ir, space, { params: resolveParams(ir, {}) }).map(({ path }) => path)
    }
    expect(paths('attentivenas', 'attentivenas')).toHaveLength(1 + 9 + 7 + 7 + 4)
    expect(paths('ofa-mobilenetv3', 'ofa_mobilenetv3').slice(0, 4)).toEqual([
      'resolution',
      'unit1.depth',
      'unit1.layer[1].kernel',
      'unit1.layer[1].expand',
    ])
    expect(paths('ofa-mobilenetv3', 'ofa_mobilenetv3')).toContain('unit5.layer[4].expand')
    expect(paths('pi-nas', 'pi_nas')[0]).toBe('layer1.layer[1]')
    expect(paths('fbnetv2', 'fbnetv2')).toContain('s6.layer[4].block.expand')
  })
})
