import std:nn
cell c(a, b) {
  node n { from earlier; through conv }
  output n + b
}
space s {
  input image(8, 8, 3)
  classes 10
  cell c = c
  network { stem conv(8, 3); stack 2 of c, channels 8; head global_pool -> linear(classes) }
}
