//! NAS-Bench-101: Towards Reproducible Neural Architecture Search. Ying, Klein, Real, Christiansen, Murphy, Hutter, ICML 2019.
//! Written from memory, not from the paper; that the parameters of its example come out, to the digit, is what speaks for it.

import { bn, conv, global_pool, identity, linear, max_pool, relu } from std:nn
import std:search

param width = 128
/// Cells in each of the three rows of equal width.
param repeats = 3
/// The benchmark divides the channels of a cell among the vertices that its output joins. That number hangs on the architecture;
/// here an architecture states it, and the division is rounded down where the benchmark spreads the rest.
param joined = 1
/// Networks that are drawn at random before evolution begins, and those that it trains after them, one at a time.
param population = 50
param mutants = 950
/// Epochs for which every network is trained.
param trained_for = 108

op conv_bn_relu(kernel: int = 1) = conv(floor(channels / joined), kernel) -> bn -> relu
op project_whole = conv(channels) -> bn -> relu
let candidates = { conv_bn_relu(3), conv_bn_relu(1), max_pool(3) }

/// Five vertices v, each one operation on the sum a of what it reads; the input is projected wherever it is read.
cell bench101(x) {
  node a1 { from any 0.. of { x }; through identity; project conv_bn_relu }; node v1 { from { a1 }; through one of candidates }
  node a2 { from any 0.. of { x, v1 }; through identity; project conv_bn_relu }; node v2 { from { a2 }; through one of candidates }
  node a3 { from any 0.. of { x, v1, v2 }; through identity; project conv_bn_relu }; node v3 { from { a3 }; through one of candidates }
  node a4 { from any 0.. of { x, v1, v2, v3 }; through identity; project conv_bn_relu }; node v4 { from { a4 }; through one of candidates }
  node a5 { from any 0.. of { x, v1, v2, v3, v4 }; through identity; project conv_bn_relu }; node v5 { from { a5 }; through one of candidates }
  output concat(any 1.. of { v1, v2, v3, v4, v5 }) + project_whole(any 0..1 of { x })
  // Nine edges, and one from every sum to its vertex: exact where no vertex is left out.
  require edges <= 14; require every node is reached and used, or removed
}

cell halve(x) { node n { from { x }; through max_pool(2, 2) }; output n }

space nas_bench_101 {
  input image(32, 32, 3); classes 10
  cell normal = bench101; cell downsample = halve
  network { stem conv(width, 3) -> bn -> relu; stack 3 * repeats + 2 of normal, downsample at { repeats, 2 * repeats + 1 }, channels width, doubled at downsample; head global_pool -> linear(classes) }
}

/// Regularised evolution as in the benchmark, with trained networks in place of its table; the settings are remembered. Networks of
/// this space share no weights: how wide the projections of a cell are hangs on how many vertices the cell before it joins.
search regularised_evolution of nas_bench_101 {
  minimise cross_entropy
  train weights { sgd(lr: cosine(0.1 to 0), momentum: 0.9, decay: 1e-4), clip 5 }
  validate on 20%
  score    trained(epochs: trained_for)
  derive   evolution(population, generations: mutants, mutants: 1, crossovers: 0, aging: true, tournament: 10)
  retrain  { epochs 108, batch 256, lr cosine(0.1 to 0) }
  scale paper { batch 256, augment crop(4) & flip }
  scale quick { repeats = 1, width = 8, population = 8, mutants = 12, trained_for = 1, batch 64, examples 6k; retrain { repeats = 1, width = 8, epochs 2, batch 64 } }
}

/// The example of the benchmark's code, like a cell of Inception. Published: 2,694,282 (remembered).
architecture inception_like of nas_bench_101 {
  normal {
    a1: identity of x; v1: conv_bn_relu(1) of a1
    a2: identity of x; v2: conv_bn_relu(3) of a2
    a3: identity of x; v3: conv_bn_relu(3) of a3
    a4: identity of v3; v4: conv_bn_relu(3) of a4
    a5: identity of x; v5: max_pool(3) of a5
    output: { v1, v2, v4, v5 }; output.plus[1]: {}
  }
  with joined = 4
  expect parameters = 2_694_282
}
