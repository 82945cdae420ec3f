//! Inverted residuals and their relatives, each with the rounding rule of its paper.

import { avg_pool, bn, conv, depthwise, global_pool, hsigmoid, hswish, identity, relu, relu6, swish } from std:nn

/// Squeeze and excitation: the map, scaled per channel by what its mean says.
op squeeze_excite(hidden: int = round8(floor(in / 4)), act: operation = relu, gate: operation = hsigmoid) =
  multiply(identity, global_pool -> conv(hidden, bias: true) -> act -> conv(in, bias: true) -> gate)

/// Depthwise convolution between two 1x1 convolutions, of which the first one, to `hidden` channels, is left out without
/// `widen`: what all inverted residuals share.
op bottleneck(widen: bool, hidden: int, kernel: int, stride: int = 1, act: operation = relu6, attention: operation = identity) =
     if widen then (conv(hidden) -> bn -> act)
  -> depthwise(kernel, stride) -> bn -> act -> attention
  -> conv(channels) -> bn

/// MobileNetV2 (Sandler et al., CVPR 2018).
op mobilenet_v2(expand: real, kernel: int = 3, stride: int = 1) =
  residual { bottleneck(expand != 1, round8(in * expand), kernel, stride) }

/// MobileNetV3 as in once-for-all (Cai et al., ICLR 2020).
op ofa_mbconv(kernel: int, expand: real, stride: int = 1, se: bool = false, act: operation = relu) =
  residual { bottleneck(expand != 1, round8(round(in * expand)), kernel, stride, act, if se then squeeze_excite) }

/// The squeeze and excitation of mobile-vision.
op fbnet_squeeze(act: operation = relu) = squeeze_excite(round8_95(floor(in / 4)), act)

/// mobile-vision: FBNet, FBNetV2 (Wan et al., CVPR 2020), without its shortcut. The activation of the squeeze is the block's.
op fbnet_branch(kernel: int, expand: real, stride: int = 1, se: bool = false, act: operation = relu) =
  bottleneck(expand != 1, round8_95(in * expand), kernel, stride, act, if se then fbnet_squeeze(act))

/// The block of mobile-vision; the shortcut only where shapes agree.
op fbnet_block(kernel: int, expand: real, stride: int = 1, se: bool = false, act: operation = relu, shortcut: bool = true) =
  if shortcut then residual { fbnet_branch(kernel, expand, stride, se, act) } else fbnet_branch(kernel, expand, stride, se, act)

/// The skip of mobile-vision: the identity where it fits, a 1x1 convolution elsewhere.
op fbnet_skip(stride: int = 1) = if in != channels or stride > 1 then (conv(channels, stride: stride) -> bn -> relu)

/// AttentiveNAS (Wang et al., CVPR 2021). Every block has a shortcut: pooled where the stride is 2, through a 1x1
/// convolution where channels change.
op attentive_mbconv(kernel: int, expand: int, stride: int = 1, se: bool = false) = sum(
  (if stride > 1 then avg_pool(stride, stride, padding: max(input.height, input.width) % 2)) -> if in != channels then conv(channels),
  bottleneck(expand != 1, round8(round(in * expand)), kernel, stride, swish, if se then squeeze_excite))

/// Head of MobileNetV3: pools between the last two 1x1 convolutions.
op pooled_head(width: int, expand: real = 6, act: operation = hswish) =
  conv(round(in * expand)) -> bn -> act -> global_pool -> conv(width) -> act
