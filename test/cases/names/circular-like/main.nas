import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search a of tiny like b { derive argmax }
search b of tiny like a { minimise cross_entropy; train weights { sgd(lr: 0.1) } }
settings slow { retrain slow; epochs 3 }
search c of tiny like c { derive argmax; scale quick slow { batch 4 } }
