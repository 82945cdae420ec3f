//! Split-attention bottlenecks: ResNeSt (Zhang et al., 2020), in the choices of Pi-NAS (Peng et al., ICCV 2021).

import { avg_pool, bn, conv, global_pool, identity, max_pool, relu, sigmoid, split_softmax, split_sum } from std:nn

/// A 3x3 convolution to `radix` splits of the channels that arrive, which are added up by weights that their sum suggests:
/// a softmax between the splits, or a sigmoid where there is only one.
op split_attention(radix: int, cardinality: int) =
     conv(in * radix, 3, groups: radix * cardinality) -> bn -> relu
  -> multiply(identity, split_sum(radix) -> global_pool
      -> conv(max(floor(in * radix / 4), 32), groups: cardinality, bias: true) -> bn -> relu
      -> conv(in * radix, groups: cardinality, bias: true)
      -> if radix > 1 then split_softmax(radix, cardinality) else sigmoid)
  -> split_sum(radix)

/// The residual branch: a quarter of the channels asked for, times `base_width` / 64, in `cardinality` groups. The stride is
/// a pooling behind the convolution, which runs at the resolution that arrives.
op split_bottleneck(radix: int, cardinality: int, base_width: int, stride: int = 1) =
     conv(floor(channels / 4 * base_width / 64) * cardinality) -> bn -> relu
  -> split_attention(radix, cardinality) -> (if stride > 1 then avg_pool(3, stride))
  -> conv(channels) -> bn

/// The shortcut: pooled by the stride, through a 1x1 convolution where the channels change.
op pooled_shortcut(stride: int = 1) = (if stride > 1 then avg_pool(stride, stride)) -> if in != channels then (conv(channels) -> bn)

/// Three 3x3 convolutions and a pooling: a quarter of the size.
op deep_stem(width: int = 32) =
  conv(width, 3, stride: 2) -> bn -> relu -> conv(width, 3) -> bn -> relu -> conv(2 * width, 3) -> bn -> relu -> max_pool(3, 2)
