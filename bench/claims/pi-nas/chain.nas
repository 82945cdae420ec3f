//! Searches that differ in how a supernet is trained before its architectures are ranked: a chain of choice blocks like that of
//! Pi-NAS, in small. Residual branches do not start at zero, and what embeddings are made of is normalised: without, so few steps
//! leave them all alike. Candidates differ in what they see around a pixel, and cost about as much: a ranking by size is worth nothing.

import { bn, conv, depthwise, global_pool, linear, relu } from std:nn
import std:search

/// Fewer blocks show what a layer in between has made of an image.
param blocks = 3

op square = conv(12) -> bn -> relu -> conv(12, 3) -> bn -> relu -> conv(channels) -> bn
op point = conv(12) -> bn -> relu -> conv(54) -> bn -> relu -> conv(12) -> bn -> relu -> conv(channels) -> bn
op wide = conv(25) -> bn -> relu -> depthwise(5) -> bn -> relu -> conv(channels) -> bn

space chain {
  input   image(16, 1)
  classes 10
  network {
    stem conv(24, 3, stride: 2) -> bn -> relu
    stage a { width 24; depth blocks; layer residual { one of { square, point, wide } } -> relu }
    head global_pool -> bn -> linear(classes)
  }
}

search pi of chain {
  sample   two disjoint paths
  views    4 by moco_v2
  minimise contrastive(positives: across_paths, queue: 512, dim: 32, temperature: 0.2)
  teacher  ema(0.99) of active_path
  train weights { sgd(lr: cosine(0.1 to 0), momentum: 0.9, decay: 1e-4) }
  validate on 20%
  score    linear_probe(epochs: 4, lr: cosine(0.2 to 0), batch: 32, calibrated: 512)
  derive   tree(first: 2, then: 1, total: 2)
  scale toy { epochs 5, batch 32, examples 2k, image_side 16 }
}
search same_path of chain like pi { minimise contrastive(positives: same_path, queue: 512, dim: 32, temperature: 0.2) }

/// The keys are the supernet's own, as it is when they are made.
search no_teacher of chain like pi { teacher ema(0) of active_path }

/// Trained by labels, one path in a step: in twice as many steps as many paths.
search single_path of chain {
  sample   uniform
  minimise cross_entropy
  train weights { sgd(lr: cosine(0.1 to 0), momentum: 0.9, decay: 1e-4) }
  validate on 20%
  derive   best of 1
  calibrate 16
  scale toy { epochs 10, batch 32, examples 2k, image_side 16 }
}

/// How an architecture is trained by itself.
search alone of chain like single_path {
  retrain { epochs 2, batch 32, examples 2k, image_side 16, lr cosine(0.1 to 0) }
}
