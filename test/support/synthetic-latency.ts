import { decisionsWithGates, memberFinder } from '../../src/analysis/index.js'
import { resolveParams } from '../../src/space/evaluation/params.js'
import { createRandom } from '../../src/runtime/random/random.js'
import type { SelectedOptions } from '../../src/runtime/search/components/derivations/derivation.js'
import { openDraws, type MeasuredSpace } from '../../src/runtime/search/measurements/measured-space.js'
import type { Measurement } from '../../src/runtime/search/measurements/measurements.js'
import { compiledText } from './programs.js'

/** Two kinds of cells of four nodes, each of which reads two earlier maps through one of five operations. */
export const cellProgram = (search = ''): string => `import { bn, conv, global_pool, linear } from std:nn
import std:cells
import std:search
let candidates = { none, skip, max_pool(3), sep_conv(3), sep_conv(5), dil_conv(3) }
cell chosen(s0, s1, stride: int = 1) {
  prepare s0 { if s0.height > s1.height then factorized_reduce else relu_conv_bn }
  prepare s1 { relu_conv_bn }
  node n[1..3] { from any 2 of earlier; through one of candidates, stride on s0, s1; merge sum }
  output concat(n)
}
space cells {
  input image(8, 8, 1)
  classes 2
  cell normal    = chosen
  cell reduction = chosen(stride: 2)
  network {
    stem  conv(2, 3) -> bn
    stack 2 of normal, reduction at { 1 }, channels 2
    head  global_pool -> linear(classes)
  }
}
${search}`

/** Milliseconds of every operation, by kind of cell. */
const costs: Readonly<Record<string, readonly [normal: number, reduction: number]>> = {
  none: [0, 0],
  skip: [0.05, 0.4],
  'max_pool(3)': [0.3, 0.2],
  'sep_conv(3)': [1.5, 0.9],
  'sep_conv(5)': [2.4, 1.6],
  'dil_conv(3)': [0.8, 0.5],
}

/** What no processor is noisy in: the sum of the costs of all operations, and what the slowest way through each cell takes. */
export function syntheticLatency(measured: Pick<MeasuredSpace, 'choices'>, taken: SelectedOptions): number {
  const kinds = ['normal', 'reduction'] as const
  let latency = 2
  kinds.forEach((kind, stage) => {
    const ready = new Map<string, number>()
    for (const node of ['n1', 'n2', 'n3']) {
      const from = measured.choices.explored.find(({ decision }) => decision.path === `${kind}.${node}.from`)?.decision
      const sources = (taken[`${kind}.${node}.from`] ?? [0, 1]).map(
        (index) => from?.options[index] ?? `s${String(index)}`,
      )
      const ends = sources.map((source) => {
        const path = `${kind}.${node}.through[${source}]`
        const edge = measured.choices.explored.find(({ decision }) => decision.path === path)?.decision
        const option = edge?.options[taken[path]?.[0] ?? 0] ?? ''
        const cost = costs[option]?.[stage] ?? NaN
        latency += cost
        return (ready.get(source) ?? 0) + cost
      })
      ready.set(node, Math.max(...ends))
    }
    latency += 0.5 * Math.max(...ready.values())
  })
  return latency
}

export function cellSpace(search = ''): MeasuredSpace {
  const ir = compiledText(cellProgram(search))
  const params = resolveParams(ir, {})
  return {
    ...{ ir, space: 'cells', params, input: { height: 8, width: 8, channels: 1 }, classes: 2 },
    choices: {
      explored: decisionsWithGates(ir, 'cells', { params }),
      excluded: (decision, option) => decision.options[option] === 'none',
    },
  }
}

/** So many architectures with their synthetic latencies. */
export function syntheticMeasurements(measured: MeasuredSpace, count: number, seed = 0): readonly Measurement[] {
  const draw = openDraws(measured)
  return Array.from({ length: count }, (_, index) => {
    const decisions = draw(createRandom(seed).stream(`synthetic/${String(index)}`))
    return { place: `row ${String(index)}`, decisions, value: syntheticLatency(measured, decisions) }
  })
}

/**
 * So many architectures of a machine as they were seen: latency goes mostly by multiply-accumulates, a little by which operations
 * there are and how they can go side by side, and other work adds noise in proportion to it.
 */
export function busyMeasurements(measured: MeasuredSpace, count: number, noise: number): readonly Measurement[] {
  const find = memberFinder(measured.ir, measured.space, { params: measured.params })
  const random = createRandom(11).stream('noise')
  return syntheticMeasurements(measured, count).map((row) => {
    const macs = find(row.decisions)?.costs.macs ?? NaN
    return { ...row, value: (1 + macs / 10_000 + 0.1 * row.value) * (1 + noise * random.normal()) }
  })
}

/** A search of these cells that minimises `factor` times `cost`, its predictor fitted to a file. */
export const latencySearch = (file: string, cost: string, epochs = 4): string => `param factor = 0.0
search aware of cells {
  relax     through by softmax, from by strength
  predictor latency = mlp(32), fitted to measurements ${JSON.stringify(file)}
  minimise  cross_entropy + factor * ${cost}
  train weights on 50% { sgd(lr: 0.05, momentum: 0.9) }
  train choices on 50% { adam(lr: 0.1, betas: (0.5, 0.999)) }
  train predictor { adamw(lr: 5e-3), epochs 20, batch 32 }
  derive    top(2) except none
  epochs ${String(epochs)}; batch 8
}`
