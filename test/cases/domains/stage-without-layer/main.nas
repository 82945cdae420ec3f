import std:nn
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(16, 3) -> bn; stage one { width 8 } head global_pool -> linear(classes) }
}
