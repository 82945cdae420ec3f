import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'

const darts = 'spaces/darts.nas'

/** What stands in the boxes of a drawing, without the letters' faces. */
function words(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => (match[1] ?? '').trim())
}

describe('nasc graph', () => {
  it('draws a cell with its 14 edges, those that need not be there dashed, and the options once', async () => {
    const { code, out } = await nasc('graph', darts, '--cell', 'normal', '--format', 'dot')
    expect(code).toBe(0)
    // Nodes 1 to 4 may read 2, 3, 4, 5 states: 14 edges, of two lines each; all but the two of node 1 are a choice.
    expect(out.match(/style=dashed/g)).toHaveLength(2 * 12)
    expect(out.match(/dil_conv\(5\)/g)).toHaveLength(1)
    for (const text of ['any 2 of 3', 'any 2 of 4', 'any 2 of 5', 'concat']) expect(out).toContain(text)
    expect(out).not.toContain('any 2 of 2')
  })

  it('draws the edges that an architecture takes, and no others', async () => {
    const { out } = await nasc('graph', darts, '--arch', 'DARTS_V2', '--cell', 'normal')
    const found = words(out)
    expect(found.filter((word) => word === 'sep_conv(3)')).toHaveLength(5)
    expect(found.filter((word) => word === 'skip')).toHaveLength(2)
    expect(found.filter((word) => word === 'dil_conv(3)')).toHaveLength(1)
    expect(out).not.toContain('stroke-dasharray')
  })

  it('draws connections: several operations may stand on an edge, in the colours of the operations', async () => {
    const { out } = await nasc(
      'graph',
      'spaces/entrannas.nas',
      '--space',
      'darts.darts@entrannas_dst',
      '--cell',
      'normal',
    )
    const found = words(out)
    expect(found.filter((word) => word === 'sep_conv(3)')).toHaveLength(14)
    // Seven operations on every edge: seven colours.
    expect(new Set([...out.matchAll(/fill="([^"]*)">■/g)].map((match) => match[1])).size).toBe(7)
    // Two inputs and seven operations for the first node, five inputs for the last.
    for (const text of ['any 1–14 of 14', 'any 1–35 of 35']) expect(found).toContain(text)
  })

  it('draws a network of cells: equal neighbours once, with their number, and the shapes between them', async () => {
    const { out } = await nasc('graph', darts, '--format', 'mermaid', '--set', 'cells=20')
    // Reductions at 6 and 13 of 20.
    expect(out).toContain('cells ×20')
    for (const text of ['normal ×6', 'reduction']) expect(out).toContain(text)
    expect(out).toContain('32×32×48')
    expect(out).toContain('10 classes')
  })

  it('draws stages as clusters with depth, width and the range of shapes', async () => {
    const { out } = await nasc('graph', 'spaces/attentivenas.nas', '--format', 'dot')
    for (const text of ['mb2 ×3–5', 'mb5 ×3–8', 'width 24 | 32', 'kernel 3 | 5', 'expand 4 | 5 | 6']) {
      expect(out).toContain(text)
    }
    // Half of 192 to 288 behind the stem.
    expect(out).toContain('(96–144)²×16–24')
    const one = await nasc('graph', 'spaces/attentivenas.nas', '--arch', 'A1', '--format', 'dot')
    expect(one.out).toContain('mb2 ×3<')
    expect(one.out).toContain('112×112×16')
  })

  it('gives the same text each time, and JSON', async () => {
    const first = await nasc('graph', darts, '--json')
    const second = await nasc('graph', darts, '--json')
    expect(first).toEqual(second)
    const { title, format, text } = JSON.parse(first.out)
    expect({ title, format }).toEqual({ title: 'darts', format: 'svg' })
    expect(text).toMatch(/^<svg [\s\S]*<\/svg>\s*$/)
  })

  it('writes a file whose name says the format', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'nasc-test-')), 'cell.dot')
    const { code, out } = await nasc('graph', darts, '--cell', 'reduction', '--out', file)
    expect({ code, out }).toEqual({ code: 0, out: `${file}\n` })
    expect(readFileSync(file, 'utf8')).toMatch(/^digraph "darts reduction" \{/)
  })

  it('names a cell that is not there', async () => {
    const { code, err } = await nasc('graph', darts, '--cell', 'norml')
    expect(code).toBe(2)
    expect(err).toContain('Did you mean `normal`?')
  })
})
