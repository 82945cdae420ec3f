import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search half of tiny { minimise cross_entropy; let rate = 0.1 }
search whole of tiny like half { train weights { sgd(lr: rate) }; derive argmax }
search still of tiny like half { derive argmax; let rate = 0.2; train weights { sgd(lr: rate) } }
