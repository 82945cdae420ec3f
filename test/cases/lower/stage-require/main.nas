import std:nn

space s {
  input   image(16, 3)
  classes 10
  network {
    stem conv(8, 3)
    stage one {
      let kernels = one of {1, 3}
      width   one of {8, 16}
      depth   one of 1..3
      stride  2
      layer   conv(channels, kernels)
      require width <= 8 * depth and stride == 2
      require kernels == 3 or depth < 3
    }
    head global_pool -> linear(classes)
  }
}
