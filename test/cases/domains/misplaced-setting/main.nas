import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  drop_path 0 to 0.2
  relax    width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1), choice_init 0.1 }
  train choices { adam(lr: 0.1), choice_lr 0.1 }
  derive   argmax
  retrain  { epochs 3, choice_lr 1 }
  scale quick { epochs 2, label_smoothing 0.1; retrain { epochs 2, choice_init 1 } }
}
