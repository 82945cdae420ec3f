import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { chain, writtenOne } from '../../support/spaces-of-tests.js'

/** Without the architecture that constraints on the width would exclude. */
const narrowed = chain.replace(/^architecture Wide.*\n/m, '')

describe('nasc count', () => {
  it('counts pairs of DARTS cells: choose two of k inputs, eight operations on each', async () => {
    const { code, out } = await nasc('count', 'spaces/darts.nas', '--json')
    expect(code).toBe(0)
    const { architectures, distinct, perDecision, constraints } = JSON.parse(out)
    const perCell = [2n, 3n, 4n, 5n].reduce((product, k) => (product * k * (k - 1n) * 64n) / 2n, 1n)
    expect(architectures).toBe((perCell * perCell).toString())
    expect(distinct).toBeNull()
    expect(perDecision['normal.n4.from']).toBe('10')
    expect(perDecision['reduction.n1.through[s0]']).toBe('8')
    expect(constraints).toEqual([])
  })

  it('counts a decision only where it exists, and prints every decision', async () => {
    const { code, out } = await nasc('count', writtenOne(chain))
    // Two widths; one layer with two kernels, or two layers with two each.
    expect(code).toBe(0)
    expect(out).toContain('chain: 12 architectures\n')
    expect(out).toMatch(/a\.layer\[1\]\.kernel … a\.layer\[2\]\.kernel: 2, 2 times/)
  })

  it('counts under constraints, which it names', async () => {
    const file = writtenOne(narrowed.replace('  network {', '  require a.width < 8\n  network {'))
    const { code, out } = await nasc('count', file)
    expect(code).toBe(0)
    expect(out).toContain('chain: 6 architectures\n  under: a.width < 8\n')
  })

  it('says which constraints cannot hold together, with exit code 1', async () => {
    const file = writtenOne(
      chain
        .replace('  network {', '  require a.width < 8\n  require a.width > 4\n  network {')
        .replace(/architecture[^]*$/, ''),
    )
    const { code, out } = await nasc('count', file, '--json')
    // The compiler may refuse such a space before it is counted.
    expect(code).toBe(1)
    expect(out).toContain('a.width < 8')
    expect(out).toContain('a.width > 4')
  })

  it('spreads them over a cost: as many in all', async () => {
    const { out } = await nasc('count', writtenOne(chain), '--by', 'macs', '--json')
    const { histogram } = JSON.parse(out)
    const counts = histogram.buckets.map((bucket: { count: string }) => Number(bucket.count))
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(12)
    expect(histogram).toMatchObject({ convention: 'conv-fc', bucketWidth: 1, blur: 0 })
    const text = await nasc('count', writtenOne(chain), '--by', 'macs')
    expect(text.out).toContain('macs (conv-fc), one line for each cost\n')
  })

  it('says how wide the buckets are, and how far a cost may lie outside of its own', async () => {
    const file = 'spaces/ofa-mobilenetv3.nas'
    const { histogram } = JSON.parse((await nasc('count', file, '--by', 'activation_bytes', '--json')).out)
    expect(histogram.blur).toBeGreaterThan(0)
    expect(histogram.bucketWidth).toBeGreaterThan(histogram.blur)
    const { out } = await nasc('count', file, '--by', 'activation_bytes')
    const grouped = (number: number): string => number.toLocaleString('en-US')
    expect(out).toContain(
      `activation_bytes (conv-fc), in buckets of ${grouped(histogram.bucketWidth)}; ` +
        `sums are kept coarsely: a cost may lie up to ${grouped(histogram.blur)} above its bucket\n`,
    )
  }, 60_000)
})

describe('nasc cost --least and --greatest', () => {
  it.each([
    ['--least', 203_389_568],
    ['--greatest', 1_939_335_808],
  ])('finds the %s network of AttentiveNAS', async (flag, macs) => {
    const { code, out } = await nasc('cost', 'spaces/attentivenas.nas', flag, '--json')
    expect(code).toBe(0)
    const cost = JSON.parse(out)
    expect(cost.macs).toBe(macs)
    expect(cost.architecture).toMatch(/^architecture (least|greatest) of attentivenas \{/)
  })

  it('keeps to constraints, and goes by another cost', async () => {
    const file = writtenOne(narrowed.replace('  network {', '  require a.width < 8\n  network {'))
    const dearest = JSON.parse((await nasc('cost', file, '--greatest', '--by', 'parameters', '--json')).out)
    expect(dearest.architecture).toContain('a { width 4,')
    expect(dearest.architecture).toContain('layer[2].kernel 5')
    // stem; two layers 5x5x4x4 with batch norm; stage b 3x3x4x8 with batch norm; linear with bias
    expect(dearest.parameters).toBe(3 * 3 * 3 * 4 + 2 * (25 * 16 + 8) + (9 * 32 + 16) + (8 * 4 + 4))
  })

  it('refuses two of them together', async () => {
    expect((await nasc('cost', 'spaces/darts.nas', '--least', '--supernet')).code).toBe(2)
    expect((await nasc('cost', 'spaces/darts.nas', '--supernet', '--by', 'macs')).code).toBe(2)
  })
})
