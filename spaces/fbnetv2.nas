//! FBNetV2: Differentiable Neural Architecture Search for Spatial and Channel Dimensions. Wan et al., CVPR 2020.

import { bn, conv, global_pool, hswish, linear, relu } from std:nn
import { fbnet_block, fbnet_skip, pooled_head } from std:mobile
import std:search

/// One of eight inverted residuals, or of what the place allows beside them. Where a width may change there is no shortcut, so
/// that masks do not decide which layers exist.
op block(expansions: set, others: set = {}, stride: int = 1) =
  one of { for k in {3, 5} for se in {false, true} for act in { relu, hswish }: fbnet_block(k, one of expansions, stride, se, act, shortcut: not first) } + others

/// Sides of the images.
param sides = {224, 256, 288}
/// What all numbers of channels are divided by.
param divided = 1
/// The share of its layers that a stage has.
param kept = 1.0

/// The largest space of the paper ("P"). Ranges and counts were read in notes and re-implementations. Which rows of its table
/// share a choice is reconstructed: here a stage has one width, every layer its own block and expansion (10^35 in the paper).
space fbnetv2 {
  input   image(one of sides, 3)
  classes 1000
  let expansions = 0.75..4.5 step 0.75
  let d = divided
  network {
    stem conv(16 / d, 3, stride: 2, bias: true) -> bn -> hswish
    stage s1 { width one of { 12 / d, 16 / d };                                          layer block({1}) }
    stage s2 { width one of 16 / d..28 / d step 4 / d;   depth ceil(3 * kept); stride 2; first block(expansions); layer block(expansions, { fbnet_skip }) }
    stage s3 { width one of 16 / d..40 / d step 8 / d;   depth ceil(3 * kept); stride 2; first block(expansions); layer block(expansions, { fbnet_skip }) }
    stage s4 { width one of 48 / d..96 / d step 8 / d;   depth ceil(3 * kept); stride 2; first block(expansions); layer block(expansions, { fbnet_skip }) }
    stage s5 { width one of 72 / d..128 / d step 8 / d;  depth ceil(4 * kept);           first block(expansions); layer block(expansions, { fbnet_skip }) }
    stage s6 { width one of 112 / d..216 / d step 8 / d; depth ceil(4 * kept); stride 2; first block(expansions); layer block(expansions, { fbnet_skip }) }
    head pooled_head(1984 / d) -> global_pool -> linear(classes)
  }
}

/// Channels by masks, resolutions by subsampling, blocks as in FBNet. Remembered: that expansions are masked too. The rates
/// are those of FBNet's code, and so are the form of the loss and its two constants; the paper's own were not readable, nor was
/// the batch, which is ours.
search dmasking of fbnetv2 {
  relax    width, expand by mask, resolution by subsample, block by gumbel at temperature exponential(5, rate: 0.956 per epoch)
  sample   all
  minimise cross_entropy * 0.2 * log(macs.effective) ^ 0.6
  train weights on 80% { sgd(lr: 0.1, momentum: 0.9, decay: 1e-4) } per epoch
  train choices on 20% { adam(lr: 0.01, decay: 5e-4) } per epoch
  derive   argmax
  scale paper { epochs 90, batch 256, classes_share 10% }
  scale quick {
    sides = {24, 32}, divided = 4, kept = 0.5, epochs 4, batch 32, examples 4k, lr 0.05, choice_lr 0.1
    retrain { epochs 2, batch 32, examples 20k, lr cosine(0.1 to 0) }
  }
}

/// The body of the released FBNetV2_F1, F2 and F3, which lies outside of every grid of the paper: its expansions look like
/// expected values of a search. Weights and multiply-accumulates are those published with mobile-vision.
space fbnetv2_f1 {
  input   image(one of {128, 160, 192}, 3)
  classes 1000
  network {
    stem conv(8, 3, stride: 2, bias: true) -> bn -> hswish
    stage b1  { width 8;             layer fbnet_block(5, 1) }
    stage b2  { width 24;  stride 2; layer fbnet_block(5, 5.4566) }
    stage b3  { width 24;            layer fbnet_block(5, 4.7912) }
    stage b4  { width 32;  stride 2; layer fbnet_block(5, 5.3501, se: true) }
    stage b5  { width 24;            layer fbnet_block(5, 4.5379, se: true) }
    stage b6  { width 56;  stride 2; layer fbnet_block(5, 5.7133, act: hswish) }
    stage b7  { width 56;            layer fbnet_block(3, 4.1212, act: hswish) }
    stage b8  { width 56;            layer fbnet_block(3, 5.1246, se: true, act: hswish) }
    stage b9  { width 80;            layer fbnet_skip }
    stage b10 { width 80;            layer fbnet_block(5, 4.507, se: true, act: hswish) }
    stage b11 { width 80;            layer fbnet_block(5, 1.7712, se: true, act: hswish) }
    stage b12 { width 144; stride 2; layer fbnet_block(3, 4.5685, se: true, act: hswish) }
    stage b13 { width 144;           layer fbnet_block(5, 5.84, se: true, act: hswish) }
    stage b14 { width 144;           layer fbnet_block(5, 6.8754, se: true, act: hswish) }
    stage b15 { width 224;           layer fbnet_skip }
    head pooled_head(one of {1600, 1984}) -> global_pool -> linear(classes)
  }
}

architecture FBNetV2_F1 of fbnetv2_f1 {
  resolution 128, head.width 1600
  expect parameters(mobile_vision) = 5_999_408
  expect macs(mobile_vision) = 56_410_560
  expect macs = 56_231_936
}

/// Published: 121.8 M.
architecture FBNetV2_F3 of fbnetv2_f1 {
  resolution 192, head.width 1984
  expect macs(mobile_vision) = 121.8M within 0.05%
}

/// The body of the released FBNetV2_F4.
space fbnetv2_f4 {
  input   image(224, 3)
  classes 1000
  network {
    stem conv(16, 3, stride: 2, bias: true) -> bn -> hswish
    stage b1  { width 16;            layer fbnet_block(3, 1, act: hswish) }
    stage b2  { width 24;  stride 2; layer fbnet_block(5, 5.4566, act: hswish) }
    stage b3  { width 24;            layer fbnet_block(5, 1.7912, act: hswish) }
    stage b4  { width 24;            layer fbnet_block(5, 1.7912, act: hswish) }
    stage b5  { width 32;  stride 2; layer fbnet_block(5, 5.3501, se: true) }
    stage b6  { width 32;            layer fbnet_block(5, 3.5379, se: true) }
    stage b7  { width 32;            layer fbnet_block(5, 4.5379, se: true) }
    stage b8  { width 32;            layer fbnet_block(5, 4.5379, se: true) }
    stage b9  { width 64;  stride 2; layer fbnet_block(5, 5.7133, act: hswish) }
    stage b10 { width 64;            layer fbnet_block(3, 2.1212, act: hswish) }
    stage b11 { width 64;            layer fbnet_skip }
    stage b12 { width 104;           layer fbnet_block(3, 5.0333, act: hswish) }
    stage b13 { width 104;           layer fbnet_block(5, 2.507, se: true, act: hswish) }
    stage b14 { width 104;           layer fbnet_block(5, 1.7712, se: true, act: hswish) }
    stage b15 { width 112;           layer fbnet_block(5, 3.7712, se: true, act: hswish) }
    stage b16 { width 184; stride 2; layer fbnet_block(3, 5.5685, se: true, act: hswish) }
    stage b17 { width 184;           layer fbnet_block(5, 2.84, se: true, act: hswish) }
    stage b18 { width 184;           layer fbnet_block(5, 4.8754, se: true, act: hswish) }
    stage b19 { width 224;           layer fbnet_skip }
    head pooled_head(1984) -> global_pool -> linear(classes)
  }
}

architecture FBNetV2_F4 of fbnetv2_f4 {
  expect parameters(mobile_vision) = 6_994_824
  expect macs(mobile_vision) = 238_351_984
  expect macs = 237_605_592
}
