import std:nn
op block = sum(conv(8), conv(16))
space s {
  input image(8, 8, 3)
  classes 10
  network { stem conv(4) -> block; head global_pool -> linear(classes) }
}
