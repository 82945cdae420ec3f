import { describe, expect, it } from 'vitest'
import {
  costHistogram,
  countArchitectures,
  countDistinct,
  costRange,
  parseWhere,
  rangeSampler,
  sampler,
} from '../../../src/analysis/index.js'
import { analysisOf } from '../../../src/analysis/queries/analysis.js'
import { resolveParams } from '../../../src/space/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { costsOf, macsOf } from '../../support/enumerated-spaces.js'
import { compiledFile } from '../../support/programs.js'

describe('AttentiveNAS', () => {
  const ir = compiledFile('spaces/attentivenas.nas')
  const options = { params: resolveParams(ir, {}) }

  it('holds 440,301,256,704 architectures from 203,389,568 to 1,939,335,808 multiply-accumulates', () => {
    expect(countArchitectures(ir, 'attentivenas', options).architectures).toBe(440_301_256_704n)
    expect(analysisOf(ir, 'attentivenas', options).pathCount).toBe(440_301_256_704n)
    const range = costRange(ir, 'attentivenas', options, 'macs')
    expect([range?.least.value, range?.greatest.value]).toEqual([203_389_568, 1_939_335_808])
    for (const extreme of range ? [range.least, range.greatest] : []) {
      expect(macsOf(ir, 'attentivenas', extreme.architecture)).toBe(extreme.value)
    }
  })

  it('is sampled between 290M and 310M, sums exact, none outside', () => {
    const prepared = sampler(ir, 'attentivenas', options, { where: parseWhere('macs in 290M..310M') })
    expect([prepared.blur, prepared.atMost]).toEqual([0, 599_425_199n])
    expect(prepared.count).toBe(599_425_199n)
    const random = createRandom(1, 'sample')
    for (let draw = 0; draw < 200; draw++) {
      const { architecture, costs } = prepared.draw(random)
      // What the diagram says of it is what its network costs, built and counted as a whole.
      const { macs, parameters, activationBytes } = costsOf(ir, 'attentivenas', architecture)
      expect(costs).toEqual({ macs, parameters, activation_bytes: activationBytes })
      expect(macs).toBeGreaterThanOrEqual(290_000_000)
      expect(macs).toBeLessThanOrEqual(310_000_000)
    }
  }, 60_000)

  it('has the costs of uniform samples that were counted apart from nasc, of 200,000 of them', () => {
    const within = rangeSampler(ir, 'attentivenas', options, 'macs')
    const share = (least: number, most: number): number =>
      Number(within(least * 1e6, most * 1e6 - 1).count) / 440_301_256_704
    const quantiles = {
      346: 0.01,
      402: 0.05,
      441: 0.1,
      534: 0.25,
      708.4: 0.5,
      914: 0.75,
      1083: 0.9,
      1176: 0.95,
      1331: 0.99,
    }
    for (const [macs, quantile] of Object.entries(quantiles)) {
      expect(share(0, 0.99 * Number(macs)), macs).toBeLessThan(quantile)
      expect(share(0, 1.01 * Number(macs)), macs).toBeGreaterThan(quantile)
    }
    // Rounded to bins of 25 M; 320 of the samples lay in the first one.
    const bins = { 400: 0.0258, 500: 0.0404, 600: 0.0362, 700: 0.0337, 800: 0.031, 1000: 0.0224, 1200: 0.0089 }
    for (const [macs, counted] of Object.entries(bins)) {
      const found = share(Number(macs) - 12.5, Number(macs) + 12.5)
      expect(Math.abs(found / counted - 1), macs).toBeLessThan(0.05)
    }
    expect(Math.abs(share(287.5, 312.5) / 0.0016 - 1)).toBeLessThan(3 / Math.sqrt(320))
    expect(within(0, 203_389_567).count).toBe(0n)
    expect(within(0, Infinity).count).toBe(440_301_256_704n)
  })
})

describe('OFA-MobileNetV3', () => {
  const ir = compiledFile('spaces/ofa-mobilenetv3.nas')
  const options = { params: resolveParams(ir, {}) }

  it('holds 7,371^5 networks at one resolution, and 25 times as many', () => {
    const count = (input = {}): bigint =>
      countArchitectures(ir, 'ofa_mobilenetv3', { ...options, ...input }).architectures
    expect(count({ input: { height: 224, width: 224, channels: 3 } })).toBe(21_758_655_492_572_485_851n)
    expect(count()).toBe(25n * 7_371n ** 5n)
    expect(analysisOf(ir, 'ofa_mobilenetv3', options).pathCount).toBe(25n * 7_371n ** 5n)
  })

  it('has too many different sums to keep apart: they are kept in buckets, whose width is stated, and none is outside', () => {
    const [least, most] = [200_000_000, 230_000_000]
    const where = [{ quantity: 'macs', least, most }] as const
    const prepared = sampler(ir, 'ofa_mobilenetv3', options, { where })
    expect(prepared.blur).toBeGreaterThan(1)
    expect(prepared.atMost).toBeGreaterThan(prepared.count)
    const random = createRandom(1, 'sample')
    for (let draw = 0; draw < 200; draw++) {
      const { architecture, costs } = prepared.draw(random)
      const { macs, parameters } = costsOf(ir, 'ofa_mobilenetv3', architecture)
      expect([costs.macs, costs.parameters]).toEqual([macs, parameters])
      expect(macs).toBeGreaterThanOrEqual(least)
      expect(macs).toBeLessThanOrEqual(most)
    }
    const { blur, bucketWidth, buckets } = costHistogram(ir, 'ofa_mobilenetv3', options, 'macs')
    expect(blur).toBeGreaterThan(0)
    expect(blur).toBeLessThan(bucketWidth)
    expect(buckets.reduce((sum, { count }) => sum + count, 0n)).toBe(25n * 7_371n ** 5n)
  }, 120_000)

  it('is sampled between bounds that are nearer to each other than sums are kept', () => {
    const [least, most] = [200_000_000, 200_000_100]
    const prepared = sampler(ir, 'ofa_mobilenetv3', options, { where: [{ quantity: 'macs', least, most }] })
    expect([prepared.count, prepared.blur > 1000, prepared.atMost > 10n ** 15n]).toEqual([0n, true, true])
    const random = createRandom(1, 'sample')
    for (let draw = 0; draw < 3; draw++) {
      const { architecture, costs } = prepared.draw(random)
      const { macs } = costsOf(ir, 'ofa_mobilenetv3', architecture)
      expect(costs.macs).toBe(macs)
      expect([macs >= least, macs <= most]).toEqual([true, true])
    }
  }, 60_000)
})

describe('Pi-NAS', () => {
  const ir = compiledFile('spaces/pi-nas.nas')
  const options = { params: resolveParams(ir, {}) }

  it('has a histogram of exact sums', () => {
    const { blur, buckets } = costHistogram(ir, 'pi_nas', options, 'macs')
    expect(blur).toBe(0)
    expect(buckets.reduce((sum, { count }) => sum + count, 0n)).toBe(4n ** 16n)
  })

  it('costs between the bounds that were found apart from nasc, at these architectures', () => {
    const macs = costRange(ir, 'pi_nas', options, 'macs')
    const candidatesOf = (extreme = macs?.least): string =>
      Object.values(extreme?.architecture.decisions ?? {})
        .flat()
        .join('')
    expect(
      [macs?.least, macs?.greatest].map((each) => [candidatesOf(each), ((each?.value ?? NaN) / 1e9).toFixed(6)]),
    ).toEqual([
      ['3003000300000300', '5.173050'],
      ['2221222122222122', '5.567203'],
    ])
    const parameters = costRange(ir, 'pi_nas', options, 'parameters')
    expect([parameters?.least.value, parameters?.greatest.value]).toEqual([26_216_000, 27_645_710])
  })
})

describe('spaces that searches rewrite', () => {
  it.each([
    // Two inputs of each node and one of seven operations on each: 1,037,664,180 cells of each type.
    ['spaces/entrannas.nas', 'darts@entrannas', 1_037_664_180n ** 2n],
    ['spaces/toponas.nas', 'darts@toponas', undefined],
    ['spaces/entrannas.nas', 'darts@entrannas_dst', undefined],
  ])('%s, %s: multiplying decisions and counting paths give one number', (path, name, published) => {
    const ir = compiledFile(path)
    const space = ir.spaces.find(({ id }) => id.endsWith(name))?.id ?? ''
    const options = { params: resolveParams(ir, {}) }
    const { pathCount } = analysisOf(ir, space, options)
    expect(countArchitectures(ir, space, options).architectures).toBe(pathCount)
    if (published !== undefined) expect(pathCount).toBe(published)
  })
})

describe('cells', () => {
  it('DARTS with eight operations: 180 * 8^8 per type', () => {
    const ir = compiledFile('spaces/darts.nas')
    const params = resolveParams(ir, {})
    expect(countArchitectures(ir, 'darts', { params }).architectures).toBe((180n * 8n ** 8n) ** 2n)
    expect(analysisOf(ir, 'darts', { params }).pathCount).toBe((180n * 8n ** 8n) ** 2n)
  })

  it('NAS-Bench-201: 15,625, of which 6,466 are distinct', () => {
    const ir = compiledFile('spaces/nas-bench-201.nas')
    const params = resolveParams(ir, {})
    expect(analysisOf(ir, 'nas_bench_201', { params }).pathCount).toBe(15_625n)
    expect(countDistinct(ir, 'nas_bench_201', { params })).toEqual({ count: 6_466n })
  })
})
