import { conv, global_pool, linear } from std:nn

space tiny {
  input   image(8, 8, 3)
  classes 10
  network {
    stem conv(16, 3)
    head global_pool -> linear(classes)
    head linear(classes)
  }
}
