import { run, type RunOutcome } from '../../src/runtime/index.js'
import { compiledText } from './programs.js'

/** A search as that of AttentiveNAS with all its settings, in small, for the tiny data. */
export const attentiveIr = (sample: string, slice = 'slice', clauses = '', constraint = '') =>
  compiledText(`import { bn, conv, linear, swish } from std:nn
import { attentive_mbconv, pooled_head } from std:mobile
import std:search
space small {
  input   image(one of {8, 10}, 1)
  classes 3
  network {
    stem conv(one of {4, 6}, 3, stride: 2) -> bn -> swish
    stage a { width one of {4, 6}; depth one of 1..2;           layer attentive_mbconv(one of {3, 5} per stage, expand: 1) }
    stage b { width one of {6, 8}; depth one of 1..2; stride 2; layer attentive_mbconv(one of {3, 5} per stage, one of {1, 2} per stage) }
    head pooled_head(one of {8, 12}, expand: 2, act: swish) -> linear(classes)
  }
  ${constraint}
}
search s of small {
  relax    all by ${slice}
  sample   ${sample}
  minimise cross_entropy(smoothing: 0.1) for largest, distill(from: largest) for others
  train weights { sgd(lr: cosine(0.1 to 0, smooth: true), momentum: 0.9, nesterov: true), decay_kernels_only, clip_value 1 }
  validate on 25%
  derive   pareto(bins: 4k) by evolution(population: 4, generations: 1, mutants: 2, crossovers: 2, mutation: 0.3)
  calibrate 2
  ${clauses}
  scale tiny {
    epochs 2, batch 16, image_side 9, augment auto_augment, zero_init_residual
    head_dropout 0.2 for largest, drop_connect 0.4 for largest stages 2
  }
  scale plain { epochs 15, batch 16 }
}`)

/** A predictor that is fitted after the first epoch to what 20 networks score. */
export const scorePredictor = `predictor quality = mlp(8) on one_hot
  train predictor { adam(lr: 0.01), epochs 10, batch 8, measure 20, pretrain 1 }`

export const bestUpPredicted = 'sandwich(attentive(best of 5 by predicted, bins: 4k), count: 2)'

export const bestUp = 'sandwich(attentive(best of 3 by batch_loss, bins: 4k), count: 2)'

/** Two epochs of three steps, then two rounds of four scores, on the reference engine. */
export function runAttentive(
  data: string,
  out: string,
  more: Partial<Parameters<typeof run>[1]> = {},
  ir = attentiveIr(bestUp),
): Promise<RunOutcome> {
  return run(ir, { scale: 'tiny', backend: 'cpu', data, out, seed: 5, checkpointEvery: 1000, ...more })
}
