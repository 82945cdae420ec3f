import { describe, expect, it } from 'vitest'
import { closestClause, targetedDecisions } from '../../../src/space/binding/clause-target.js'
import type { Decision } from '../../../src/space/index.js'

const decision = (path: string, kind: string, options: readonly string[] = ['3', '5']): Decision => ({
  path,
  kind,
  options,
})
const decisions = [
  decision('resolution', 'resolution'),
  decision('mb2.width', 'width'),
  decision('mb2.layer[1].kernel', 'kernel'),
  decision('mb2.layer[2].kernel', 'kernel'),
  decision('mb2.layer[2].block.expand', 'expand'),
  decision('normal.n1.from', 'from', ['skip of s0', 'skip of s1']),
  decision('normal.n2.from', 'from', ['s0', 's1', 'n1']),
  decision('normal.n2.through[s0]', 'through', ['skip', 'none']),
]
const targeted = (target: string): readonly string[] => targetedDecisions(target, decisions).map(({ path }) => path)

describe('the target of a clause', () => {
  it.each([
    ['all', decisions.map(({ path }) => path)],
    ['kernel', ['mb2.layer[1].kernel', 'mb2.layer[2].kernel']],
    ['resolution', ['resolution']],
    ['connections', ['normal.n1.from']],
    ['from', ['normal.n1.from', 'normal.n2.from']],
    ['normal.n2.through[s0]', ['normal.n2.through[s0]']],
    ['mb2.layer[2].kernel', ['mb2.layer[2].kernel']],
    ['mb2.layer[2]', ['mb2.layer[2].kernel', 'mb2.layer[2].block.expand']],
    ['normal', ['normal.n1.from', 'normal.n2.from', 'normal.n2.through[s0]']],
    ['normal.n2', ['normal.n2.from', 'normal.n2.through[s0]']],
    ['mb2.kernel', ['mb2.layer[1].kernel', 'mb2.layer[2].kernel']],
    ['mb2.block', ['mb2.layer[2].block.expand']],
    ['mb', []],
    ['kern', []],
    ['normal.n', []],
  ])('%s', (target, paths) => {
    expect(targeted(target)).toEqual(paths)
  })

  it('is taken the closer it is: the path, one around it, the kind, all; the first of equals', () => {
    const closest = (targets: readonly string[], at: Decision | undefined): string | undefined =>
      at &&
      closestClause(
        targets.map((target) => ({ target })),
        at,
      )?.target
    const kernel = decisions[3]
    const inOrder = ['all', 'kernel', 'mb2', 'mb2.layer[2].kernel']
    for (const count of [1, 2, 3, 4]) {
      const targets = inOrder.slice(0, count)
      expect(closest(targets, kernel)).toBe(inOrder[count - 1])
      expect(closest(targets.toReversed(), kernel)).toBe(inOrder[count - 1])
    }
    expect(closest(['mb2', 'mb2.kernel'], kernel)).toBe('mb2')
    expect(closest(['mb2.kernel', 'mb2'], kernel)).toBe('mb2.kernel')
    expect(closest(['width', 'normal'], kernel)).toBeUndefined()
  })
})
