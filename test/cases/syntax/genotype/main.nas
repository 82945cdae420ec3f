import std:nn
import std:cells
cell block(s0, s1) {
  node n { from any 2 of earlier; through one of { skip, sep_conv(3) } }
  output n
}
space s {
  input image(8, 8, 3)
  classes 10
  cell normal = block
  network { stem conv(8, 3); stack 1 of normal, channels 8; head global_pool -> linear(classes) }
}
architecture A of s { normal { n: ('skip_connect', 0), ('sep_conv_3x3', 1) } }
