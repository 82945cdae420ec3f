import { register } from 'node:module'
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import type { RivalMeasurement } from '../darts-cell.js'

/**
 * `darts-cell.nas` as one writes it by hand in TensorFlow.js, every operation of every edge in turn, gradients by the tape.
 * It runs on the plain-JavaScript backend: the wasm backend has no gradient of the kernel of a convolution. The tape has none
 * of a dilated depthwise convolution either, so that its kernel is stuffed with zeros.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, batch: { type: 'string', default: '8' } },
})
const batch = Number(values.batch)
const [channels, nodes, inputs, classes] = [4, 4, 2, 10]
// The gradients of TensorFlow.js are modules that name each other without `.js`, which Node does not resolve.
const resolver = `export const resolve = (name, context, next) =>
  next(name, context).catch((error) => (name.startsWith('.') ? next(name + '.js', context) : Promise.reject(error)))`
register(`data:text/javascript,${encodeURIComponent(resolver)}`)
await import('@tensorflow/tfjs-core/dist/register_all_gradients.js')
await tf.setBackend('cpu')
tf.enableProdMode()

type Layer = (x: tf.Tensor4D) => tf.Tensor4D
let weightCount = 0
const chain =
  (...layers: readonly Layer[]): Layer =>
  (x) =>
    layers.reduce((value, layer) => layer(value), x)

function weight(shape: number[], deviation: number): tf.Variable {
  weightCount += shape.reduce((product, length) => product * length, 1)
  return tf.variable(tf.randomNormal(shape, 0, deviation, 'float32', 1 + weightCount))
}

const relu: Layer = (x) => tf.relu(x)

function conv(from: number, to: number, kernel = 1): Layer {
  const w = weight([kernel, kernel, from, to], Math.sqrt(2 / (kernel * kernel * from)))
  return (x) => tf.conv2d(x, w as unknown as tf.Tensor4D, 1, 'same')
}

function depthwise(kernel: number, dilation = 1): Layer {
  const w = weight([kernel, kernel, channels], 1 / kernel)
  const wide = dilation * kernel
  return (x) => {
    if (dilation === 1) return tf.depthwiseConv2d(x, tf.reshape(w, [kernel, kernel, channels, 1]), 1, 'same')
    const holes: [number, number] = [0, dilation - 1]
    const spread = tf.pad(tf.reshape(w, [kernel, 1, kernel, 1, channels]), [[0, 0], holes, [0, 0], holes, [0, 0]])
    const reach = wide - dilation + 1
    const stuffed = tf.slice(tf.reshape(spread, [wide, wide, channels]), [0, 0, 0], [reach, reach, channels])
    return tf.depthwiseConv2d(x, tf.reshape(stuffed, [reach, reach, channels, 1]), 1, 'same')
  }
}

function norm(affine?: number): Layer {
  const scale = affine === undefined ? undefined : weight([affine], 1)
  const shift = affine === undefined ? undefined : weight([affine], 1)
  return (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2])
    const normal = tf.mul<tf.Tensor4D>(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)))
    return scale === undefined || shift === undefined ? normal : tf.add<tf.Tensor4D>(tf.mul(normal, scale), shift)
  }
}

const separable = (kernel: number): Layer =>
  chain(
    ...[relu, depthwise(kernel), conv(channels, channels), norm()],
    ...[relu, depthwise(kernel), conv(channels, channels), norm()],
  )
const dilated = (kernel: number): Layer => chain(relu, depthwise(kernel, 2), conv(channels, channels), norm())

const candidates = (): readonly Layer[] => [
  (x) => tf.zerosLike(x),
  chain((x) => tf.maxPool(x, 3, 1, 'same'), norm()),
  chain((x) => tf.avgPool(x, 3, 1, 'same'), norm()),
  (x) => x,
  ...[separable(3), separable(5), dilated(3), dilated(5)],
]

const stem = chain(conv(3, 3 * channels, 3), norm(3 * channels))
const prepare = [0, 1].map(() => chain(relu, conv(3 * channels, channels), norm()))
const edges = Array.from({ length: nodes }, (_, node) => Array.from({ length: inputs + node }, candidates)).flat()
const logits = edges.map(() => tf.variable(tf.zeros([8])))
const linear = weight([nodes * channels, classes], 0.1)
const bias = weight([classes], 0)

function network(images: tf.Tensor4D): tf.Tensor2D {
  const start = stem(images)
  const states = prepare.map((layer) => layer(start))
  let edge = 0
  for (let node = 0; node < nodes; node++) {
    const terms = states.flatMap((state) => {
      const shares = tf.unstack(tf.softmax(logits[edge] as unknown as tf.Tensor1D))
      const mixed = (edges[edge++] ?? []).map((candidate, i) => tf.mul(candidate(state), shares[i] as tf.Scalar))
      return mixed as tf.Tensor4D[]
    })
    states.push(tf.addN(terms))
  }
  const features = tf.mean<tf.Tensor2D>(tf.concat(states.slice(inputs), 3), [1, 2])
  return tf.add(tf.matMul(features, linear as unknown as tf.Tensor2D), bias)
}

const images = tf.randomNormal<tf.Rank.R4>([batch, 14, 14, 3], 0, 1, 'float32', 7)
const labels = tf.oneHot(
  Array.from({ length: batch }, (_, image) => image % classes),
  classes,
) as tf.Tensor2D

const [ms, cpuMs]: [number[], number[]] = [[], []]
for (let run = 0; run <= Number(values.runs); run++) {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()]
  const { value, grads } = tf.variableGrads(
    () => tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(network(images))), 1))) as tf.Scalar,
  )
  value.dataSync()
  tf.dispose([value, grads])
  if (run === 0) continue
  ms.push(performance.now() - start)
  const { user, system } = process.cpuUsage(cpuStart)
  cpuMs.push((user + system) / 1000)
}
const measurement: RivalMeasurement = {
  ms,
  cpuMs,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  version: tf.version_core,
  weights: weightCount,
  choices: 8 * edges.length,
}
console.log(JSON.stringify(measurement))
