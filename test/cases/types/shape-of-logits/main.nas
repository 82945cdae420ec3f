import std:nn
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(16, 3) -> bn; head global_pool -> linear(7) }
}
