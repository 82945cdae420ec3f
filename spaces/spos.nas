//! Single Path One-Shot Neural Architecture Search with Uniform Sampling. Guo et al., ECCV 2020.

import { bn, conv, dropout, global_pool, linear, relu } from std:nn
import { shuffle_unit, shuffle_xception } from std:shuffle
import std:search

let candidates = { shuffle_unit(3), shuffle_unit(5), shuffle_unit(7), shuffle_xception }

/// A chain of choice blocks.
space spos {
  input   image(224, 3)
  classes 1000
  network {
    stem conv(16, 3, stride: 2) -> bn(affine: standalone) -> relu
    stage s1 { width 64;  depth 4; stride 2; layer one of candidates }
    stage s2 { width 160; depth 4; stride 2; layer one of candidates }
    stage s3 { width 320; depth 8; stride 2; layer one of candidates }
    stage s4 { width 640; depth 4; stride 2; layer one of candidates }
    head conv(1024) -> bn(affine: standalone) -> relu -> global_pool -> dropout(0.1) -> linear(classes, bias: false)
  }
}

/// Architectures of the evolution, half of the next ones mutants and half crossovers; and how often there are next ones.
param population = 50
param generations = 20

/// One path per step, whose cost lies in a bin that is drawn first.
search single_path of spos {
  sample   uniform(least: 290M, most: 360M, bins: 10M)
  minimise cross_entropy(smoothing: 0.1)
  train weights { sgd(lr: linear(0.5 to 0, smooth: true), momentum: 0.9, decay: 4e-5) }
  validate on 4%  // 50,000 images
  derive   evolution(population, generations, mutants: population / 2, crossovers: population / 2, mutation: 0.1, parents: 10, most: 330M)
  calibrate 200
  retrain  { epochs 240, batch 1024, lr linear(0.5 to 0, smooth: true) }
  scale paper { epochs 120, batch 1024 }  // 150,000 and 300,000 steps
  scale quick {
    population = 10, generations = 3, epochs 8, batch 32, examples 4k, lr linear(0.05 to 0, smooth: true), calibrate 4
    retrain { epochs 2, batch 32, examples 4k, lr linear(0.05 to 0, smooth: true) }
  }
}

/// The published result: 323 M multiply-accumulates, 3.5 M parameters, 74.4% top-1.
architecture SPOS of spos {
  s1 { layer[1] shuffle_unit(7); layer[2] shuffle_unit(5); layer[3] shuffle_unit(3); layer[4] shuffle_unit(5) }
  s2 { layer[1] shuffle_unit(7); layer[2] shuffle_unit(3); layer[3] shuffle_unit(7); layer[4] shuffle_unit(3) }
  s3 { layer[1] shuffle_unit(7); layer[2] shuffle_unit(3); layer[3] shuffle_unit(7); layer[4] shuffle_xception
    layer[5] shuffle_unit(3); layer[6] shuffle_unit(3); layer[7] shuffle_unit(3); layer[8] shuffle_unit(3) }
  s4 { layer[1] shuffle_xception; layer[2] shuffle_unit(7); layer[3] shuffle_xception; layer[4] shuffle_xception }
  expect macs = 322_918_720
  expect parameters(mobile_vision) = 3_529_312
  expect parameters = 3_558_464
}

architecture All_3x3 of spos {
  s1 shuffle_unit(3), s2 shuffle_unit(3), s3 shuffle_unit(3), s4 shuffle_unit(3)
  expect macs = 295_842_496
}

architecture All_xception of spos {
  s1 shuffle_xception, s2 shuffle_xception, s3 shuffle_xception, s4 shuffle_xception
  expect macs = 358_825_920
}
