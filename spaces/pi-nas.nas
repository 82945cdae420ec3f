//! Pi-NAS: Improving Neural Architecture Search by Reducing Supernet Training Consistency Shift. Peng, Zhang, Li, Wang,
//! Liang, Lin, ICCV 2021.

import { global_pool, linear, relu } from std:nn
import { deep_stem, pooled_shortcut, split_bottleneck } from std:resnest
import std:search

/// Radix, cardinality, base width: about the same cost, so that the space tells good rankings of accuracy from bad ones.
let candidates = { split_bottleneck(1, 1, 64), split_bottleneck(2, 1, 64), split_bottleneck(1, 2, 42), split_bottleneck(2, 2, 40) }

/// What all numbers of channels of the blocks are divided by: 4 makes a space for small images.
param thin = 1

/// Keys of earlier steps, and numbers in each.
param keys = 49_152
param dim = 128

/// How the classifier is trained by which paths are ranked, and the images that the statistics of batch norms are measured on.
param probe_epochs = 100
param probe_batch = 256
param probe_rate = 30.0
param drops = {60, 80}
param calibrated = 50_176

/// Architectures of the first round, of each round after it, and in all.
param first_round = 80
param each_round = 8
param judged = 1000

/// Share of the training images that architectures are judged by: ours. The released code takes the validation images.
param judging = 4%

/// ResNeSt-50 with a choice in every block. The shortcut of a block is shared by its candidates.
space pi_nas {
  input   image(224, 3)
  classes 1000
  network {
    stem deep_stem
    stage layer1 { width 256 / thin;  depth 3;           layer sum(pooled_shortcut, one of candidates) -> relu }
    stage layer2 { width 512 / thin;  depth 4; stride 2; layer sum(pooled_shortcut, one of candidates) -> relu }
    stage layer3 { width 1024 / thin; depth 6; stride 2; layer sum(pooled_shortcut, one of candidates) -> relu }
    stage layer4 { width 2048 / thin; depth 3; stride 2; layer sum(pooled_shortcut, one of candidates) -> relu }
    head global_pool -> linear(classes)
  }
}

/// Two paths that share no block make embeddings of two views each; those of the other path attract.
search pi of pi_nas {
  sample   two disjoint paths
  views    4 by moco_v2
  minimise contrastive(positives: across_paths, queue: keys, dim: dim, temperature: 0.2)
  teacher  ema(0.999) of active_path
  train weights { sgd(lr: cosine(0.03 to 0), momentum: 0.9, decay: 1e-4), zero_init_residual }
  validate on judging
  score    linear_probe(epochs: probe_epochs, lr: step(probe_rate, at: drops), batch: probe_batch, calibrated: calibrated)
  derive   tree(first: first_round, then: each_round, total: judged)
  scale paper { epochs 100, batch 192 }
  scale quick {
    thin = 4, keys = 512, dim = 32, probe_epochs = 2, probe_batch = 32, probe_rate = 0.1, drops = {1}, calibrated = 256
    first_round = 6, each_round = 2, judged = 10, judging = 20%, image_side 32, epochs 1, batch 32, examples 1k
  }
}

/// The published network. Its recipe of retraining is not in the released code.
architecture Pi_NAS_cls of pi_nas {
  layer1 { layer[1] split_bottleneck(2, 2, 40); layer[2] split_bottleneck(1, 1, 64); layer[3] split_bottleneck(2, 1, 64) }
  layer2 { layer[1] split_bottleneck(2, 2, 40); layer[2] split_bottleneck(1, 2, 42); layer[3] split_bottleneck(2, 2, 40); layer[4] split_bottleneck(2, 1, 64) }
  layer3 { layer[1] split_bottleneck(1, 2, 42); layer[2] split_bottleneck(1, 1, 64); layer[3] split_bottleneck(2, 2, 40)
    layer[4] split_bottleneck(1, 2, 42); layer[5] split_bottleneck(2, 1, 64); layer[6] split_bottleneck(2, 2, 40) }
  layer4 { layer[1] split_bottleneck(1, 1, 64); layer[2] split_bottleneck(2, 2, 40); layer[3] split_bottleneck(1, 2, 42) }
  expect macs = 5_332_293_584
  expect macs(ptflops) = 5_379_644_200  // published: 5.38 G
  expect parameters = 27_046_278        // published: 27.1 M
}

/// The network that the space is built around: radix 2, cardinality 1, base width 64 everywhere.
architecture ResNeSt_50 of pi_nas {
  layer1 split_bottleneck(2, 1, 64), layer2 split_bottleneck(2, 1, 64), layer3 split_bottleneck(2, 1, 64), layer4 split_bottleneck(2, 1, 64)
  expect macs = 5_371_160_576
  expect macs(ptflops) = 5_417_639_656
  expect parameters = 27_483_240
}
