import { conv, global_pool, linear } from std:nn
cell two(x) {
  node n[1..2] { from any 1 of earlier; through conv(channels, 3) }
  output n[2]
}
space s {
  input image(8, 8, 3)
  classes 10
  cell only = two
  network { stem conv(8, 3); stack 1 of only, channels 4; head global_pool -> linear(classes) }
}
architecture a of s { only { n2.from: { x, n1 } } }
