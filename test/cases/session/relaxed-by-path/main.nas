import { conv, global_pool, linear, relu } from std:nn
import { adam, argmax, cross_entropy, sgd, softmax } from std:search
op pick(kernel: int) = conv(channels, one of { 1, kernel } per space)
op body(kernel: int) = one of { conv(channels, kernel), relu }
cell c(x) {
  prepare x { conv(channels) }
  node n { from { x }; through one of { relu, conv(in) } }
  node m { from { x }; through one of { relu, conv(in) } }
  output sum(n, m)
}
space s {
  input   image(8, 3)
  classes 2
  cell u = c
  network {
    stem  conv(4)
    stack 1 of u, channels 4
    stage t { width 4; layer one of { pick(3), pick(5) } }
    stage v { width 4; layer one of { body(3), body(5) } }
    head  global_pool -> linear(classes)
  }
}
search by_path of s {
  relax    u.n.through[x] by softmax, u.m.through[x] by softmax, pick(3).kernel, pick(5).kernel, t by softmax,
    v.layer[1].body(3) by softmax, v.layer[1].body(5).body by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 3e-4) }
  derive   argmax
}
search of_none of s {
  relax    pick(4).kernel by softmax, u.n.through[u] by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 3e-4) }
  derive   argmax
}
