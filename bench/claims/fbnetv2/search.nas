//! A small space with choices of every kind of FBNetV2, and a search in which the cost counts by a factor.

import { bn, conv, global_pool, hswish, linear, relu } from std:nn
import { fbnet_block } from std:mobile
import std:search

/// How much 100,000 effective multiply-accumulates count beside the cross-entropy.
param factor = 0.3

let inner = {1.5, 3, 4.5}
op block() =
  one of { for k in {3, 5} for act in { relu, hswish }: fbnet_block(k, one of inner, act: act, shortcut: not first) }

space chain {
  input   image(one of {12, 16}, 1)
  classes 10
  network {
    stem conv(8, 3, stride: 2) -> bn -> hswish
    stage a { width one of 8..32 step 4;  depth 2; stride 2; first fbnet_block(3, one of inner, act: hswish, shortcut: false); layer block }
    stage b { width one of 16..64 step 8; depth 2; stride 2; first fbnet_block(3, one of inner, act: hswish, shortcut: false); layer block }
    head global_pool -> linear(classes)
  }
}

search dmasking of chain {
  relax    width, expand by mask, resolution by subsample, all by gumbel at temperature exponential(5, rate: 0.5 per epoch)
  minimise cross_entropy + factor * macs.effective / 100k
  train weights on 80% { sgd(lr: 0.05, momentum: 0.9, decay: 1e-4) } per epoch
  train choices on 20% { adam(lr: 0.05) } per epoch
  derive   argmax
  scale toy { epochs 4, batch 32, examples 2k; retrain { epochs 1, examples 6k } }
}
