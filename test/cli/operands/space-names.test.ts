import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'

describe('--space', () => {
  it('takes the name of a search for the space that the search rewrites', async () => {
    const long = await nasc('count', 'spaces/entrannas.nas', '--space', 'darts.darts@entrannas_dst', '--json')
    const short = await nasc('count', 'spaces/entrannas.nas', '--space', 'entrannas_dst', '--json')
    expect(long.code).toBe(0)
    expect(short).toEqual(long)
  })

  it('tells a space from the one that a search makes of it', async () => {
    const base = await nasc('count', 'spaces/toponas.nas', '--space', 'darts', '--json')
    const rewritten = await nasc('count', 'spaces/toponas.nas', '--space', 'toponas', '--json')
    expect(JSON.parse(base.out).architectures).toBe('9119789245425254400')
    expect(JSON.parse(rewritten.out).architectures).toBe('508933215493457119805440000')
  })

  it('lists short names where none is given and where several fit', async () => {
    const none = await nasc('count', 'spaces/entrannas.nas')
    expect(none.code).toBe(2)
    expect(none.err).toContain('has 3 spaces: entrannas, entrannas_dst, entrannas_extended.')
    const several = await nasc('count', 'spaces/entrannas.nas', '--space', 'darts')
    expect(several.code).toBe(2)
    expect(several.err).toContain('has 3 spaces called darts: entrannas, entrannas_dst, entrannas_extended.')
  })

  it('knows near names', async () => {
    const { code, err } = await nasc('sample', 'spaces/entrannas.nas', '--space', 'entranas_dst')
    expect(code).toBe(2)
    expect(err).toContain("has no space 'entranas_dst'")
    expect(err).toContain('Did you mean `entrannas_dst`?')
  })

  it('is read alike by other commands', async () => {
    const { code, out } = await nasc('graph', 'spaces/entrannas.nas', '--format', 'dot', '--space', 'entrannas')
    expect(code).toBe(0)
    expect(out).toContain('digraph')
  })
})
