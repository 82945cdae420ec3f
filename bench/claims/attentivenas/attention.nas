//! Searches that differ in which networks are trained between the largest and the smallest: a space like that of AttentiveNAS, in
//! small. Their results are the scores of random networks, the same ones in all searches of a seed.

import { bn, conv, linear, swish } from std:nn
import { attentive_mbconv, pooled_head } from std:mobile
import std:search

space small {
  input   image(one of {12, 16}, 1)
  classes 10
  network {
    stem conv(one of {4, 8}, 3, stride: 2) -> bn -> swish
    stage a { width one of {4, 8};  depth one of 1..2;           layer attentive_mbconv(one of {3, 5} per stage, one of {1, 2, 3} per stage) }
    stage b { width one of {8, 16}; depth one of 1..2; stride 2; layer attentive_mbconv(one of {3, 5} per stage, one of {1, 2, 3} per stage) }
    stage c { width one of {8, 16}; depth one of 1..2; stride 2; layer attentive_mbconv(one of {3, 5} per stage, one of {1, 2, 3} per stage, se: true) }
    head pooled_head(one of {16, 32}, expand: 2, act: swish) -> linear(classes)
  }
}

let bin = 20k

search uniform_middle of small {
  relax    all by slice
  sample   sandwich(uniform, count: 2)
  minimise cross_entropy(smoothing: 0.1) for largest, distill(from: largest) for others
  train weights { sgd(lr: cosine(0.1 to 0, smooth: true), momentum: 0.9, nesterov: true, decay: 1e-5), decay_kernels_only, clip_value 1 }
  validate on 20%
  derive   best of 45
  calibrate 4
  scale toy { epochs 4, batch 32, examples 2k }
}
search best_up of small like uniform_middle { sample sandwich(attentive(best of 3 by batch_loss, bins: bin), count: 2) }
search worst_up of small like uniform_middle { sample sandwich(attentive(worst of 3 by batch_loss, bins: bin), count: 2) }

/// As the two before, but none is looked at: what is picked of three that are drawn alike.
search shuffled of small like uniform_middle { sample sandwich(attentive(best of 1 by batch_loss, bins: bin), count: 2) }
