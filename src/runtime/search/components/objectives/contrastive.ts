import type { EmbeddingEmission, ObjectivePass } from '../../../plan/objective.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import { stepsDone } from '../../../training/training-position.js'
import { valueOf } from '../scalar.js'
import type { KeyStep, ObjectiveComponent } from './objective.js'

/** Earlier keys, [queue, dim]: they start in uniformly distributed directions, of length 1. */
const queueName = 'queue/keys'

/**
 * Cross-entropy between an embedding's products with its positive key and with all keys of a queue, over a temperature, and the
 * first of them (van den Oord et al., 2018; He et al., MoCo, CVPR 2020, eq. 1): -log(exp(q k / T) / (exp(q k / T) + sum exp(q n / T))),
 * mean over the images. The positive key is what the teacher makes of the image through the next path of the step, the first one
 * after the last (Peng et al., Pi-NAS, ICCV 2021), or through the same path. After a step the queue takes in the mean of the keys of
 * its paths, not normalised anew, in place of the oldest.
 */
export const contrastive: ObjectiveComponent = (read) => {
  const across = read.word('positives', ['across_paths', 'same_path']) === 'across_paths'
  const queue = read.number('queue', { least: 1, integer: true })
  const dim = read.number('dim', { least: 1, integer: true })
  const temperature = read.number('temperature', { above: 0 })
  const embedding = neck(dim)
  return {
    emission: {
      key: `contrastive ${JSON.stringify({ across, queue, dim, temperature })}`,
      emit(pass) {
        const { builder } = pass
        const query = embedding.emit(pass)
        const positive = rowProducts(builder, query, pass.readsKey(across ? next(pass) : pass.pass, dim), dim)
        const earlier = pass.variables.declare(builder, {
          ...{ name: queueName, shape: [queue, dim] },
          ...{ init: 'unit_rows', role: 'given' },
        })
        const negative = builder.one('matmul', [query, earlier], { transposeA: false, transposeB: true })
        const products = builder.one('concat_channels', [positive, negative])
        const logits = builder.one('scale', [products, valueOf(builder, { constant: 1 / temperature })])
        const [value] = builder.emit('soft_cross_entropy', [logits, firstOf(builder, pass.batch, queue)], {
          temperature: 1,
        })
        if (value === undefined) throw new Error('a cross-entropy has a value')
        return { value, figures: {} }
      },
    },
    contrast: {
      ...{ embedding, queue, passes: across ? 2 : 1 },
      after: (step) => new Map([[queueName, withKeys(step, queue, dim)]]),
    },
  }
}

/** A linear layer, a ReLU and a linear layer to `dim` numbers, which are normalised. Features of another number have another one. */
function neck(dim: number): EmbeddingEmission {
  return {
    key: `neck ${String(dim)}`,
    emit({ builder, variables, features }) {
      const input = features()
      const [, size = 0] = builder.shape(input)
      const dense = (place: number, x: ValueId, outputs: number): ValueId => {
        const name = `neck/${String(size)}.linear_${String(place)}`
        const kernel = {
          name: `${name}.kernel`,
          shape: [size, outputs],
          init: 'linear_uniform',
          role: 'kernel',
        } as const
        const bias = { name: `${name}.bias`, shape: [outputs], init: 'zeros', role: 'bias' } as const
        const product = builder.one('matmul', [x, variables.declare(builder, kernel)], {
          transposeA: false,
          transposeB: false,
        })
        return builder.one('bias_add', [product, variables.declare(builder, bias)])
      }
      return builder.one('l2_normalise', [dense(2, builder.one('relu', [dense(1, input, size)]), dim)])
    },
  }
}

/** Products of the rows of two matrices, [batch, 1]. */
function rowProducts(builder: ProgramBuilder, a: ValueId, b: ValueId, length: number): ValueId {
  const ones = builder.one('fill', [], { shape: [length, 1], value: 1 })
  const products = builder.one('multiply', [a, b])
  return builder.one('matmul', [products, ones], { transposeA: false, transposeB: false })
}

/** The path behind that of a pass. */
function next({ companions, pass }: ObjectivePass): string {
  return companions[(companions.indexOf(pass) + 1) % companions.length] ?? pass
}

/** Targets whose first column is 1: [batch, 1 + others]. */
function firstOf(builder: ProgramBuilder, batch: number, others: number): ValueId {
  const [ones, zeros] = [
    builder.one('fill', [], { shape: [batch, 1], value: 1 }),
    builder.one('fill', [], { shape: [batch, others], value: 0 }),
  ]
  return builder.one('concat_channels', [ones, zeros])
}

/** The queue with the keys of a step: image i of step s at row s times batch plus i, from the start again behind the last row. */
function withKeys({ at, read, keys }: KeyStep, queue: number, dim: number): Float32Array {
  const values = read(queueName)
  if (values === undefined) throw new Error('a step compared with a queue that is not there')
  const [first = new Float32Array()] = keys
  const batch = first.length / dim
  const begin = stepsDone(at) * batch
  for (let place = 0; place < first.length; place++) {
    const row = (begin + Math.floor(place / dim)) % queue
    values[row * dim + (place % dim)] = keys.reduce((sum, key) => sum + (key[place] ?? 0), 0) / keys.length
  }
  return values
}
