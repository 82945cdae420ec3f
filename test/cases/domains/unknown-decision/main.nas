import std:nn
space s {
  input image(one of { 16, 24 }, 3)
  classes 10
  network {
    stem conv(8, 3)
    stage one { width one of { 8, 16 }; depth one of 1..2; stride 2; layer conv(channels, kernel: one of { 1, 3 }) }
    head global_pool -> linear(classes)
  }
}
architecture a of s {
  resolution 16
  one { widht 8, depth 1, kernel 3 }
}
