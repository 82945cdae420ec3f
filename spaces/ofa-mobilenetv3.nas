//! Once-for-All: Train One Network and Specialize It for Efficient Deployment. Cai, Gan, Wang, Zhang, Han, ICLR 2020.

import { bn, conv, hswish, linear } from std:nn
import { ofa_mbconv, pooled_head } from std:mobile
import std:search

/// Sides of the images.
param sides = 128..224 step 4

/// Epochs of a phase, and of one that opens the first smaller option.
param long = 120
param short = 25

/// Architectures that the evolution keeps, and how often it makes as many new ones.
param population = 100
param generations = 500

/// Share of the training images that architectures are judged by: 10,000 images of ImageNet, rounded up.
param judging = 1%

/// MobileNetV3 with kernel and expansion chosen per layer, and the number of layers per stage.
space ofa_mobilenetv3 {
  input   image(one of sides, 3)
  classes 1000
  network {
    let kernels = {3, 5, 7}
    let expansions = {3, 4, 6}
    stem conv(16, 3, stride: 2) -> bn -> hswish
    stage first { width 16;                               layer ofa_mbconv(3, expand: 1) }
    stage unit1 { width 24;  depth one of 2..4; stride 2; layer ofa_mbconv(one of kernels, one of expansions) }
    stage unit2 { width 40;  depth one of 2..4; stride 2; layer ofa_mbconv(one of kernels, one of expansions, se: true) }
    stage unit3 { width 80;  depth one of 2..4; stride 2; layer ofa_mbconv(one of kernels, one of expansions, act: hswish) }
    stage unit4 { width 112; depth one of 2..4;           layer ofa_mbconv(one of kernels, one of expansions, se: true, act: hswish) }
    stage unit5 { width 160; depth one of 2..4; stride 2; layer ofa_mbconv(one of kernels, one of expansions, se: true, act: hswish) }
    head pooled_head(1280) -> linear(classes)
  }
}

/// Progressive shrinking: the full network is trained at all resolutions (how long was not readable), then kernels, depths and
/// expansions are opened, while the full network teaches. The paper searches with a predictor of accuracy and a table of
/// latencies per device; here architectures are judged by their accuracy.
search progressive_shrinking of ofa_mobilenetv3 {
  relax    all by slice(transform: true, sorted: true)
  sample   progressive({
    phase(resolution, sides, epochs: long, lr: cosine(3e-2 to 0)),
    phase(kernel, {3, 5, 7}, epochs: long, lr: cosine(3e-2 to 0)),
    phase(depth, {3, 4}, epochs: short, lr: cosine(2.5e-3 to 0), networks: 2),
    phase(depth, {2, 3, 4}, epochs: long, lr: cosine(7.5e-3 to 0), networks: 2),
    phase(expand, {4, 6}, epochs: short, lr: cosine(2.5e-3 to 0), networks: 4),
    phase(expand, {3, 4, 6}, epochs: long, lr: cosine(7.5e-3 to 0), networks: 4),
  })
  minimise cross_entropy(smoothing: 0.1) + distill(from: largest)
  train weights { sgd(lr: 0.03, momentum: 0.9, nesterov: true, decay: 3e-5), decay_kernels_only, head_dropout 0.1 }
  validate on judging
  derive   evolution(population: population, generations: generations, mutants: population / 2, crossovers: population / 2, mutation: 0.1, parents: population / 4)
  scale paper { batch 2048 }
  scale quick { sides = {24, 32}, long = 1, short = 1, population = 8, generations = 2, judging = 20%, batch 32, examples 1k, calibrate 4 }
}
