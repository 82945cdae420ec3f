import std:nn
param size = 1
space tiny { input image(8, 8, 3); classes 10; network { stem conv(8, size); head global_pool -> linear(classes) } }
architecture a of tiny {
  with size = one of {2, 4}
  expect parameters = one of {7, 8}
}
