//! A supernet of slices like that of once-for-all, in small: kernels and expansions by layer, layers by stage.

import { bn, conv, hswish, linear } from std:nn
import { ofa_mbconv, pooled_head } from std:mobile
import std:search

space elastic {
  input   image(one of {12, 16}, 1)
  classes 10
  let kernels = {3, 5, 7}
  let expansions = {1, 2, 3}
  network {
    stem conv(8, 3, stride: 2) -> bn -> hswish
    stage unit1 { width 12; depth one of 1..3;           layer ofa_mbconv(one of kernels, one of expansions) }
    stage unit2 { width 16; depth one of 1..3; stride 2; layer ofa_mbconv(one of kernels, one of expansions, se: true, act: hswish) }
    stage unit3 { width 24; depth one of 1..3; stride 2; layer ofa_mbconv(one of kernels, one of expansions, se: true, act: hswish) }
    head pooled_head(48, expand: 2) -> linear(classes)
  }
}

search supernet of elastic {
  relax    all by slice
  sample   sandwich(uniform, count: 2)
  minimise cross_entropy(smoothing: 0.1) for largest, distill(from: largest) for others
  train weights { sgd(lr: cosine(0.1 to 0, smooth: true), momentum: 0.9, nesterov: true, decay: 3e-5), decay_kernels_only, clip_value 1 }
  validate on 20%
  derive   best of 1
  calibrate 4
  scale toy { epochs 4, batch 32, examples 2500 }
}
