import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../../src/runtime/operations/support/definition.js'
import { operations, type OperationName } from '../../../src/runtime/operations/index.js'
import { activationNames } from '../../../src/runtime/operations/support/activations.js'
import { axisMap, picked, resampling } from '../../../src/runtime/operations/resample2d.js'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { gradients } from '../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../src/runtime/program/interpret.js'
import { validate } from '../../../src/runtime/program/validate.js'
import { numbersFrom, randomArray, randomVariables } from '../../support/numbers.js'

interface Case {
  readonly operation: OperationName
  readonly shapes: readonly (readonly number[])[]
  readonly attributes?: Attributes
  /** Positions of inputs that are labels: no gradient. */
  readonly labels?: number
  /** Position of an input that has no gradient by definition. */
  readonly fixed?: number
  /** Its inputs must be above zero. */
  readonly positive?: true
}

const windows = [1, 2, 3, 5].flatMap((kernel) =>
  [1, 2, 3].flatMap((stride) => [1, 2].map((dilation) => ({ kernel, stride, dilation }))),
)

const cases: readonly Case[] = [
  ...windows.flatMap(({ kernel, stride, dilation }, i): Case[] => {
    const [height, width] = [4 + (i % 4), 7 - (i % 3)]
    const groups = i % 3 === 0 ? 2 : 1
    return [
      {
        operation: 'conv2d',
        shapes: [
          [2, height, width, 4],
          [kernel, kernel, 4 / groups, 6],
        ],
        attributes: { stride, dilation, groups },
      },
      {
        operation: 'depthwise2d',
        shapes: [
          [2, height, width, 3],
          [kernel, kernel, 3],
        ],
        attributes: { stride, dilation },
      },
    ]
  }),
  ...windows
    .filter(({ dilation }) => dilation === 1)
    .flatMap(({ kernel, stride }, i): Case[] => [
      { operation: 'max_pool2d', shapes: [[2, 5 + (i % 2), 6 - (i % 3), 3]], attributes: { kernel, stride } },
      { operation: 'avg_pool2d', shapes: [[2, 5 + (i % 2), 6 - (i % 3), 3]], attributes: { kernel, stride } },
    ]),
  { operation: 'batch_norm_train', shapes: [[3, 2, 3, 4]], attributes: { epsilon: 1e-5, affine: false } },
  { operation: 'batch_norm_train', shapes: [[3, 2, 3, 4], [4], [4]], attributes: { epsilon: 1e-3, affine: true } },
  { operation: 'relu', shapes: [[2, 3, 4, 2]] },
  { operation: 'global_avg_pool', shapes: [[2, 3, 5, 4]] },
  { operation: 'shift2d', shapes: [[2, 4, 5, 2]], attributes: { down: 1, right: 1 } },
  { operation: 'shift2d', shapes: [[2, 4, 5, 2]], attributes: { down: -2, right: 0 } },
  { operation: 'shift2d', shapes: [[1, 2, 2, 1]], attributes: { down: 5, right: -5 } },
  {
    operation: 'concat_channels',
    shapes: [
      [2, 3, 3, 2],
      [2, 3, 3, 1],
      [2, 3, 3, 4],
    ],
  },
  { operation: 'concat_channels', shapes: [[3], [2]] },
  { operation: 'slice_channels', shapes: [[2, 3, 3, 5]], attributes: { from: 1, to: 4 } },
  { operation: 'pad_channels', shapes: [[2, 3, 3, 2]], attributes: { from: 1, channels: 6 } },
  {
    operation: 'add',
    shapes: [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
  },
  { operation: 'add', shapes: [[2, 3]] },
  {
    operation: 'multiply',
    shapes: [
      [2, 3],
      [2, 3],
    ],
  },
  { operation: 'scale', shapes: [[2, 3, 2], []] },
  {
    operation: 'dot',
    shapes: [
      [2, 5],
      [2, 5],
    ],
  },
  { operation: 'weighted_sum', shapes: [[5], [2, 3], [2, 3], [2, 3]], attributes: { indices: [4, 0, 2] } },
  { operation: 'weighted_sum', shapes: [[2], [2, 3], [2, 3], [2, 3]], attributes: { indices: [1, 0, 1] } },
  { operation: 'scale_by_entry', shapes: [[5], [2, 3]], attributes: { index: 3 } },
  { operation: 'softmax', shapes: [[3, 5]], attributes: { temperature: 1 } },
  { operation: 'softmax', shapes: [[4]], attributes: { temperature: 0.5 } },
  { operation: 'row_maximum', shapes: [[3, 5]] },
  { operation: 'row_maximum', shapes: [[4]] },
  ...[false, true].flatMap((transposeA) =>
    [false, true].map((transposeB): Case => ({
      operation: 'matmul',
      shapes: [transposeA ? [4, 3] : [3, 4], transposeB ? [5, 4] : [4, 5]],
      attributes: { transposeA, transposeB },
    })),
  ),
  { operation: 'bias_add', shapes: [[2, 3, 4], [4]] },
  { operation: 'reshape', shapes: [[2, 6]], attributes: { shape: [3, 4] } },
  { operation: 'softmax_cross_entropy', shapes: [[4, 5], [4]], attributes: { smoothing: 0 }, labels: 1 },
  { operation: 'softmax_cross_entropy', shapes: [[4, 5], [4]], attributes: { smoothing: 0.1 }, labels: 1 },
  { operation: 'drop_path', shapes: [[3, 2, 2, 2], [3]], fixed: 1 },
  ...activationNames.map((name): Case => ({ operation: 'activation', shapes: [[40]], attributes: { function: name } })),
  { operation: 'scale_channels', shapes: [[2, 3, 2, 4], [4]] },
  {
    operation: 'scale_channels',
    shapes: [
      [2, 3, 2, 4],
      [2, 1, 1, 4],
    ],
  },
  { operation: 'transpose', shapes: [[2, 3, 4]], attributes: { order: [2, 0, 1] } },
  { operation: 'slice', shapes: [[5, 5, 4, 6]], attributes: { begin: [1, 1, 0, 0], size: [3, 3, 2, 5] } },
  { operation: 'embed', shapes: [[3, 2]], attributes: { begin: [1, 0], shape: [5, 4] } },
  ...[false, true].flatMap((transposeA) =>
    [false, true].map((transposeB): Case => ({
      operation: 'batch_matmul',
      shapes: [transposeA ? [2, 4, 3] : [2, 3, 4], transposeB ? [2, 5, 4] : [2, 4, 5]],
      attributes: { transposeA, transposeB },
    })),
  ),
  {
    operation: 'resample2d',
    shapes: [[2, 4, 5, 3]],
    attributes: resampling(
      axisMap([
        [
          { index: 3, weight: 0.5 },
          { index: 0, weight: -2 },
        ],
        [],
        [{ index: 3, weight: 1 }],
      ]),
      picked([4, undefined, 0, 0, 2, 1]),
    ),
  },
  { operation: 'log', shapes: [[2, 3]], positive: true },
  { operation: 'exp', shapes: [[2, 3]] },
  ...[-1.5, 0, 0.5, 1, 3].map((exponent): Case => ({
    operation: 'power',
    shapes: [[4]],
    attributes: { exponent },
    positive: true,
  })),
  { operation: 'power', shapes: [[4]], attributes: { exponent: 2 } },
  { operation: 'divide', shapes: [[5], [5]], positive: true },
  {
    operation: 'subtract',
    shapes: [
      [2, 3],
      [2, 3],
    ],
  },
  { operation: 'sum_all', shapes: [[2, 3, 2]] },
  { operation: 'sum_all', shapes: [[]] },
  ...[1, 0.5, 4].map((temperature): Case => ({
    operation: 'soft_cross_entropy',
    shapes: [
      [4, 5],
      [4, 5],
    ],
    attributes: { temperature },
    fixed: 1,
  })),
  { operation: 'l2_normalise', shapes: [[3, 5]] },
  { operation: 'l2_normalise', shapes: [[4]] },
]

/** A loss that weighs every element of the first output by another number, and its gradients by all inputs. */
function programOf({ operation, shapes, attributes = {}, labels, fixed }: Case) {
  const builder = new ProgramBuilder()
  const inputs = shapes.map((shape, i) =>
    i === labels ? builder.input('labels', shape, 'int32') : builder.variable(`x${String(i)}`, shape),
  )
  const output = builder.one(operation, inputs, attributes)
  const shape = builder.shape(output)
  const loss = shape.length === 0 ? output : builder.one('dot', [output, builder.input('weights', shape)])
  const wrt = inputs.filter((_, i) => i !== labels && i !== fixed)
  const found = gradients(builder, loss, wrt)
  const outputs: Record<string, number> = { loss }
  wrt.forEach((id, i) => {
    const gradient = found[i]
    if (gradient !== undefined) outputs[builder.value(id).name ?? ''] = gradient
  })
  return { program: validate(builder.build(outputs)), names: wrt.map((id) => builder.value(id).name ?? ''), shape }
}

/** At most 24 indices, spread over all of them. */
function sampleOf(length: number): readonly number[] {
  const count = Math.min(length, 24)
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count))
}

describe('adjoints against central differences in double precision', () => {
  it('covers every operation that has an adjoint', () => {
    const withAdjoint = Object.entries(operations).flatMap(([name, definition]) =>
      'adjoint' in definition ? [name] : [],
    )
    const sources = ['zeros', 'fill', 'constant'] // no inputs, hence no gradients
    const estimated = ['straight_through'] // its gradient is not its slope
    expect(new Set(cases.map(({ operation }) => operation))).toEqual(
      new Set(withAdjoint.filter((name) => ![...sources, ...estimated].includes(name))),
    )
  })

  it.each(
    cases.map(
      (each, i) =>
        [`${each.operation} ${JSON.stringify(each.shapes)} ${JSON.stringify(each.attributes ?? {})}`, each, i] as const,
    ),
  )('%s', (_, each, seed) => {
    const { program, names, shape } = programOf(each)
    const random = numbersFrom(seed + 1)
    const variables = randomVariables(program, random)
    if (each.positive === true)
      for (const data of variables.values()) data.forEach((x, i) => (data[i] = Math.abs(x) + 0.2))
    const weights = randomArray(shape, random)
    const inputs = { weights, ...(each.labels === undefined ? {} : { labels: Int32Array.of(0, 3, 4, 3) }) }
    const run = () => interpret(program, { inputs, variables, precision: 'double' })
    const exact = run()
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      const variable = variables.get(name) ?? new Float64Array()
      const exactGradient = exact[name] ?? new Float64Array()
      expect(variable.length).toBeGreaterThan(0)
      expect(exactGradient.length).toBe(variable.length)
      for (const i of sampleOf(variable.length)) {
        const value = variable[i] ?? NaN
        const step = 1e-5
        variable[i] = value + step
        const above = run()['loss']?.[0] ?? NaN
        variable[i] = value - step
        const below = run()['loss']?.[0] ?? NaN
        variable[i] = value
        expect(
          Math.abs((above - below) / (2 * step) - (exactGradient[i] ?? NaN)),
          `${name}[${String(i)}]`,
        ).toBeLessThan(1e-7)
      }
    }
  })
})
