import std:nn

space tiny {
  imput   image(8, 8, 3)
  classes 10
  network { head global_pool -> linear(classes) }
}
