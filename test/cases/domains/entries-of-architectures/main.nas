import { conv, global_pool, linear, identity } from std:nn
import { skip, relu_conv_bn } from std:cells
cell cc(x, y) {
  prepare x, y { relu_conv_bn }
  node n[1..2] { from any 1 of earlier; through one of { skip, identity } }
  output concat(any 1..2 of n)
}
op blk(k: int) = conv(channels, k)
space q {
  input   image(8, 3)
  classes 10
  cell a = cc
  network {
    stem  conv(4)
    stack 1 of a, channels 4
    stage s { width 4; depth one of 1..4; layer one of { identity, blk(one of {1, 5}) } }
    stage t { width one of {4, 8}; depth 2; layer conv(channels, one of {1, 3}) }
    head  global_pool -> linear(classes)
  }
}
architecture some_layers_open of q {
  a { n1: skip of x; n2: skip of y; output: { n1 } }
  s { depth 3; layer [identity, identity] }
  t { width 4; layer[2].kernel 1 }
}
architecture all_layers_open of q {
  a { n1: skip of x; n2: skip of y; output: { n1 } }
  s { depth 3 }
  t { width 4 }
}
architecture open_value of q {
  a { n1: skip of x; n2: skip of y; output: { n1 } }
  s { depth 1; layer identity }
  t { width 4; kernel one of {1, 3} }
}
architecture twice of q {
  a { n1: skip of x; n2: skip of y; output: { n1, n1 } }
  s { depth 1; layer identity }
  t { width 4; kernel 1 }
}
architecture text_for_number of q {
  a { n1: skip of x; n2: skip of y; output: { n1 } }
  s { depth 1; layer identity }
  t { width 4; kernel "1" }
}
architecture open_argument of q {
  a { n1: skip of x; n2: skip of y; output: { n1 } }
  s { depth 1; layer blk(5) }
  t { width 4; kernel 1 }
}
