import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { chain, writtenOne } from '../../support/spaces-of-tests.js'

describe('nasc explain FILE', () => {
  it('tells a space in words: documentation, network, choices, constraints, numbers', async () => {
    const file = writtenOne(
      chain.replace('  network {', '  require a.width < 8\n  network {').replace(/architecture Wide.*\n/, ''),
    )
    const { code, out } = await nasc('explain', file)
    expect(code).toBe(0)
    for (const text of [
      'A chain for tests.',
      'Two stages.',
      'Images of 8×8×3; 4 classes.',
      'classes_of_test = 4',
      'block  A convolution and what follows it.',
      'a.width: one of 2: 4 or 8',
      'a.layer[1].kernel … a.layer[2].kernel (2 choices, each): one of 2: 3 or 5',
      'a.width < 8',
      '6 architectures, counted exactly',
      'No architecture can take 8 for a.width',
      'Small of chain',
    ]) {
      expect(out).toContain(text)
    }
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(110)
  })

  it('tells the search clause by clause, with what the components mean', async () => {
    const { out } = await nasc('explain', 'spaces/darts.nas')
    const text = out.replace(/\s+/g, ' ')
    expect(text).toContain('relax through by softmax softmax: The weight of an option is its share in a softmax')
    expect(text).toContain('train weights on 50% of the training images by sgd(')
    expect(text).toContain('derive top(count: 2); never none')
    expect(text).toContain('scale paper epochs(count: 50), batch(count: 64)')
    expect(text).toContain('normal.n4.from: any 2 of 5: s0, s1, n1, n2 or n3')
    expect(text).toContain('Four nodes, each the sum of two earlier states')
  })

  it('is JSON too, with exact numbers as strings', async () => {
    const { out } = await nasc('explain', 'spaces/attentivenas.nas', '--json')
    const { spaces, searches } = JSON.parse(out)
    expect(spaces[0].facts.architectures).toBe('440301256704')
    expect(spaces[0].facts.costs).toContainEqual({ what: 'macs', least: 203_389_568, greatest: 1_939_335_808 })
    expect(searches[0].clauses.map((each: { clause: string }) => each.clause)).toContain('minimise')
  })
})

describe('nasc explain CODE', () => {
  it('prints the page of a diagnostic', async () => {
    const { code, out } = await nasc('explain', 'NAS2001')
    expect(code).toBe(0)
    expect(out).toMatch(/^# .*NAS2001/)
    expect(JSON.parse((await nasc('explain', 'nas2001', '--json')).out)).toEqual({ code: 'NAS2001', text: out })
  })

  it('knows when there is none', async () => {
    const { code, err } = await nasc('explain', 'NAS0000')
    expect(code).toBe(2)
    expect(err).toContain('NAS0000')
  })
})
