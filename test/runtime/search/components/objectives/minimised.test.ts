import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../../src/analysis/index.js'
import { softmaxOf } from '../../../../../src/runtime/operations/softmax.js'
import { buildStep, figureName } from '../../../../../src/runtime/plan/step.js'
import { isBinary, isUnary, type Formula } from '../../../../../src/runtime/search/components/formula.js'
import { openMinimised } from '../../../../../src/runtime/search/components/objectives/minimised.js'
import { resolveSettings } from '../../../../../src/runtime/search/settings/settings.js'
import { relaxSpace } from '../../../../../src/runtime/search/step/relax-space.js'
import { buildNetwork } from '../../../../../src/space/index.js'
import { numbersFrom, randomArray } from '../../../../support/numbers.js'
import { compiledText } from '../../../../support/programs.js'
import { batchOf, openVariables, runStep } from '../../../../support/step-runner.js'

const program = (minimise: string): string => `import { conv, global_pool, linear, relu } from std:nn
import std:search
param weight = 0.5
let scaled = macs(full).expected / 1k
space small {
  input image(4, 2); classes 3
  network { stem conv(4, one of {1, 3}) -> relu; head global_pool -> linear(classes) }
}
search by_gradient of small {
  relax    all by softmax
  minimise ${minimise}
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
  epochs 1; batch 4
}`
const ir = compiledText(program('cross_entropy'))
const relaxed = relaxSpace(resolveSettings(ir, {}).relax, decisionsOf(ir, 'small', { params: {} }))
const network = buildNetwork(ir, 'small', { params: {}, binding: relaxed.binding, mode: 'shared' })

/** What a formula comes to on fixed numbers. */
function stepOf(formula: Formula) {
  const objective = openMinimised(formula, 'minimise').emission
  const step = buildStep(network, {
    batch: 4,
    mode: 'train',
    gradients: 'choices',
    weights: relaxed.weights,
    objective,
  })
  const store = openVariables(step, new Map(), numbersFrom(3))
  const inputs = batchOf(step, numbersFrom(4))
  return { store, run: () => runStep(step, store, inputs) }
}

const leaves = {
  cross_entropy: { component: 'cross_entropy', arguments: { smoothing: 0 } },
  'cross_entropy[2]': { component: 'cross_entropy', arguments: { smoothing: 0.2 } },
  'macs.expected': { cost: 'macs', variant: 'expected' },
  'parameters.expected': { cost: 'parameters', variant: 'expected' },
} as const satisfies Readonly<Record<string, Formula>>
type Leaf = keyof typeof leaves

/** A formula with the function that it is of its leaves, computed beside it. */
interface Random {
  readonly formula: Formula
  readonly of: (values: Readonly<Record<Leaf, number>>) => number
}

function randomFormula(random: () => number, depth: number): Random {
  const inner = (): Random => randomFormula(random, depth - 1)
  const kind = depth === 0 ? Math.floor(random() * 2) : 2 + Math.floor(random() * 7)
  if (kind === 0) {
    const value = 0.5 + random()
    return { formula: value, of: () => value }
  }
  if (kind === 1) {
    const names = Object.keys(leaves) as Leaf[]
    const name = names[Math.floor(random() * names.length)] ?? 'cross_entropy'
    return { formula: leaves[name], of: (values) => values[name] }
  }
  const [a, b] = [inner(), inner()]
  const binary = (operator: '+' | '-' | '*' | '/' | '^', of: (x: number, y: number) => number): Random => ({
    formula: { operator, left: a.formula, right: b.formula },
    of: (values) => of(a.of(values), b.of(values)),
  })
  switch (kind) {
    case 2:
      return { formula: { operator: 'minus', operand: a.formula }, of: (values) => -a.of(values) }
    case 3:
      return { formula: { operator: 'log', operand: a.formula }, of: (values) => Math.log(a.of(values)) }
    case 4:
      return binary('-', (x, y) => x - y)
    case 5:
      return binary('*', (x, y) => x * y)
    case 6:
      return binary('/', (x, y) => x / y)
    case 7:
      return binary('^', (x, y) => x ** y)
    default:
      return binary('+', (x, y) => x + y)
  }
}

/** The leaves of a formula in the order in which they are written. */
function leavesOf(formula: Formula): readonly Formula[] {
  if (typeof formula === 'number') return []
  if (isBinary(formula)) return [...leavesOf(formula.left), ...leavesOf(formula.right)]
  return isUnary(formula) ? leavesOf(formula.operand) : [formula]
}

describe('what is minimised', () => {
  it('is the value of its formula, and its gradient agrees with central differences: random formulas', () => {
    const random = numbersFrom(17)
    const sum = (left: Formula, right: Formula): Formula => ({ operator: '+', left, right })
    const all = stepOf(Object.values<Formula>(leaves).reduce(sum)).run()
    const values = Object.fromEntries(Object.keys(leaves).map((name) => [name, all[figureName(name)]?.[0] ?? NaN]))
    let compared = 0
    for (let draw = 0; draw < 45; draw++) {
      const { formula, of } = randomFormula(random, 1 + (draw % 3))
      const expected = of(values as Record<Leaf, number>)
      if (leavesOf(formula).length === 0 || !(Math.abs(expected) > 1e-6 && Math.abs(expected) < 1e9)) continue
      const { store, run } = stepOf(formula)
      const found = run()
      expect((found['loss']?.[0] ?? NaN) / expected, JSON.stringify(formula)).toBeCloseTo(1, 9)
      const logits = store.get('choices/stem.kernel') ?? new Float64Array()
      logits.forEach((value, i) => {
        const at = (moved: number): number => {
          logits[i] = moved
          return run()['loss']?.[0] ?? NaN
        }
        const slope = (at(value + 1e-4) - at(value - 1e-4)) / 2e-4
        logits[i] = value
        const exact = found['gradient/choices/stem.kernel']?.[i] ?? 0
        expect(Math.abs(slope - exact) / Math.max(1, Math.abs(exact)), JSON.stringify(formula)).toBeLessThan(1e-5)
      })
      compared++
    }
    expect(compared).toBeGreaterThan(20)
  })

  it('tells the value of every objective and cost, where there are several', () => {
    const { cross_entropy: first, 'cross_entropy[2]': second, 'macs.expected': macs } = leaves
    const cost: Formula = { operator: '*', left: 1e-3, right: macs }
    const right: Formula = { operator: '+', left: second, right: cost }
    const told = stepOf({ operator: '+', left: first, right }).run()
    const figures = Object.keys(told).filter((name) => name.startsWith(figureName('')))
    expect(figures).toEqual(['cross_entropy', 'cross_entropy[2]', 'macs.expected'].map(figureName))
    const [a = NaN, b = NaN, c = NaN] = figures.map((name) => told[name]?.[0])
    expect(told['loss']?.[0]).toBeCloseTo(a + b + 1e-3 * c, 12)
    expect(Object.keys(stepOf(first).run()).filter((name) => name.startsWith(figureName('')))).toEqual([])
  })

  it('is plain data, made of the program: numbers are evaluated, several objectives are a sum, a let is what it names', () => {
    const text = program(
      '-2 * cross_entropy * (weight + 0.5) + scaled ^ log(weight * 2), cross_entropy(smoothing: 0.1)',
    )
    const { minimise } = resolveSettings(compiledText(text), { set: { weight: 0.75 } })
    const scaled = {
      operator: '/',
      left: { cost: 'macs', variant: 'expected', convention: 'full' },
      right: 1000,
    }
    const negated = {
      operator: '*',
      left: -2,
      right: { component: 'cross_entropy', arguments: { smoothing: 0, for: { component: 'all', arguments: {} } } },
    }
    expect(minimise).toEqual({
      operator: '+',
      left: {
        operator: '+',
        left: { operator: '*', left: negated, right: 1.25 },
        right: { operator: '^', left: scaled, right: Math.log(1.5) },
      },
      right: { component: 'cross_entropy', arguments: { smoothing: 0.1, for: { component: 'all', arguments: {} } } },
    })
    expect(openMinimised(minimise, 'minimise').smoothing).toBe(0)
  })

  it('speaks at a pass of what is for it alone, and distils from another pass without gradient', () => {
    const text = program('cross_entropy for largest, 2 * distill(from: largest, temperature: 3, for: others)')
    const objective = openMinimised(resolveSettings(compiledText(text), {}).minimise, 'minimise').emission
    const at = (pass: string) => {
      const step = buildStep(network, {
        batch: 4,
        mode: 'train',
        gradients: 'weights',
        weights: relaxed.weights,
        objective,
        pass,
      })
      const store = openVariables(step, new Map(), numbersFrom(3))
      const teacher = randomArray([4, 3], numbersFrom(9))
      const found = runStep(step, store, { ...batchOf(step, numbersFrom(4)), 'pass/largest/logits': teacher })
      return { step, found, teacher }
    }
    const largest = at('largest')
    expect(largest.step.figures).toEqual(['cross_entropy'])
    expect(largest.step.inputs.map(({ name }) => name).sort()).toEqual(['images', 'labels'])
    expect(largest.found['loss']).toEqual(largest.found[figureName('cross_entropy')])

    const { step, found, teacher } = at('middle[1]')
    expect(step.figures).toEqual(['distill'])
    const rows = [0, 1, 2, 3].map((row) => {
      const student = softmaxOf((found['logits'] ?? new Float64Array()).slice(3 * row, 3 * row + 3), 3)
      return softmaxOf(teacher.slice(3 * row, 3 * row + 3), 3).reduce(
        (sum, p, k) => sum - p * Math.log(student[k] ?? 0),
        0,
      )
    })
    const mean = rows.reduce((sum, row) => sum + row, 0) / 4
    expect(found[figureName('distill')]?.[0]).toBeCloseTo(mean, 12)
    expect(found['loss']?.[0]).toBeCloseTo(2 * mean, 12)
  })

  it('for all of a step says nothing at the pass that it distils from', () => {
    const text = program('cross_entropy + distill(from: largest)')
    const objective = openMinimised(resolveSettings(compiledText(text), {}).minimise, 'minimise').emission
    const figures = (pass: string) =>
      buildStep(network, { batch: 4, mode: 'train', weights: relaxed.weights, objective, pass }).figures
    expect(figures('largest')).toEqual(['cross_entropy'])
    expect(figures('network[1]')).toEqual(['cross_entropy', 'distill'])
  })
})
