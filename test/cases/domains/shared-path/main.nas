import { conv, global_pool, linear } from std:nn

cell c(x, y) {
  node n {
    let from = one of { 1, 3 }
    from any 1 of { x, y }
    through conv(channels, from)
  }
  output n
}

space s {
  input image(8, 3)
  classes 2
  cell u = c
  network {
    stem conv(4)
    stack 2 of u, channels 4
    head global_pool -> linear(classes)
  }
}
