//! DARTS: Differentiable Architecture Search. Liu, Simonyan, Yang, ICLR 2019.

import { bn, conv, global_pool, linear } from std:nn
import std:cells
import std:search

param width = 16
param cells = 8
let candidates = { none, max_pool(3), avg_pool(3), skip, sep_conv(3), sep_conv(5), dil_conv(3), dil_conv(5) }

/// Four nodes, each the sum of two earlier states, each through one operation.
cell darts(s0, s1, stride: int = 1) {
  prepare s0 { if s0.height > s1.height then factorized_reduce else relu_conv_bn }
  prepare s1 { relu_conv_bn }
  node n[1..4] {
    from    any 2 of earlier
    through one of candidates, stride on s0, s1
    merge   sum
  }
  output concat(n)
}

space darts {
  input   image(32, 32, 3)
  classes 10
  cell normal    = darts
  cell reduction = darts(stride: 2)
  network {
    stem  conv(3 * width, 3) -> bn
    stack cells of normal, reduction at { cells / 3, 2 * cells / 3 }, channels width, doubled at reduction
    head  global_pool -> linear(classes)
  }
}

/// Minutes on two cores.
settings small {
  cells = 3, width = 4, epochs 4, batch 32, examples 6k, lr cosine(0.05 to 0.001), choice_lr 1
  retrain { cells = 3, width = 8, epochs 2, batch 64, lr cosine(0.025 to 0, smooth: true), cutout 0, drop_path 0 to 0, auxiliary 0 at 2/3 }
}

/// First-order DARTS: one step for the choices on held-out images, one for the weights, in turn.
search first_order of darts {
  relax    through by softmax, from by strength
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.025 to 0.001), momentum: 0.9, decay: 3e-4), clip 5 }
  train choices on 50% { adam(lr: 3e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   top(2) except none
  retrain  { cells = 20, width = 36, epochs 600, batch 96, lr cosine(0.025 to 0), cutout 16, drop_path 0 to 0.2, auxiliary 0.4 at 2/3 }
  scale paper { epochs 50, batch 64, augment crop(4) & flip }
  scale quick small
  // The choices look one step of the weights ahead.
  scale paper_second_order { epochs 50, batch 64, augment crop(4) & flip, second_order }
  scale quick_second_order small { second_order }
}

architecture DARTS_V1 of darts {
  normal    { n1: sep_conv(3) of s1, sep_conv(3) of s0; n2: skip of s0, sep_conv(3) of s1; n3: skip of s0, sep_conv(3) of s1; n4: sep_conv(3) of s0, skip of n1 }
  reduction { n1: max_pool(3) of s0, max_pool(3) of s1; n2: skip of n1, max_pool(3) of s0; n3: max_pool(3) of s0, skip of n1; n4: skip of n1, avg_pool(3) of s0 }
  with cells = 20, width = 36
  expect parameters = 3_169_414
  expect macs = 500_987_520
}

architecture DARTS_V2 of darts {
  normal    { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(3) of s1; n3: sep_conv(3) of s1, skip of s0; n4: skip of s0, dil_conv(3) of n1 }
  reduction { n1: max_pool(3) of s0, max_pool(3) of s1; n2: skip of n1, max_pool(3) of s1; n3: max_pool(3) of s0, skip of n1; n4: skip of n1, max_pool(3) of s1 }
  with cells = 20, width = 36
  expect parameters = 3_349_342
  expect macs = 528_359_040
}

architecture PC_DARTS_cifar of darts {
  normal    { n1: sep_conv(3) of s1, skip of s0; n2: sep_conv(3) of s0, dil_conv(3) of s1; n3: sep_conv(5) of s0, sep_conv(3) of s1; n4: avg_pool(3) of s0, dil_conv(3) of s1 }
  reduction { n1: sep_conv(5) of s1, max_pool(3) of s0; n2: sep_conv(5) of s1, sep_conv(5) of n1; n3: sep_conv(3) of s0, sep_conv(3) of n2; n4: sep_conv(3) of s1, sep_conv(3) of n1 }
  with cells = 20, width = 36
  expect parameters = 3_634_678
  expect macs = 556_670_592
}
