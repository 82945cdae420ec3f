import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
param held = 20%
search s of tiny {
  relax    width by softmax
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 40% { adam(lr: 0.1) }
  validate on 20%
  derive   argmax
}
search same of tiny like s { validate on 10% }
search more of tiny like same { train weights on 60% { sgd(lr: 0.1) } }
search all of tiny { minimise cross_entropy; train weights { sgd(lr: 0.1) }; validate on 100%; derive argmax }
search by_param of tiny like first { validate on held; train weights on 90% { sgd(lr: 0.1) } }
search first of tiny {
  relax    width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
}
