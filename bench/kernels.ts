import { openWasmEngine } from '../src/runtime/backend/wasm/engine.js'
import { sizeOf } from '../src/runtime/operations/support/element.js'
import type { Attributes } from '../src/runtime/operations/support/definition.js'
import { definitionOf, type OperationName } from '../src/runtime/operations/index.js'
import { ProgramBuilder } from '../src/runtime/program/builder.js'

/**
 * Every kernel alone, on one thread: `node dist/bench/kernels.js [NAME…]`. Best of 60: the machine may be shared; work in GFLOP/s (a multiply-accumulate
 * is two), traffic in GB/s of operands read and written once.
 */
const engine = await openWasmEngine({ threads: 1 })

interface Case {
  readonly operation: OperationName
  readonly shapes: readonly (readonly number[])[]
  readonly attributes?: Attributes
}

const sizes = [
  [16, 32, 32, 16],
  [16, 16, 16, 32],
  [16, 8, 8, 64],
] as const

const cases: Case[] = sizes.flatMap(([batch, height, width, channels]): Case[] => {
  const map = [batch, height, width, channels]
  const half = [batch, height / 2, width / 2, channels]
  const vector = [channels]
  const input = { inputHeight: height, inputWidth: width }
  const windows = [
    { kernel: 3, stride: 1, dilation: 1 },
    { kernel: 3, stride: 1, dilation: 2 },
    { kernel: 5, stride: 1, dilation: 1 },
    { kernel: 5, stride: 1, dilation: 2 },
    { kernel: 3, stride: 2, dilation: 1 },
  ]
  const depthwise = windows.flatMap(({ kernel, stride, dilation }): Case[] => {
    const [w, y] = [[kernel, kernel, channels], stride === 1 ? map : half]
    const attributes = { stride, dilation }
    return [
      { operation: 'depthwise2d', shapes: [map, w], attributes },
      { operation: 'depthwise2d_input_gradient', shapes: [y, w], attributes: { ...attributes, ...input } },
      { operation: 'depthwise2d_filter_gradient', shapes: [map, y], attributes: { ...attributes, kernel } },
    ]
  })
  const convolutions = [1, 3].flatMap((kernel): Case[] => {
    const attributes = { stride: 1, dilation: 1, groups: 1 }
    const w = [kernel, kernel, channels, channels]
    return [
      { operation: 'conv2d', shapes: [map, w], attributes },
      { operation: 'conv2d_input_gradient', shapes: [map, w], attributes: { ...attributes, ...input } },
      { operation: 'conv2d_filter_gradient', shapes: [map, map], attributes: { ...attributes, kernel } },
    ]
  })
  const pool = { kernel: 3, stride: 1 }
  const indices = [0, 1, 2, 3, 4, 5, 6]
  const seven = indices.map(() => map)
  return [
    ...depthwise,
    ...convolutions,
    {
      operation: 'conv2d',
      shapes: [map, [1, 1, channels, channels]],
      attributes: { stride: 2, dilation: 1, groups: 1 },
    },
    { operation: 'batch_norm_train', shapes: [map], attributes: { epsilon: 1e-5, affine: false } },
    {
      operation: 'batch_norm_train_gradient',
      shapes: [map, map, vector, vector],
      attributes: { affine: false },
    },
    { operation: 'relu', shapes: [map] },
    { operation: 'relu_gradient', shapes: [map, map] },
    { operation: 'max_pool2d', shapes: [map], attributes: pool },
    { operation: 'max_pool2d_gradient', shapes: [map, map, map], attributes: pool },
    { operation: 'avg_pool2d', shapes: [map], attributes: pool },
    { operation: 'avg_pool2d_gradient', shapes: [map], attributes: { ...pool, ...input } },
    { operation: 'add', shapes: [map, map, map] },
    { operation: 'scale_by_entry', shapes: [[7], map], attributes: { index: 1 } },
    { operation: 'weighted_sum', shapes: [[7], ...seven], attributes: { indices } },
    { operation: 'weighted_sum_gradient', shapes: [[7], map, ...seven], attributes: { indices } },
    { operation: 'concat_channels', shapes: [map, map, map, map] },
    {
      operation: 'slice_channels',
      shapes: [[...map.slice(0, 3), 4 * channels]],
      attributes: { from: 0, to: channels },
    },
  ]
})

const filters = process.argv.slice(2)
for (const each of cases) {
  if (filters.length === 0 || filters.some((name) => each.operation === name)) measure(each)
}

function measure({ operation, shapes, attributes = {} }: Case): void {
  const builder = new ProgramBuilder()
  const ids = shapes.map((shape, i) => builder.input(`operand${String(i)}`, shape))
  // Inputs are copied in once per run, so the operation is repeated.
  const repeats = 4
  const outputs = Array.from({ length: repeats }, () => builder.emit(operation, ids, attributes))
  const [first = []] = outputs
  const program = builder.build({ first: first[0] ?? 0 })
  const empty = new ProgramBuilder()
  shapes.forEach((shape, i) => empty.input(`operand${String(i)}`, shape))
  const inputs = Object.fromEntries(
    shapes.map((shape, i) => [
      `operand${String(i)}`,
      Float32Array.from({ length: sizeOf(shape) }, (_, k) => ((k * 2654435761) % 1000) / 1000 + 0.1),
    ]),
  )
  const seconds = (best(program, inputs) - best(empty.build({}), inputs)) / repeats
  const outputShapes = first.map((id) => builder.shape(id))
  const flops = definitionOf(operation).flops?.(shapes, outputShapes, attributes) ?? 0
  const bytes = 4 * [...shapes, ...outputShapes].reduce((sum, shape) => sum + sizeOf(shape), 0)
  const details = Object.entries(attributes)
    .filter(([name]) => ['kernel', 'stride', 'dilation'].includes(name))
    .map(([name, value]) => `${name}=${String(value)}`)
  console.log(
    `${(seconds * 1e3).toFixed(3).padStart(8)} ms ${(flops / seconds / 1e9).toFixed(1).padStart(6)} GFLOP/s ` +
      `${(bytes / seconds / 1e9).toFixed(1).padStart(6)} GB/s  ${operation} ${JSON.stringify(shapes[0])} ` +
      `${shapes[1]?.length === 3 ? JSON.stringify(shapes[1]) : ''} ${details.join(' ')}`,
  )
}

function best(program: Parameters<typeof engine.prepare>[0], inputs: Readonly<Record<string, Float32Array>>): number {
  const executable = engine.prepare(program)
  const times = Array.from({ length: 60 }, () => {
    const start = performance.now()
    executable.run(inputs)
    return (performance.now() - start) / 1e3
  })
  executable.dispose()
  return Math.min(...times)
}
