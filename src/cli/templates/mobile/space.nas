//! A mobile space: stages of inverted residuals whose kernel and expansion are chosen per layer. Change what you like.

import { bn, conv, depthwise, global_pool, linear, relu } from std:nn
import std:search

/// Channels of the first stage.
param width = 8

/// Inverted residual (Sandler et al., MobileNetV2, CVPR 2018): wide in the middle, with a shortcut where shapes agree.
op inverted(kernel: int, expand: int, stride: int = 1) = residual {
  conv(in * expand) -> bn -> relu -> depthwise(kernel, stride) -> bn -> relu -> conv(channels) -> bn
}

let candidates = { for k in {3, 5} for e in {2, 4}: inverted(k, e) }

space mobile_space {
  input   image(28, 28, 1)
  classes 10
  network {
    stem conv(width, 3, stride: 2) -> bn -> relu
    stage s1 { width width;     depth 2;           layer one of candidates }
    stage s2 { width 2 * width; depth 2; stride 2; layer one of candidates }
    head conv(4 * width) -> bn -> relu -> global_pool -> linear(classes)
  }
}

/// In turn, a step for the weights on one half of the images and one for the choices on the other.
search by_gradient of mobile_space {
  relax    all by softmax
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.05 to 0.001), momentum: 0.9, decay: 4e-5), clip 5 }
  train choices on 50% { adam(lr: 0.01, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   argmax
  retrain  { epochs 100, batch 64, lr cosine(0.05 to 0) }
  scale paper { epochs 50, batch 64 }
  scale quick { epochs 2, batch 32, examples 2k, choice_lr 0.1; retrain { epochs 2, batch 64 } }
}

/// A network to compare with.
architecture Small of mobile_space { s1 inverted(3, 2), s2 inverted(3, 2) }
