import std:nn
space tiny {
  input   8
  classes 10
  network { stem conv(16, 3) -> bn; head global_pool -> linear(classes) }
}
