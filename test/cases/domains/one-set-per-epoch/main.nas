import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stage s { width 8; layer one of { conv(8), conv(8, 3) } } head global_pool -> linear(classes) }
}
search weights_alone of tiny {
  relax    layer by gumbel
  minimise cross_entropy
  train weights on 80% { sgd(lr: 0.1) } per epoch
  train choices on 20% { adam(lr: 0.1) }
  derive   argmax
}
search both of tiny like weights_alone { train choices on 20% { adam(lr: 0.1) } per epoch }
