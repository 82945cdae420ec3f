import std:nn
import std:cells
import std:search
param logits = "edgy"
let candidates = { none, skip, sep_conv(3) }
cell block(s0, s1, stride: int = 1) {
  prepare s0, s1 { relu_conv_bn }
  node n[1..2] { from any 2 of earlier; through one of candidates, stride on s0, s1 }
  output concat(n)
}
space net {
  input image(8, 8, 3)
  classes 10
  cell normal = block
  network {
    stem  conv(8, 3) -> bn
    stack 3 of normal, channels 4
    head  global_pool -> linear(classes)
  }
}
search s of net {
  relax    through by gumbel(temperature: exponential(5, rate: 0.9 per epoch)), from by combinatorial(per: subsets)
  minimise cross_entropy + 0.1 * passive_aggressive(invalid: no_inputs) + 0.1 * sampled(macs / 1M, estimator: gumbel)
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1) }
  derive   top(2) except none
}
search t of net like s {
  relax from by combinatorial(per: logits)
}
search fine of net like s {
  relax    from by combinatorial(per: "subset")
  minimise cross_entropy + 0.1 * passive_aggressive(invalid: no_input)
}
