import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../../../src/space/decisions/decision.js'
import { derive } from '../../../../../src/runtime/search/step/derive.js'
import { failureOf } from '../../../../support/failures.js'

const options = ['skip of s0', 'conv of s0', 'skip of s1', 'conv of s1']
const node: Decision = { path: 'normal.n1.from', kind: 'from', options, arity: { least: 1, most: 4 } }
const plan = { rules: [{ by: { component: 'nonzero', arguments: {} } }], except: [] }
const weighted = (...weights: readonly number[]) => ({ weights: { [node.path]: weights } })

describe('nonzero', () => {
  it('takes all that has a weight, the strongest first: several operations on one edge, one input or many', () => {
    expect(derive(plan, [node], weighted(0.2, 0.7, 0, 0.1))).toEqual({ [node.path]: [1, 0, 3] })
    expect(derive(plan, [node], weighted(0, 0, 1, 0))).toEqual({ [node.path]: [2] })
  })

  it('leaves out what is excepted', () => {
    const found = derive({ ...plan, except: ['conv of s0'] }, [node], weighted(0.2, 0.7, 0, 0.1))
    expect(found).toEqual({ [node.path]: [0, 3] })
  })

  it('refuses a choice that does not take as many', async () => {
    const two = { ...node, arity: { least: 2, most: 2 } }
    const failure = await failureOf(() => derive(plan, [two], weighted(0.2, 0.7, 0, 0.1)))
    expect(failure.code).toBe('NAS7591')
    expect(failure.message).toContain('3 options, but it takes 2')
  })
})
