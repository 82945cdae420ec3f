import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../../src/space/decisions/decision.js'
import { softmaxOf } from '../../../../src/runtime/operations/softmax.js'
import { derive } from '../../../../src/runtime/search/step/derive.js'
import type { DerivePlan } from '../../../../src/runtime/search/settings/plan.js'
import { failureOf } from '../../../support/failures.js'

const operations = ['none', 'max_pool(3)', 'skip', 'sep_conv(3)', 'sep_conv(5)']

/** A node with its inputs, and one row of logits per input. */
function node(path: string, rows: Readonly<Record<string, readonly number[]>>) {
  const sources = Object.keys(rows)
  const from: Decision = { path: `${path}.from`, kind: 'from', options: sources, arity: { least: 2, most: 2 } }
  const through = sources.map((source): Decision => ({
    path: `${path}.through[${source}]`,
    kind: 'through',
    options: operations,
  }))
  const weights = Object.entries(rows).map(([source, row]) => [`${path}.through[${source}]`, softmaxOf(row)] as const)
  return { decisions: [from, ...through], weights: Object.fromEntries(weights) }
}

const top2: DerivePlan = {
  rules: [{ by: { component: 'top', arguments: { count: 2 } } }],
  except: ['none'],
}

describe('top(2) except none', () => {
  it('keeps the two strongest inputs, the strongest first, each with its strongest operation', () => {
    const { decisions, weights } = node('normal.n2', {
      s0: [0, 0, 2, 0, 0],
      s1: [0, 0, 0, 1, 0],
      n1: [0, 0, 0, 0, 3],
    })
    expect(derive(top2, decisions, { weights })).toEqual({
      'normal.n2.from': [2, 0],
      'normal.n2.through[n1]': [4],
      'normal.n2.through[s0]': [2],
    })
  })

  it('counts none in the softmax: an edge that none dominates is weak, whatever its best operation', () => {
    // The best operation of s0 has the greatest logit of the node, but none takes nearly all of the softmax.
    const { decisions, weights } = node('normal.n2', {
      s0: [9, 0, 0, 5, 0],
      s1: [0, 0.2, 0, 0, 0],
      n1: [0, 0, 0, 0, 0.1],
    })
    expect(derive(top2, decisions, { weights })).toEqual({
      'normal.n2.from': [1, 2],
      'normal.n2.through[s1]': [1],
      'normal.n2.through[n1]': [4],
    })
  })

  it('never derives none, and still derives an edge that none dominates where it must', () => {
    const { decisions, weights } = node('normal.n1', { s0: [9, 0, 0, 1, 0], s1: [9, 0, 2, 0, 0] })
    expect(derive(top2, decisions, { weights })).toEqual({
      'normal.n1.from': [1, 0],
      'normal.n1.through[s1]': [2],
      'normal.n1.through[s0]': [3],
    })
  })

  it('breaks ties by the order of sources, and of operations', () => {
    const row = [0.5, 0.1, 0.7, 0.7, 0.1]
    const { decisions, weights } = node('reduction.n3', { s0: row, s1: row, n1: row, n2: row })
    expect(derive(top2, decisions, { weights })).toEqual({
      'reduction.n3.from': [0, 1],
      'reduction.n3.through[s0]': [2],
      'reduction.n3.through[s1]': [2],
    })
  })

  it('an exception with arguments speaks of just that operation', () => {
    const { decisions, weights } = node('normal.n1', { s0: [0, 0, 0, 1, 2], s1: [0, 0, 0, 1, 2] })
    const taken = derive({ ...top2, except: ['none', 'sep_conv(5)'] }, decisions, { weights })
    expect(taken['normal.n1.through[s0]']).toEqual([3])
    const all = derive({ ...top2, except: ['sep_conv'] }, decisions, { weights })
    expect(all['normal.n1.through[s0]']).toEqual([0])
  })

  it('refuses a count that the node does not take', async () => {
    const { decisions, weights } = node('normal.n1', { s0: [0, 0, 0, 0, 0], s1: [0, 0, 0, 0, 0] })
    const plan: DerivePlan = { ...top2, rules: [{ by: { component: 'top', arguments: { count: 1 } } }] }
    const failure = await failureOf(() => derive(plan, decisions, { weights }))
    expect(failure.code).toBe('NAS7507')
    expect(failure.message).toContain('normal.n1.from')
  })
})

describe('argmax', () => {
  const kernel: Decision = { path: 'stem.kernel', kind: 'kernel', options: ['3', '5', '7'], values: [3, 5, 7] }
  const argmax = { component: 'argmax', arguments: {} }

  it('takes the option with the largest weight', () => {
    const taken = derive({ rules: [{ by: argmax }], except: [] }, [kernel], {
      weights: { 'stem.kernel': [0.2, 0.5, 0.3] },
    })
    expect(taken).toEqual({ 'stem.kernel': [1] })
  })

  it('works beside top: rules decide what is left open by those before them', () => {
    const { decisions, weights } = node('normal.n1', { s0: [0, 0, 0, 1, 0], s1: [0, 1, 0, 0, 0] })
    const plan: DerivePlan = { rules: [...top2.rules, { by: argmax, target: 'kernel' }], except: ['none'] }
    const taken = derive(plan, [...decisions, kernel], { weights: { ...weights, 'stem.kernel': [0, 0, 1] } })
    expect(taken).toEqual({
      'normal.n1.from': [0, 1],
      'normal.n1.through[s0]': [3],
      'normal.n1.through[s1]': [1],
      'stem.kernel': [2],
    })
  })

  it('refuses a choice of several inputs, and a decision that no rule speaks of', async () => {
    const { decisions, weights } = node('normal.n2', { s0: [0, 0, 0, 1, 0], s1: [0, 1, 0, 0, 0], n1: [0, 0, 0, 0, 1] })
    const several = await failureOf(() => derive({ rules: [{ by: argmax }], except: [] }, decisions, { weights }))
    expect(several.code).toBe('NAS7506')
    const open = await failureOf(() => derive(top2, [...decisions, kernel], { weights }))
    expect(open).toMatchObject({ code: 'NAS7509', message: expect.stringContaining('stem.kernel') as string })
  })
})

describe('argmax of from, then argmax of through except none', () => {
  const plan: DerivePlan = {
    rules: ['from', 'through'].map((target) => ({ by: { component: 'argmax', arguments: {} }, target })),
    except: ['none'],
  }
  // The operations like s0 and s1 best, the topology s1 and n1; on n1 none is the strongest of all.
  const { decisions, weights } = node('normal.n2', {
    s0: [0, 0, 0, 9, 0],
    s1: [0, 0, 0, 0, 9],
    n1: [3, 0, 0.1, 0, 0],
  })
  const pairs = {
    of: [
      [0, 1],
      [0, 2],
      [1, 2],
    ],
    chances: [0.2, 0.3, 0.5],
  }

  it('takes the likeliest set whatever its operations weigh, and no operation where nothing leads', () => {
    const evidence = {
      weights: { ...weights, 'normal.n2.from': [0.5, 0.7, 0.8] },
      sets: { 'normal.n2.from': pairs },
    }
    expect(derive(plan, decisions, evidence)).toEqual({
      'normal.n2.from': [2, 1],
      'normal.n2.through[s1]': [4],
      'normal.n2.through[n1]': [2],
    })
    // What couples the two takes the other edges.
    expect(derive(top2, decisions, { weights })['normal.n2.from']?.toSorted()).toEqual([0, 1])
  })

  it('is ragged: as many inputs as the likeliest set has', () => {
    const any = decisions.map((decision) => (decision.arity ? { ...decision, arity: { least: 1, most: 3 } } : decision))
    const sets = {
      of: [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]],
      chances: [0.1, 0.1, 0.3, 0.1, 0.2, 0.1, 0.1],
    }
    const evidence = {
      weights: { ...weights, 'normal.n2.from': [0.5, 0.4, 0.7] },
      sets: { 'normal.n2.from': sets },
    }
    expect(derive(plan, any, evidence)).toEqual({ 'normal.n2.from': [2], 'normal.n2.through[n1]': [2] })
  })
})
