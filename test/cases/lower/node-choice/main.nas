import std:nn
import std:cells

/// A choice is made where it is written: k once per node, for both of its edges; mix once per cell.
cell block(s0, s1) {
  let mix = one of { sep_conv(3), sep_conv(5) }
  node n[1..2] {
    let k = one of {1, 3}
    let twice = conv(channels, k) -> bn
    from    any 2 of earlier
    through twice -> relu
  }
  node last { from all of n; through mix }
  output last
}

space tiny {
  input   image(8, 8, 3)
  classes 10
  cell normal = block
  network {
    stem  conv(8, 3) -> bn
    stack 2 of normal, channels 4
    head  global_pool -> linear(classes)
  }
}

architecture first of tiny {
  normal { n1.k 3; n2.from: { s0, n1 }; n2.k 1; mix sep_conv(5) }
}
