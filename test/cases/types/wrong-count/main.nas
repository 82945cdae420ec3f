import std:nn
op f = conv(ceil(8, 2)) -> conv(min())
space s {
  input image(8)
  classes 10
  network { stem conv(one of {8, 16}, 3); head global_pool -> linear(classes) }
  require macs(full, 3) <= 10M and macs() <= 10M and count(stem.width == 8, stem.width == 16) <= 1
}
architecture a of s { stem.width 8, expect parameters(full, full) = 306 }
