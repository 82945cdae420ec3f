import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
param none_of_it = 0
search s of tiny {
  relax    width by softmax
  minimise cross_entropy
  train weights on 150% { sgd(lr: 0.1) }
  train choices on none_of_it { adam(lr: 0.1) }
  validate on -1
  derive   argmax
}
