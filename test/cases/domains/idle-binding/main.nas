import std:nn
space s {
  input image(16, 3)
  classes 10
  network {
    stem conv(8, 3)
    stage one { width 8; depth one of 1..2; layer conv(channels, kernel: one of { 1, 3 }) }
    head global_pool -> linear(classes)
  }
}
architecture a of s { one { depth 1, layer[1].kernel 3, layer[2].kernel 3 } }
