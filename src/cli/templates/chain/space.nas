//! A chain of choice blocks: every layer takes one of several operations. Change what you like.

import { bn, conv, depthwise, global_pool, identity, linear, relu } from std:nn
import std:search

/// Channels of the first stage.
param width = 8

/// Depthwise and 1x1 convolution.
op separable(kernel: int, stride: int = 1) = depthwise(kernel, stride) -> conv(channels) -> bn -> relu
/// An ordinary convolution.
op plain(kernel: int, stride: int = 1) = conv(channels, kernel, stride: stride) -> bn -> relu

let first_candidates = { plain(3), separable(3), separable(5) }
let candidates       = first_candidates + { identity }

space chain_space {
  input   image(28, 28, 1)
  classes 10
  network {
    stem conv(width, 3, stride: 2) -> bn -> relu
    stage s1 { width width;     depth 2;           first one of first_candidates; layer one of candidates }
    stage s2 { width 2 * width; depth 3; stride 2; first one of first_candidates; layer one of candidates }
    head global_pool -> linear(classes)
  }
}

/// In turn, a step for the weights on one half of the images and one for the choices on the other.
search by_gradient of chain_space {
  relax    all by softmax
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.05 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 0.01, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   argmax
  retrain  { epochs 100, batch 64, lr cosine(0.05 to 0) }
  scale paper { epochs 50, batch 64 }
  scale quick { epochs 2, batch 32, examples 2k, choice_lr 0.1; retrain { epochs 2, batch 64 } }
}

/// A network to compare with.
architecture Plain of chain_space { s1 plain(3), s2 plain(3) }
