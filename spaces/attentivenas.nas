//! AttentiveNAS: Improving Neural Architecture Search via Attentive Sampling. Wang, Li, Gong, Chandra, CVPR 2021.

import { bn, conv, linear, swish } from std:nn
import { attentive_mbconv, pooled_head } from std:mobile
import std:search

/// Sides of the images.
param sides = {192, 224, 256, 288}

/// What all widths are divided by: 4 makes a space for small images.
param thin = 1

/// Width of the bins of multiply-accumulates: of those that costs are drawn from, and of those of the front.
param bin = 25M
param front_bin = 10M

/// Multiply-accumulates of the front.
param least = 200M
param most = 1200M

/// Architectures of the first generation, further ones, and mutants and crossovers of each.
param population = 512
param generations = 20
param changed = 128

/// Share of the training images that architectures are judged by: ours.
param judging = 4%

/// Epochs without attention before the predictor of accuracy is fitted, and networks that it is fitted to.
param pretrained = 30
param scored = 1024

/// One choice of width, depth, kernel and expansion per stage, shared by its layers.
space attentivenas {
  input   image(one of sides, 3)
  classes 1000
  network {
    stem conv(one of { 16 / thin, 24 / thin }, 3, stride: 2) -> bn -> swish
    stage mb1 { width one of { 16 / thin, 24 / thin };                           depth one of 1..2;           layer attentive_mbconv(one of {3, 5} per stage, expand: 1) }
    stage mb2 { width one of { 24 / thin, 32 / thin };                           depth one of 3..5; stride 2; layer attentive_mbconv(one of {3, 5} per stage, one of 4..6 per stage) }
    stage mb3 { width one of { 32 / thin, 40 / thin };                           depth one of 3..6; stride 2; layer attentive_mbconv(one of {3, 5} per stage, one of 4..6 per stage, se: true) }
    stage mb4 { width one of { 64 / thin, 72 / thin };                           depth one of 3..6; stride 2; layer attentive_mbconv(one of {3, 5} per stage, one of 4..6 per stage) }
    stage mb5 { width one of { 112 / thin, 120 / thin, 128 / thin };             depth one of 3..8;           layer attentive_mbconv(one of {3, 5} per stage, one of 4..6 per stage, se: true) }
    stage mb6 { width one of { 192 / thin, 200 / thin, 208 / thin, 216 / thin }; depth one of 3..8; stride 2; layer attentive_mbconv(one of {3, 5} per stage, expand: 6, se: true) }
    stage mb7 { width one of { 216 / thin, 224 / thin };                         depth one of 1..2;           layer attentive_mbconv(one of {3, 5} per stage, expand: 6, se: true) }
    head pooled_head(one of { 1792 / thin, 1984 / thin }, act: swish) -> linear(classes)
  }
}

/// BestUp-3 by loss, as in the released configuration. The supernet is used without retraining.
search best_up of attentivenas {
  relax    all by slice
  sample   sandwich(attentive(best of 3 by batch_loss, bins: bin), count: 2)
  minimise cross_entropy(smoothing: 0.1) for largest, distill(from: largest) for others
  train weights { sgd(lr: cosine(0.8 to 0, smooth: true), momentum: 0.9, nesterov: true, decay: 1e-5), decay_kernels_only, clip_value 1 }
  // Settings of AlphaNet's script, to which the code of AttentiveNAS points; that the paper used the same is remembered.
  validate on judging
  derive   pareto(bins: front_bin, least: least, most: most) by evolution(population: population, generations: generations, mutants: changed, crossovers: changed, mutation: 0.2)
  calibrate 64
  scale paper {
    epochs 360, batch 2048, warmup 5, image_side 224, augment auto_augment, zero_init_residual
    head_dropout 0.2 for largest, drop_connect 0.2 for largest stages 2
  }
  scale quick {
    sides = {24, 28, 32, 36}, thin = 4, bin = 100k, front_bin = 100k, least = 0, most = 10M
    population = 12, generations = 2, changed = 4, judging = 10%
    epochs 1, batch 32, examples 4k, calibrate 4, lr cosine(0.05 to 0, smooth: true)
  }
}

/// BestUp-50 by accuracy: networks are ranked by a predictor in place of the loss on the batch. That the supernet is trained for 30 of
/// the epochs, that 1,024 networks are judged on a tenth of the training images is remembered. Reconstructed: the predictor is a network
/// on one-hot codes in place of a random forest, and the supernet is trained on from where it was.
search best_up_predicted of attentivenas like best_up {
  predictor quality = mlp(128, 64) on one_hot
  train predictor { adamw(lr: cosine(1e-3 to 0, smooth: true), decay: 0.01), epochs 100, batch 64, measure scored, pretrain pretrained }
  sample sandwich(attentive(best of 50 by predicted, bins: bin), count: 2)
  scale paper { judging = 10% }
  scale quick { epochs 2, pretrained = 1, scored = 200 }
}

/// WorstUp-50 by accuracy.
search worst_up_predicted of attentivenas like best_up_predicted {
  sample sandwich(attentive(worst of 50 by predicted, bins: bin), count: 2)
}

/// The smallest network of the space. Multiply-accumulates of A0 to A6 are those of their paper, which gives them in millions.
architecture A0 of attentivenas {
  resolution 192, stem.width 16, head.width 1792
  mb1 { width 16, depth 1, kernel 3 }
  mb2 { width 24, depth 3, kernel 3, expand 4 }
  mb3 { width 32, depth 3, kernel 3, expand 4 }
  mb4 { width 64, depth 3, kernel 3, expand 4 }
  mb5 { width 112, depth 3, kernel 3, expand 4 }
  mb6 { width 192, depth 3, kernel 3 }
  mb7 { width 216, depth 1, kernel 3 }
  expect macs = 203_389_568
  expect parameters = 8_954_184
}

architecture A1 of attentivenas {
  resolution 224, stem.width 16, head.width 1984
  mb1 { width 16, depth 1, kernel 3 }
  mb2 { width 24, depth 3, kernel 3, expand 4 }
  mb3 { width 32, depth 3, kernel 3, expand 4 }
  mb4 { width 64, depth 3, kernel 5, expand 4 }
  mb5 { width 112, depth 3, kernel 3, expand 4 }
  mb6 { width 192, depth 3, kernel 5 }
  mb7 { width 216, depth 1, kernel 3 }
  expect macs = 279_238_816
  expect parameters = 9_452_872
}

architecture A2 of attentivenas {
  resolution 224, stem.width 16, head.width 1984
  mb1 { width 16, depth 1, kernel 3 }
  mb2 { width 24, depth 3, kernel 3, expand 4 }
  mb3 { width 32, depth 3, kernel 3, expand 5 }
  mb4 { width 64, depth 3, kernel 3, expand 4 }
  mb5 { width 112, depth 3, kernel 3, expand 4 }
  mb6 { width 200, depth 4, kernel 5 }
  mb7 { width 224, depth 1, kernel 3 }
  expect macs = 316_730_080
  expect parameters = 11_149_824
}

architecture A3 of attentivenas {
  resolution 224, stem.width 16, head.width 1984
  mb1 { width 16, depth 2, kernel 3 }
  mb2 { width 24, depth 3, kernel 3, expand 4 }
  mb3 { width 32, depth 3, kernel 3, expand 4 }
  mb4 { width 64, depth 4, kernel 5, expand 4 }
  mb5 { width 112, depth 3, kernel 3, expand 4 }
  mb6 { width 208, depth 5, kernel 3 }
  mb7 { width 224, depth 1, kernel 3 }
  expect macs = 356_518_400  // published: 357 M
  expect parameters = 12_784_928
}

architecture A4 of attentivenas {
  resolution 256, stem.width 16, head.width 1984
  mb1 { width 16, depth 1, kernel 3 }
  mb2 { width 24, depth 3, kernel 3, expand 4 }
  mb3 { width 32, depth 3, kernel 3, expand 4 }
  mb4 { width 64, depth 4, kernel 5, expand 5 }
  mb5 { width 112, depth 3, kernel 3, expand 4 }
  mb6 { width 192, depth 5, kernel 5 }
  mb7 { width 216, depth 1, kernel 3 }
  expect macs = 443_530_752  // published: 444 M
  expect parameters = 11_809_640
}

architecture A5 of attentivenas {
  resolution 256, stem.width 16, head.width 1792
  mb1 { width 16, depth 1, kernel 3 }
  mb2 { width 24, depth 3, kernel 3, expand 4 }
  mb3 { width 32, depth 3, kernel 3, expand 5 }
  mb4 { width 72, depth 3, kernel 5, expand 4 }
  mb5 { width 112, depth 4, kernel 3, expand 4 }
  mb6 { width 192, depth 6, kernel 3 }
  mb7 { width 216, depth 1, kernel 3 }
  expect macs = 490_520_064  // published: 491 M
  expect parameters = 12_597_464
}

architecture A6 of attentivenas {
  resolution 288, stem.width 16, head.width 1984
  mb1 { width 16, depth 1, kernel 3 }
  mb2 { width 24, depth 3, kernel 3, expand 4 }
  mb3 { width 32, depth 3, kernel 3, expand 6 }
  mb4 { width 64, depth 4, kernel 3, expand 5 }
  mb5 { width 112, depth 4, kernel 3, expand 4 }
  mb6 { width 216, depth 6, kernel 5 }
  mb7 { width 224, depth 1, kernel 3 }
  expect macs = 709_007_232  // published: 709 M
  expect parameters = 15_154_792
}

architecture Largest of attentivenas {
  resolution 288, stem.width 24, head.width 1984
  mb1 { width 24, depth 2, kernel 5 }
  mb2 { width 32, depth 5, kernel 5, expand 6 }
  mb3 { width 40, depth 6, kernel 5, expand 6 }
  mb4 { width 72, depth 6, kernel 5, expand 6 }
  mb5 { width 128, depth 8, kernel 5, expand 6 }
  mb6 { width 216, depth 8, kernel 5 }
  mb7 { width 224, depth 2, kernel 5 }
  expect macs = 1_939_335_808
  expect parameters = 23_404_080
}
