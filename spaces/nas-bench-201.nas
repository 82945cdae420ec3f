//! NAS-Bench-201: Extending the Scope of Reproducible Neural Architecture Search. Dong, Yang, ICLR 2020. Written from memory, not
//! from the paper; that its numbers come out, to the digit, is what speaks for it.

import std:cells
import std:search
import { avg_pool as mean_pool, bn, conv, global_pool, linear, relu } from std:nn

param width = 16
/// Cells in each of the three rows of equal width.
param repeats = 5
let candidates = { none, skip, relu_conv(1), relu_conv(3), mean_pool(3) }

/// Three nodes, each the sum of everything before it, each edge through one operation: 5^6 cells.
cell bench201(x) {
  node n[1..3] { from all of earlier; through one of candidates; merge sum }
  output n[3]
}

/// Basic block of a residual network that halves the map.
op halving_block = sum(
  relu -> conv(channels, 3, stride: 2) -> bn -> relu -> conv(channels, 3) -> bn,
  mean_pool(2, 2) -> conv(channels))

cell halve(x) {
  node n { from all of { x }; through halving_block; merge sum }
  output n
}

space nas_bench_201 {
  input   image(32, 32, 3)
  classes 10
  cell normal    = bench201
  cell reduction = halve
  network {
    stem  conv(width, 3) -> bn
    stack 3 * repeats + 2 of normal, reduction at { repeats, 2 * repeats + 1 }, channels width, doubled at reduction
    head  bn -> relu -> global_pool -> linear(classes)
  }
}

/// First-order DARTS, as the benchmark runs it; the settings are remembered.
search first_order of nas_bench_201 {
  relax    through by softmax
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.025 to 0.001), momentum: 0.9, decay: 5e-4, nesterov: true), clip 5 }
  train choices on 50% { adam(lr: 3e-4, betas: (0.5, 0.999), decay: 1e-3), choice_init 1e-3 }
  derive   argmax
  retrain  { epochs 200, batch 256, lr cosine(0.1 to 0) }
  scale paper { epochs 50, batch 64, augment crop(4) & flip }
  scale quick { repeats = 1, width = 4, epochs 2, batch 64, examples 6k; retrain { repeats = 1, width = 8, epochs 2, batch 64 } }
}

/// The largest network. The benchmark's own counter has 220.11969 M, ten biases more (remembered).
architecture all_conv3 of nas_bench_201 {
  normal { n1: relu_conv(3) of x; n2: relu_conv(3) of x, relu_conv(3) of n1; n3: relu_conv(3) of x, relu_conv(3) of n1, relu_conv(3) of n2 }
  expect parameters = 1_531_546
  expect macs = 220_119_680
}

/// What is left without any operation in the cells. The benchmark has 0.073306 M parameters and 7.78305 M operations (remembered).
architecture all_none of nas_bench_201 {
  normal { n1: none of x; n2: none of x, none of n1; n3: none of x, none of n1, none of n2 }
  expect parameters = 73_306
  expect macs = 7_783_040
}

/// The best cell on CIFAR-10 by test accuracy (94.37%, remembered): all 3x3 convolutions but a skip from the input to the output.
architecture best_cifar10 of nas_bench_201 {
  normal { n1: relu_conv(3) of x; n2: relu_conv(3) of x, relu_conv(3) of n1; n3: skip of x, relu_conv(3) of n1, relu_conv(3) of n2 }
  expect parameters = 1_288_506
}
