import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { passes } from '../../../src/runtime/optimise/optimise.js'
import { recomputeWhere } from '../../../src/runtime/optimise/recompute.js'
import { rematerialiseMasks } from '../../../src/runtime/optimise/rematerialise-masks.js'
import { buildStep, type Step } from '../../../src/runtime/plan/step.js'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { gradients } from '../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../src/runtime/program/interpret.js'
import type { Program, ValueId } from '../../../src/runtime/program/program.js'
import { validate } from '../../../src/runtime/program/validate.js'
import { summarise } from '../../../src/runtime/program/summary.js'
import { smallNetwork, smallSupernet } from '../../support/networks.js'
import { largestDifference, numbersFrom } from '../../support/numbers.js'
import { batchOf, openVariables, runStep, type Store } from '../../support/step-runner.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const names = passes.map(({ name }) => name)
const sets = [...names.map((name) => [name]), ...names.map((name) => names.filter((other) => other !== name)), names]

/** Outputs (gradients among them) and variables after one run from the same start. */
function resultsOf(step: Step) {
  const start = numbersFrom(7)
  const store: Store = openVariables(step, new Map(), start)
  const inputs = { ...batchOf(step, numbersFrom(8)), learningRate: 0.1 }
  return { outputs: runStep(step, store, inputs), store }
}

describe.each([
  ['a supernet', smallSupernet()],
  ['a network', smallNetwork()],
])('passes on %s', (_, network) => {
  const plan = (chosen: readonly string[]): Step =>
    buildStep(
      network,
      {
        batch: 3,
        mode: 'train',
        gradients: 'all',
        auxiliaryWeight: 0.4,
        update: {
          variables: 'weights',
          optimiser: sgdEmission({ momentum: 0.9, decay: 0.01, nesterov: false }),
          clip: 1,
        },
        passes: chosen,
      },
      { fusedKernels: true },
    )
  const plain = plan([])
  const expected = resultsOf(plain)

  it.each(sets.map((set) => [set.join(' + '), set] as const))(
    '%s: same outputs, gradients and variables',
    (_name, set) => {
      const step = plan(set)
      validate(step.program)
      const { outputs, store } = resultsOf(step)
      expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(expected.outputs).toSorted())
      for (const [name, output] of Object.entries(outputs)) {
        expect(largestDifference(output, expected.outputs[name] ?? []), name).toBeLessThan(1e-11)
      }
      for (const [name, variable] of store) {
        expect(largestDifference(variable, expected.store.get(name) ?? []), name).toBeLessThan(1e-11)
      }
    },
  )

  it('recompute, wherever it can: same outputs, gradients and variables', () => {
    const optimised = plan(names)
    const program = recomputeWhere(() => true).run(optimised.program)
    validate(program)
    const again = (operation: string) =>
      [program, optimised.program].map(
        ({ operations }) => operations.filter((each) => each.operation === operation).length,
      )
    const [after = 0, before = 0] = again('relu')
    expect(after).toBeGreaterThan(before)
    const { outputs, store } = resultsOf({ ...optimised, program })
    for (const [name, output] of Object.entries(outputs)) {
      expect(largestDifference(output, expected.outputs[name] ?? []), name).toBeLessThan(1e-11)
    }
    for (const [name, variable] of store) {
      expect(largestDifference(variable, expected.store.get(name) ?? []), name).toBeLessThan(1e-11)
    }
  })

  it('make less of it', () => {
    const [before, after] = [summarise(plain.program), summarise(plan(names).program)]
    expect(after.operations).toBeLessThan(before.operations)
    expect(after.flops).toBeLessThan(before.flops)
  })
})

describe('a loss that is no cross-entropy', () => {
  /** The gradients of dot(product, target) with respect to weights, by way of what `forward` emits. */
  const differentiated = (forward: (builder: ProgramBuilder, x: ValueId, w: ValueId) => ValueId) => {
    const builder = new ProgramBuilder()
    const [x, w] = [builder.input('x', [2, 1, 1, 3]), builder.variable('w', [3])]
    const y = forward(builder, x, w)
    const loss = builder.one('dot', [y, builder.input('target', [2, 1, 1, 3])])
    const [gradient = -1] = gradients(builder, loss, [w])
    return builder.build({ loss, gradient })
  }
  const run = (program: Program) =>
    interpret(program, {
      inputs: { x: Float64Array.of(1, -2, 3, 4, 5, -6), target: Float64Array.of(1, 2, 3, 4, 5, 6) },
      variables: new Map([['w', Float64Array.of(0.5, -1, 2)]]),
    })
  const backward = ({ operations }: Program): readonly string[] =>
    operations.filter(({ phase }) => phase === 'backward').map(({ operation }) => operation)

  it('has its activations computed anew', () => {
    const program = differentiated((builder, x, w) => {
      const scaled = builder.one('scale_channels', [x, w])
      return builder.one('multiply', [scaled, builder.one('relu', [scaled])])
    })
    const recomputed = validate(recomputeWhere(() => true).run(program))
    expect(backward(program)).not.toContain('relu')
    expect(backward(recomputed)).toContain('relu')
    expect(run(recomputed)).toEqual(run(program))
  })

  it('has its masked maps taken anew', () => {
    const program = differentiated((builder, x, w) => {
      const map = builder.one('relu', [builder.one('scale_channels', [x, w])])
      const masked = builder.one('scale_channels', [map, builder.input('mask', [3])])
      return builder.one('multiply', [masked, map])
    })
    const again = validate(rematerialiseMasks.run(program))
    expect(backward(again).filter((name) => name === 'scale_channels')).toHaveLength(
      backward(program).filter((name) => name === 'scale_channels').length + 1,
    )
  })
})

it('the page on the optimiser tells of every pass, in order', () => {
  const page = readFileSync('docs/optimiser.md', 'utf8')
  expect(Array.from(page.matchAll(/^\| `([a-z-]+)`/gm), ([, name]) => name)).toEqual(names)
})

describe('what each pass is for', () => {
  const supernet = smallSupernet()
  const count = (chosen: readonly string[], operation: string): number =>
    buildStep(supernet, { batch: 2, mode: 'train', gradients: 'all', passes: chosen }).program.operations.filter(
      (each) => each.operation === operation,
    ).length

  it('common sub-expressions: one activation and one pool per state, and one gradient of each', () => {
    expect(count(['dead-code'], 'relu')).toBe(8)
    expect(count(names, 'relu')).toBe(2)
    expect(count(['dead-code'], 'max_pool2d')).toBe(4)
    expect(count(names, 'max_pool2d')).toBe(2)
    expect(count(names, 'max_pool2d_gradient')).toBe(2)
    expect(count(names, 'relu_gradient')).toBe(2)
  })

  it('simplify: an alternative that is none is not summed', () => {
    expect(count(['dead-code'], 'zeros')).toBe(4)
    expect(count(names, 'zeros')).toBe(0)
  })

  it('fused weighted sums: one per node, not one per edge', () => {
    expect(count(['dead-code'], 'weighted_sum')).toBe(4)
    const step = buildStep(supernet, { batch: 2, mode: 'evaluate' })
    expect(step.program.operations.filter((each) => each.operation === 'weighted_sum')).toHaveLength(2)
  })

  it('late scaling: no map of the size of a state is scaled on its own', () => {
    const { program } = buildStep(supernet, { batch: 2, mode: 'train', gradients: 'all' })
    const scaled = program.operations.filter(({ operation }) => operation === 'scale_by_entry')
    const map = [2, 6, 5, 4].join()
    expect(scaled.length).toBeGreaterThan(0)
    expect(scaled.filter(({ outputs: [id = -1] }) => program.values[id]?.shape.join() === map)).toEqual([])
  })

  it('normalised alternatives: gradients of weights read maps of pools and skips only', () => {
    const { program } = buildStep(supernet, { batch: 2, mode: 'train', gradients: 'all' })
    const read = program.operations
      .filter(({ operation }) => operation === 'weighted_sum_gradient')
      .flatMap(({ inputs }) => inputs.slice(2).map((id) => program.values[id]?.shape.join(' ')))
    // Four edges, each with two convolutions; and the pool of n1, which only one edge reads.
    expect(read.filter((shape) => shape === '2 6 5 4').length).toBeLessThanOrEqual(8)
    expect(read.filter((shape) => shape === '4')).toHaveLength(9)
  })

  it('dead code: nothing that reaches no output is left', () => {
    const step = buildStep(smallNetwork(), { batch: 2, mode: 'evaluate' })
    expect(step.variables.map(({ name }) => name).filter((name) => name.startsWith('auxiliary'))).toEqual([])
  })
})
