import std:nn
space s {
  input image(8, 8, 3)
  classes 10
  network {
    stem conv(16, 3)
    s1 depth 1 layer conv
    stage s2 depth 1 layer conv
    head global_pool -> linear(classes)
  }
}
