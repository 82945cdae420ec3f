import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
settings long {
  epochs 60
  drop_path 0 to 0.2
  retrain { epochs 3 }
}
settings short { epochs 2; retrain { epochs 1 } }
search s of tiny {
  relax    width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
  batch    8
  retrain  short { epochs 3 }
  scale slow long { batch 8 }
  scale quick short { retrain long }
}
