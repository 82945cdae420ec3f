//! Units of ShuffleNetV2 (Ma et al., ECCV 2018), as single path one-shot (Guo et al., ECCV 2020) chooses among them. Half of the
//! channels pass by where the stride is 1; a unit shuffles before it splits.

import { bn, channel_shuffle, conv, depthwise, relu, split } from std:nn

/// A depthwise convolution between two 1x1 convolutions; the inner width is half of the unit's.
op shuffle_branch(kernel: int, features: int, stride: int = 1) =
     conv(floor(channels / 2)) -> bn(affine: standalone) -> relu -> depthwise(kernel, stride) -> bn(affine: standalone)
  -> conv(features) -> bn(affine: standalone) -> relu

/// Three depthwise 3x3 convolutions, each before a 1x1 convolution.
op xception_branch(features: int, stride: int = 1) =
     depthwise(3, stride) -> bn(affine: standalone) -> conv(floor(channels / 2)) -> bn(affine: standalone) -> relu
  -> depthwise(3)         -> bn(affine: standalone) -> conv(floor(channels / 2)) -> bn(affine: standalone) -> relu
  -> depthwise(3)         -> bn(affine: standalone) -> conv(features)            -> bn(affine: standalone) -> relu

/// What passes by where the stride is 2.
op shuffle_shortcut(kernel: int, stride: int) =
  depthwise(kernel, stride) -> bn(affine: standalone) -> conv(in) -> bn(affine: standalone) -> relu

op shuffle_unit(kernel: int, stride: int = 1) =
  if stride == 1 then (channel_shuffle(floor(in / 2)) -> concat(split(1), split(2) -> shuffle_branch(kernel, channels - floor(in / 2))))
  else concat(shuffle_shortcut(kernel, stride), shuffle_branch(kernel, channels - in, stride))

op shuffle_xception(stride: int = 1) =
  if stride == 1 then (channel_shuffle(floor(in / 2)) -> concat(split(1), split(2) -> xception_branch(channels - floor(in / 2))))
  else concat(shuffle_shortcut(3, stride), xception_branch(channels - in, stride))
