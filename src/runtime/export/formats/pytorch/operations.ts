import { axisMapsOf, type AxisMap } from '../../../operations/resample2d.js'
import { activationOf, type ActivationName } from '../../../operations/support/activations.js'
import { booleanOf, numberOf, numbersOf } from '../../../operations/support/attribute.js'
import { at, lastOf } from '../../../operations/support/element.js'
import { windowedSize } from '../../../operations/support/window.js'
import type { PrintableName } from '../../inference/printable.js'
import { shapeOf, weightOf, wildShape, type InferenceOperation } from '../../inference/inference-program.js'
import { axisMatrix } from '../axis-matrix.js'
import { axisIn, inLayout, isPixel, type Layout } from '../layouts.js'
import { paddingAround, type Padding } from '../padding.js'
import type { StoredTensor } from '../safetensors/encode.js'
import { transposed } from '../transposed.js'
import { modulePath } from './module-path.js'
import type { TorchSource } from './source.js'

/** Writes the lines of an operation and defines its output. */
type TorchPrinter = (source: TorchSource, operation: InferenceOperation) => void

/** How every operation is written in PyTorch. */
export const torchOperations: Readonly<Record<PrintableName, TorchPrinter>> = {
  conv2d(source, operation) {
    const kernel = weightOf(source.program, at(operation.inputs, 1))
    const [height = 1, width = 1, depth = 1, filters = 1] = kernel.shape
    const data = transposed(kernel.data, kernel.shape, [3, 2, 0, 1])
    const groups = numberOf(operation.attributes, 'groups')
    const weight = { name: 'weight', shape: [filters, depth, height, width], data }
    convolve(source, operation, { weight, channels: depth * groups, filters, groups })
  },
  depthwise2d(source, operation) {
    const kernel = weightOf(source.program, at(operation.inputs, 1))
    const [height = 1, width = 1, channels = 1] = kernel.shape
    const data = transposed(kernel.data, kernel.shape, [2, 0, 1])
    const weight = { name: 'weight', shape: [channels, 1, height, width], data }
    convolve(source, operation, { weight, channels, filters: channels, groups: channels })
  },
  batch_norm_inference(source, { inputs, attributes, output }) {
    const names = ['running_mean', 'running_var', 'weight', 'bias']
    const vectors = inputs.slice(1).map((id, i) => ({ ...tensorOf(source, id), name: at(names, i) }))
    const channels = lastOf(shapeOf(source.program, at(inputs, 0)))
    const affine = inputs.length > 3 ? '' : ', affine=False'
    const module = source.module(modulePath(weightOf(source.program, at(inputs, 1)).name), {
      make: `nn.BatchNorm2d(${String(channels)}, eps=${String(numberOf(attributes, 'epsilon'))}${affine})`,
      tensors: [...vectors, { name: 'num_batches_tracked', shape: [], data: [0] }],
    })
    const map = source.layouts.read(at(inputs, 0), 'channels-first')
    source.layouts.define(output, 'channels-first', source.line(`${module}(${map})`))
  },
  batch_norm_train(source, { inputs, attributes, output }) {
    // Along all axes but the last.
    const axes = shapeOf(source.program, at(inputs, 0))
      .slice(1)
      .map((_, axis) => axis)
    const over = `(${axes.join(', ')},)`
    const x = source.layouts.read(at(inputs, 0))
    const centred = source.line(`${x} - ${x}.mean(${over}, keepdim=True)`)
    const epsilon = String(numberOf(attributes, 'epsilon'))
    const normed = source.line(`${centred} * torch.rsqrt(${centred}.square().mean(${over}, keepdim=True) + ${epsilon})`)
    const [scale, shift] = [inputs[1], inputs[2]]
    const scaled = scale === undefined ? normed : source.line(`${normed} * ${source.weight(scale)}`)
    const shifted = shift === undefined ? scaled : source.line(`${scaled} + ${source.weight(shift)}`)
    source.layouts.define(output, 'channels-last', shifted)
  },
  relu: elementwise(([x = '']) => `F.relu(${x})`),
  activation: elementwise(([x = ''], { attributes }) => activationWords[activationOf(attributes['function'])](x)),
  add: elementwise((terms) => terms.join(' + ')),
  multiply: elementwise((factors) => factors.join(' * ')),
  scale(source, { inputs, output }) {
    scaleBy(source, at(inputs, 0), at(weightOf(source.program, at(inputs, 1)).data, 0), output)
  },
  scale_by_entry(source, { inputs, output, attributes }) {
    const { data } = weightOf(source.program, at(inputs, 0))
    scaleBy(source, at(inputs, 1), at(data, numberOf(attributes, 'index')), output)
  },
  weighted_sum(source, { inputs, output, attributes }) {
    const { data } = weightOf(source.program, at(inputs, 0))
    const terms = inputs.slice(1)
    const layout = source.layouts.shared(terms)
    const scaled = numbersOf(attributes, 'indices').map(
      (index, i) => `${String(at(data, index))} * ${source.layouts.read(at(terms, i), layout)}`,
    )
    source.layouts.define(output, layout, source.line(scaled.join(' + ')))
  },
  bias_add: perChannel('+'),
  scale_channels: perChannel('*'),
  max_pool2d(source, operation) {
    const padding = paddingAround(source.program, operation)
    const { kernel, stride } = padding.window
    const map = source.layouts.read(at(operation.inputs, 0), 'channels-first')
    const around = isEven(source, operation, padding)
      ? `${map}, ${String(kernel)}, ${String(stride)}, ${String(padding.top)}`
      : `F.pad(${map}, ${padsOf(padding)}, value=float("-inf")), ${String(kernel)}, ${String(stride)}`
    source.layouts.define(operation.output, 'channels-first', source.line(`F.max_pool2d(${around})`))
  },
  avg_pool2d(source, operation) {
    const padding = paddingAround(source.program, operation)
    const { kernel, stride } = padding.window
    const map = source.layouts.read(at(operation.inputs, 0), 'channels-first')
    const sizes = `${String(kernel)}, ${String(stride)}`
    const pooled = isEven(source, operation, padding)
      ? `F.avg_pool2d(${map}, ${sizes}, ${String(padding.top)}, count_include_pad=False)`
      : `F.avg_pool2d(F.pad(${map}, ${padsOf(padding)}), ${sizes}) / F.avg_pool2d(F.pad(torch.ones_like(${map}), ${padsOf(padding)}), ${sizes})`
    source.layouts.define(operation.output, 'channels-first', source.line(pooled))
  },
  global_avg_pool(source, { inputs, output }) {
    const map = source.layouts.read(at(inputs, 0), 'channels-first')
    source.layouts.define(output, 'channels-first', source.line(`${map}.mean((2, 3), keepdim=True)`))
  },
  shift2d(source, { inputs, output, attributes }) {
    const [down, right] = [numberOf(attributes, 'down'), numberOf(attributes, 'right')]
    const map = source.layouts.read(at(inputs, 0), 'channels-first')
    const pads = [-right, right, -down, down].map((each) => String(each === 0 ? 0 : each)).join(', ')
    source.layouts.define(output, 'channels-first', source.line(`F.pad(${map}, (${pads}))`))
  },
  resample2d(source, { inputs, output, attributes, path }) {
    const [, height = 1, width = 1] = shapeOf(source.program, at(inputs, 0))
    const { rows, columns } = axisMapsOf(attributes)
    const axes = [axisTensor('rows', rows, height), axisTensor('columns', columns, width)]
    const sizes = axes.map((axis) => (axis === undefined ? 'None' : `(${axis.shape.join(', ')})`)).join(', ')
    const tensors = axes.filter((axis) => axis !== undefined)
    const module = source.module(`${path}.resample${String(output)}`, { make: `Resample(${sizes})`, tensors })
    const map = source.layouts.read(at(inputs, 0), 'channels-first')
    source.layouts.define(output, 'channels-first', source.line(`${module}(${map})`))
  },
  concat_channels(source, { inputs, output }) {
    const layout = source.layouts.shared(inputs)
    const maps = inputs.map((id) => source.layouts.read(id, layout)).join(', ')
    const axis = channelAxis(source, at(inputs, 0), layout)
    source.layouts.define(output, layout, source.line(`torch.cat([${maps}], ${String(axis)})`))
  },
  slice_channels(source, { inputs, output, attributes }) {
    const shape = shapeOf(source.program, at(inputs, 0))
    const bounds = shape.map((_, axis) =>
      axis < shape.length - 1 ? undefined : ([numberOf(attributes, 'from'), numberOf(attributes, 'to')] as const),
    )
    cut(source, at(inputs, 0), bounds, output)
  },
  slice(source, { inputs, output, attributes }) {
    const begin = numbersOf(attributes, 'begin')
    const size = wildShape(source.program, output)
    const bounds = wildShape(source.program, at(inputs, 0)).map((whole, axis) =>
      whole === at(size, axis) ? undefined : ([at(begin, axis), at(begin, axis) + at(size, axis)] as const),
    )
    cut(source, at(inputs, 0), bounds, output)
  },
  softmax(source, { inputs, output, attributes }) {
    const layout = source.layouts.shared([at(inputs, 0)])
    const temperature = numberOf(attributes, 'temperature')
    const x = source.layouts.read(at(inputs, 0), layout)
    const logits = temperature === 1 ? x : `${x} / ${String(temperature)}`
    const axis = String(channelAxis(source, at(inputs, 0), layout))
    source.layouts.define(output, layout, source.line(`torch.softmax(${logits}, ${axis})`))
  },
  matmul(source, { inputs, output, attributes }) {
    const [a, b] = [at(inputs, 0), at(inputs, 1)]
    const x = `${source.weight(a)}${booleanOf(attributes, 'transposeA') ? '.t()' : ''}`
    const isTransposed = booleanOf(attributes, 'transposeB')
    if (at(source.program.values, b).weight === undefined) {
      const other = `${source.layouts.read(b)}${isTransposed ? '.t()' : ''}`
      source.layouts.define(output, 'channels-last', source.line(`${x} @ ${other}`))
      return
    }
    const kernel = weightOf(source.program, b)
    const [from = 1, to = 1] = isTransposed ? [...kernel.shape].reverse() : kernel.shape
    const data = isTransposed ? kernel.data : transposed(kernel.data, kernel.shape, [1, 0])
    const bias = biasOf(source, inputs)
    const module = source.module(modulePath(kernel.name), {
      make: `nn.Linear(${String(from)}, ${String(to)}${bias.length > 0 ? '' : ', bias=False'})`,
      tensors: [{ name: 'weight', shape: [to, from], data }, ...bias],
    })
    source.layouts.define(output, 'channels-last', source.line(`${module}(${x})`))
  },
  batch_matmul(source, { inputs, output, attributes }) {
    const flags = [booleanOf(attributes, 'transposeA'), booleanOf(attributes, 'transposeB')]
    const factors = inputs.map((id, i) => `${source.weight(id)}${flags[i] === true ? '.transpose(1, 2)' : ''}`)
    source.layouts.define(output, 'channels-last', source.line(`torch.bmm(${factors.join(', ')})`))
  },
  transpose(source, { inputs, output, attributes }) {
    const order = numbersOf(attributes, 'order').join(', ')
    source.layouts.define(
      output,
      'channels-last',
      source.line(`${source.layouts.read(at(inputs, 0))}.permute(${order})`),
    )
  },
  reshape(source, { inputs, output }) {
    // A map of one pixel is the same numbers in either layout.
    const read = isPixel(shapeOf(source.program, at(inputs, 0)))
      ? source.layouts.shared([at(inputs, 0)])
      : 'channels-last'
    const write = isPixel(shapeOf(source.program, output)) ? 'channels-first' : 'channels-last'
    const shape = inLayout(write, wildShape(source.program, output)).join(', ')
    const line = source.line(`${source.layouts.read(at(inputs, 0), read)}.reshape(${shape})`)
    source.layouts.define(output, write, line)
  },
  zeros(source, { output }) {
    const own = shapeOf(source.program, output)
    const layout: Layout = own.length === 4 ? 'channels-first' : 'channels-last'
    const axis = at(source.program.values, output).batchAxis
    const lengths = own.map((size, each) => (each === axis ? `${String(size)} * len(images)` : String(size)))
    source.layouts.define(output, layout, source.line(`images.new_zeros((${inLayout(layout, lengths).join(', ')}))`))
  },
}

const activationWords: Readonly<Record<ActivationName, (x: string) => string>> = {
  relu6: (x) => `F.relu6(${x})`,
  swish: (x) => `F.silu(${x})`,
  hswish: (x) => `F.hardswish(${x})`,
  hsigmoid: (x) => `F.hardsigmoid(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  gelu_tanh: (x) => `F.gelu(${x}, approximate="tanh")`,
}

function tensorOf(source: TorchSource, id: number): StoredTensor {
  return weightOf(source.program, id)
}

function biasOf(source: TorchSource, inputs: readonly number[]): readonly StoredTensor[] {
  return inputs.slice(2).map((id) => ({ ...tensorOf(source, id), name: 'bias' }))
}

interface Convolution {
  readonly weight: StoredTensor
  readonly channels: number
  readonly filters: number
  readonly groups: number
}

function convolve(
  source: TorchSource,
  operation: InferenceOperation,
  { weight, channels, filters, groups }: Convolution,
): void {
  const padding = paddingAround(source.program, operation)
  const { kernel, stride, dilation } = padding.window
  const even = isEven(source, operation, padding)
  const bias = biasOf(source, operation.inputs)
  const options = [
    stride === 1 ? '' : `, stride=${String(stride)}`,
    even && padding.top > 0 ? `, padding=${String(padding.top)}` : '',
    dilation === 1 ? '' : `, dilation=${String(dilation)}`,
    groups === 1 ? '' : `, groups=${String(groups)}`,
    bias.length > 0 ? '' : ', bias=False',
  ]
  const name = weightOf(source.program, at(operation.inputs, 1)).name
  const module = source.module(modulePath(name), {
    make: `nn.Conv2d(${[channels, filters, kernel].join(', ')}${options.join('')})`,
    tensors: [weight, ...bias],
  })
  const map = source.layouts.read(at(operation.inputs, 0), 'channels-first')
  const read = even ? map : `F.pad(${map}, ${padsOf(padding)})`
  source.layouts.define(operation.output, 'channels-first', source.line(`${module}(${read})`))
}

/** Whether PyTorch's padding, alike on all sides, gives as many windows. */
function isEven({ program }: TorchSource, operation: InferenceOperation, { window, top }: Padding): boolean {
  const [, ...sizes] = shapeOf(program, at(operation.inputs, 0))
  const extent = window.dilation * (window.kernel - 1) + 1
  return sizes
    .slice(0, 2)
    .every((size) => Math.floor((size + 2 * top - extent) / window.stride) + 1 === windowedSize(size, window))
}

function padsOf({ left, right, top, bottom }: Padding): string {
  return `(${[left, right, top, bottom].join(', ')})`
}

function axisTensor(name: string, map: AxisMap, from: number): StoredTensor | undefined {
  const data = axisMatrix(map, from)
  return data && { name, shape: [data.length / from, from], data }
}

function channelAxis(source: TorchSource, id: number, layout: Layout): number {
  return axisIn(layout, shapeOf(source.program, id).length - 1)
}

function elementwise(words: (names: readonly string[], operation: InferenceOperation) => string): TorchPrinter {
  return (source, operation) => {
    const layout = source.layouts.shared(operation.inputs)
    const names = operation.inputs.map((id) => source.layouts.read(id, layout))
    source.layouts.define(operation.output, layout, source.line(words(names, operation)))
  }
}

function scaleBy(source: TorchSource, id: number, factor: number, output: number): void {
  const layout = source.layouts.shared([id])
  source.layouts.define(output, layout, source.line(`${String(factor)} * ${source.layouts.read(id, layout)}`))
}

/** A number for every channel, or for every image and channel. */
function perChannel(operator: '+' | '*'): TorchPrinter {
  return (source, { inputs, output }) => {
    const [map, vector] = [at(inputs, 0), at(inputs, 1)]
    const { weight } = at(source.program.values, vector)
    const layout = source.layouts.shared([map])
    const shape = weight && (layout === 'channels-first' ? [weight.data.length, 1, 1] : [weight.data.length])
    const operand = weight === undefined ? source.layouts.read(vector, layout) : source.weight(vector, shape)
    source.layouts.define(output, layout, source.line(`${source.layouts.read(map, layout)} ${operator} ${operand}`))
  }
}

/** A part of a value; `undefined` is the whole of an axis. */
function cut(
  source: TorchSource,
  id: number,
  bounds: readonly (readonly [from: number, to: number] | undefined)[],
  output: number,
): void {
  const layout = source.layouts.shared([id])
  const words = inLayout(
    layout,
    bounds.map((each) => each?.join(':') ?? ':'),
  )
  source.layouts.define(output, layout, source.line(`${source.layouts.read(id, layout)}[${words.join(', ')}]`))
}
