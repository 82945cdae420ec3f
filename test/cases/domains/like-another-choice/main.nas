import std:nn
import std:cells
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
cell block(s0, s1) { prepare s0, s1 { relu_conv_bn }; node n[1..2] { from any 2 of earlier; through one of { skip, relu_conv_bn } }; output concat(n) }
space cells {
  input   image(8, 8, 3)
  classes 10
  cell normal = block
  network { stem conv(8, 3); stack 3 of normal, channels 8; head global_pool -> linear(classes) }
}
search a of cells {
  relax    through by softmax, from by strength
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax of through, argmax of from
}
search b of tiny like a { derive argmax }
search c of tiny like a { relax all by softmax }
search d of cells like e { derive top(2) }
search e of tiny { relax width by mask; minimise cross_entropy; train weights { sgd(lr: 0.1) }; train choices { adam(lr: 0.1) }; derive argmax }
search f of cells like e { relax from, through by mask }
search g of cells like f {}
