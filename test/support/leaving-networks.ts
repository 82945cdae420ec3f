import { bindingOf, buildNetwork, relaxedBinding, resolveParams, type Network } from '../../src/space/index.js'
import { architectureOf } from '../../src/architectures/index.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { buildInference } from '../../src/runtime/export/inference/build-inference.js'
import type { InferenceProgram } from '../../src/runtime/export/inference/inference-program.js'
import type { Sample } from '../../src/runtime/export/verify/foreign.js'
import type { PrimitiveName } from '../../src/runtime/plan/primitives/index.js'
import { buildStep } from '../../src/runtime/plan/step.js'
import { interpret } from '../../src/runtime/program/interpret.js'
import { compiledText } from './programs.js'
import { numbersFrom, randomArray } from './numbers.js'

/** A network that is on its way out, images, and the logits that the reference implementations give for them. */
export interface Leaving {
  readonly program: InferenceProgram
  readonly sample: Sample
  readonly logits: Float32Array
}

/** @param foldsNorms as the option of the command */
export function leaving(network: Network, foldsNorms = false, count = 3): Leaving {
  const step = buildStep(network, { batch: count, mode: 'evaluate', passes: [] })
  const random = numbersFrom(5)
  const store = new Map(
    step.variables.map(({ name, shape, role }) => {
      const data = Float32Array.from(randomArray(shape, random))
      return [name, role === 'variance' ? data.map((each) => 0.3 + each * each) : data]
    }),
  )
  const { height, width, channels } = network.input
  const images = Float32Array.from(randomArray([count, height, width, channels], random))
  const labels = new Int32Array(count)
  const { logits = [] } = interpret(step.program, { inputs: { images, labels }, variables: store })
  const program = buildInference({
    network,
    foldsNorms,
    variable: (name) => store.get(name),
    input: () => undefined,
  })
  return {
    program,
    sample: { images, count, shape: network.input, classes: network.classes },
    logits: Float32Array.from(logits),
  }
}

/** A chain of layers on images of 9 x 7 with 4 channels, and a head. */
export function chainOf(layers: string): Network {
  const names = [...new Set(layers.match(/[a-z_0-9]+(?=\()|\b[a-z_0-9]+\b(?!:)/g) ?? [])]
  const primitives = names.filter((name) => Object.hasOwn(primitiveChains, name))
  const imports = [...new Set([...primitives, 'global_pool', 'linear', 'conv'])].join(', ')
  const ir = compiledText(`import { ${imports} } from std:nn
space chain {
  input   image(9, 7, 4)
  classes 5
  network {
    stem ${layers}
    head linear(5)
  }
}
`)
  return onlyNetwork(ir)
}

/** The one network of a program that has nothing to choose. */
function onlyNetwork(ir: Ir): Network {
  const [space] = ir.spaces
  return buildNetwork(ir, space?.id ?? '', {
    params: resolveParams(ir, {}),
    binding: relaxedBinding,
    mode: 'standalone',
  })
}

export function declaredNetwork(ir: Ir, name: string, params: Record<string, number> = {}): Network {
  const values = resolveParams(ir, params)
  const architecture = architectureOf(ir, name, values)
  return buildNetwork(ir, architecture.space, { params: values, binding: bindingOf(architecture), mode: 'standalone' })
}

/** A layer of every primitive, or several. */
export const primitiveChains: Readonly<Record<PrimitiveName, string>> = {
  conv: 'conv(6, 3, stride: 2, dilation: 2) -> conv(6, 3, groups: 2, bias: true) -> conv(4, 2) -> conv(3, 4, stride: 2)',
  depthwise: 'depthwise(3, stride: 2, dilation: 2) -> depthwise(5) -> depthwise(2)',
  bn: 'conv(3) -> bn -> bn(affine: false)',
  relu: 'conv(3) -> relu',
  max_pool: 'max_pool(3, stride: 2) -> max_pool(2)',
  avg_pool: 'avg_pool(3) -> avg_pool(3, stride: 2) -> avg_pool(2) -> avg_pool(3, padding: 0)',
  global_pool: 'conv(6) -> global_pool',
  linear: 'linear(12) -> linear(7, bias: false)',
  identity: 'identity -> conv(3)',
  zero: 'conv(3) -> zero',
  shift: 'shift(1, -2) -> conv(3) -> shift(-1, 0)',
  relu6: 'conv(8) -> relu6',
  swish: 'conv(8) -> swish',
  hswish: 'conv(8) -> hswish',
  hsigmoid: 'conv(8) -> hsigmoid',
  sigmoid: 'conv(8) -> sigmoid',
  gelu: 'conv(8) -> gelu -> gelu(approximate: true)',
  tanh: 'conv(8) -> tanh',
  layer_norm: 'conv(6) -> layer_norm -> layer_norm(affine: false)',
  pad: 'pad(1, 2) -> pad(1, mode: "reflect") -> pad(0, 2, mode: "edge")',
  conv_valid: 'conv_valid(6, 3, stride: 2) -> conv_valid(4, 2, bias: true)',
  depthwise_valid: 'depthwise_valid(3, dilation: 2) -> depthwise_valid(2, stride: 2)',
  split: 'split(2, 2) -> conv(6)',
  channel_shuffle: 'channel_shuffle(2) -> conv(6, 3)',
  split_sum: 'split_sum(2) -> conv(3)',
  split_softmax: 'conv(8) -> split_softmax(2, groups: 2)',
  resize: 'resize(5, 8) -> resize(9, 9, method: "bilinear") -> resize(4, 5, method: "bicubic")',
  flatten: 'conv(3, 3) -> flatten -> linear(6)',
  dropout: 'dropout(0.5) -> conv(3)',
  drop_path: 'conv(3) -> drop_path(0.5)',
  self_attention: 'conv(8) -> self_attention(2) -> bn',
}
