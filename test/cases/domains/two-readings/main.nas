import { conv, global_pool, linear } from std:nn
space s {
  input image(8, 8, 3)
  classes 10
  let wide = 8 * one of {1, 2}
  network {
    stem  conv(wide, 3)
    head  global_pool -> linear(classes)
  }
  require wide <= 8
}
