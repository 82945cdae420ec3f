import std:nn
/// How wide.
param width: int = 8
let kernels = { for k in 1..5 step 2: k } + { 7 }
let blocks = { for k in kernels for bias in { false, true }: conv(width, k, bias: bias) } - { conv(width, 1) }
op act(gate: bool = true) = if gate then relu else identity
op block(kernel: int) = residual { (conv(in, kernel) -> bn) -> act } -> if not standalone then bn(affine: false)
op split = sum(conv(-(-4) * 2 ^ 2), concat(conv(8), conv(round8(in * 0.5))))
space s {
  let deep = one of { true, false }
  input image(16, 16, 3)
  classes 10
  network {
    let wide = 2 * width
    stem one of blocks; conv(wide)
    stage a {
      let k = one of { 3, 5 }
      width one of 8..16 step 8
      layer (if deep then (block(k) -> conv(channels)) else conv(channels, kernel: one of { 1, 3 } per stage))
      first conv(channels)
    }
    head split -> global_pool -> linear(classes)
  }
  require a.width <= 16 and macs <= 600M
}
