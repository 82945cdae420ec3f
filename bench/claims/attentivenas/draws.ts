import { compile } from '../../../src/compiler/index.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { drawTable, type CostTable } from '../../../src/runtime/search/components/samplers/cost-table.js'
import { binOf, rangeOf } from '../../../src/runtime/search/components/samplers/macs-bins.js'
import type { SampledSpace } from '../../../src/runtime/search/components/samplers/sampler.js'
import { relaxSpace } from '../../../src/runtime/search/step/relax-space.js'
import { openSampledSpace } from '../../../src/runtime/search/step/sampled-space.js'
import { rangeSampler } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { mean } from '../../statistics.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'

const space = 'attentivenas'
const width = 25e6

/**
 * Draws for one network of a cost (in millions of multiply-accumulates) as a program apart from nasc counted them, from 200,000
 * uniform samples: of uniform samples, and of choices each drawn by itself as samples of that cost have them.
 */
const counted = [
  { cost: 300, uniform: 619, conditional: 3.7 },
  { cost: 400, uniform: 38.7, conditional: 6.4 },
  { cost: 500, uniform: 24.7, conditional: 10.1 },
  { cost: 600, uniform: 27.6, conditional: 13.1 },
  { cost: 700, uniform: 29.7, conditional: 15.4 },
  { cost: 800, uniform: 32.2, conditional: 16.3 },
  { cost: 1000, uniform: 44.7, conditional: 20.4 },
  { cost: 1200, uniform: 112, conditional: 17.2 },
] as const

const accepted = 400

/** Wang et al., AttentiveNAS, CVPR 2021, section 4: networks of a cost are found by drawing again. */
export const draws: Claim = {
  paper: 'attentivenas',
  name: 'draws',
  says:
    'Draws for one network of a cost by the procedure of the paper are those that a program apart from nasc counted, within 10 %; ' +
    'ours draws once',
  setting:
    `The space of the paper in bins of 25 M, a table of 200,000 uniform samples, ${String(accepted)} networks for every cost and seed. ` +
    'In brackets what the other program counted.',
  measure(options) {
    const { value: ir } = compile(`spaces/${space}.nas`, nodeHost())
    if (ir === undefined) throw new Error(`${space}.nas has errors`)
    const params = resolveParams(ir, {})
    const sampled = openSampledSpace(ir, space, params, relaxSpace([], decisionsOf(ir, space, { params }), 'paths'))
    options.progress('drawing the table')
    const table = drawTable(sampled, { width, samples: 200_000 })
    const range = rangeSampler(ir, space, { params }, 'macs')
    const all = Number(range(0, Infinity).count)
    const rows = counted.map(({ cost, uniform, conditional }) => {
      const bin = binOf(cost * 1e6, width)
      const { least, most } = rangeOf(bin, width)
      return {
        cost,
        ...{ uniform, conditional },
        drawn: options.seeds.map((seed) => conditionalDraws(table, sampled, bin, seed, options)),
        inverse: all / Number(range(least, most).count),
        ours: options.seeds.map((seed) => oursWithin(sampled, bin, seed)),
      }
    })
    return Promise.resolve({
      rows: rows.flatMap(({ cost, uniform, conditional, drawn, inverse, ours }): readonly MeasuredRow[] => [
        { label: `${String(cost)} M, as published (${String(conditional)})`, unit: 'number', values: drawn },
        { label: `${String(cost)} M, of uniform samples (${String(uniform)})`, unit: 'number', values: [inverse] },
        { label: `${String(cost)} M, ours`, unit: 'number', values: ours },
      ]),
      holds: rows.every(
        ({ conditional, drawn, ours }) =>
          Math.abs(mean(drawn) / conditional - 1) <= 0.1 && ours.every((draws) => draws === 1),
      ),
      note: 'Those of uniform samples are exact here: one over the share of the architectures that cost so much.',
    })
  },
}

/** Mean over networks that were accepted. */
function conditionalDraws(
  table: CostTable,
  sampled: SampledSpace,
  bin: number,
  seed: number,
  { progress }: ClaimOptions,
): number {
  const random = createRandom(seed).stream(`table/${String(bin)}`)
  const found = Array.from({ length: accepted }, () => table.draw(sampled, bin, random, 10_000).draws)
  progress(`bin ${String(bin)}, seed ${String(seed)}: ${mean(found).toFixed(1)} draws`)
  return mean(found)
}

/** Draws of the exact sampler over those of them that lie in the bin. */
function oursWithin(sampled: SampledSpace, bin: number, seed: number): number {
  const random = createRandom(seed).stream(`exact/${String(bin)}`)
  const drawn = Array.from({ length: accepted }, () => sampled.drawWithin(random, rangeOf(bin, width)))
  return accepted / drawn.filter(({ macs }) => binOf(macs, width) === bin).length
}
