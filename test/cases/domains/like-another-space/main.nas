import std:nn
import std:cells
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
cell block(s0, s1) { node n[1..2] { from any 2 of earlier; through one of { skip, relu_conv_bn } }; output concat(n) }
space cells {
  input   image(8, 8, 3)
  classes 10
  cell normal = block
  network { stem conv(8, 3); stack 3 of normal, channels 8; head global_pool -> linear(classes) }
}
space fixed { input image(8, 8, 3); classes 10; network { stem conv(8, 3); head global_pool -> linear(classes) } }
search a of cells {
  relax    through by softmax, from by strength
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   top(2)
}
search b of tiny like a {}
search c of tiny like a { derive argmax of width }
search d of fixed like b { derive argmax }
search e of tiny like d { relax width by softmax }
search wrong of tiny { relax width by softmax; minimise cross_entropy; train weights { sgd(lr: 0.1) }; derive top(2) }
search f of tiny like wrong {}
