import { describe, expect, it } from 'vitest'
import { countArchitectures, countDistinct, costRange, parseWhere, sampler } from '../../src/ir/analysis/index.js'
import { analysisOf } from '../../src/ir/analysis/analysis.js'
import { resolveParams } from '../../src/ir/elaborate/index.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { compiledFile, macsOf } from './spaces.js'

describe('AttentiveNAS', () => {
  const ir = compiledFile('spaces/attentivenas.nas')
  const options = { params: {} }

  it('holds 440,301,256,704 architectures from 203,389,568 to 1,939,335,808 multiply-accumulates', () => {
    expect(countArchitectures(ir, 'attentivenas', options).architectures).toBe(440_301_256_704n)
    expect(analysisOf(ir, 'attentivenas', options).ways).toBe(440_301_256_704n)
    const range = costRange(ir, 'attentivenas', options, 'macs')
    expect([range?.least.value, range?.greatest.value]).toEqual([203_389_568, 1_939_335_808])
    for (const extreme of range ? [range.least, range.greatest] : []) {
      expect(macsOf(ir, 'attentivenas', extreme.architecture)).toBe(extreme.value)
    }
  })

  it('is sampled between 290M and 310M, sums exact, none outside', () => {
    const prepared = sampler(ir, 'attentivenas', options, { where: parseWhere('macs in 290M..310M') })
    expect(prepared.bucketWidth).toBe(1)
    expect(prepared.count).toBe(599_425_199n)
    const random = createRandom(1, 'sample')
    for (let draw = 0; draw < 200; draw++) {
      const macs = macsOf(ir, 'attentivenas', prepared.draw(random))
      expect(macs).toBeGreaterThanOrEqual(290_000_000)
      expect(macs).toBeLessThanOrEqual(310_000_000)
    }
  }, 60_000)
})

describe('cells', () => {
  it('DARTS with eight operations: 180 * 8^8 per type', () => {
    const ir = compiledFile('spaces/darts.nas')
    const params = resolveParams(ir, {})
    expect(countArchitectures(ir, 'darts', { params }).architectures).toBe((180n * 8n ** 8n) ** 2n)
    expect(analysisOf(ir, 'darts', { params }).ways).toBe((180n * 8n ** 8n) ** 2n)
  })

  it('NAS-Bench-201: 15,625, of which 6,466 are distinct', () => {
    const ir = compiledFile('spaces/nas-bench-201.nas')
    const params = resolveParams(ir, {})
    expect(analysisOf(ir, 'nas_bench_201', { params }).ways).toBe(15_625n)
    expect(countDistinct(ir, 'nas_bench_201', { params })).toBe(6_466n)
  })
})
