import { conv, global_pool, linear } from std:nn

cell entangled(x) {
  node first { from { x }; through conv(channels, 1) }
  node n[1..20] { from any 0.. of earlier; through conv(channels, 1) }
  output sum(first, n)
  require edges <= 30
}

space net {
  input image(8, 3); classes 2
  cell normal = entangled
  network {
    stem conv(8, 1)
    stack 1 of normal, channels 8
    head global_pool -> linear(classes)
  }
}
