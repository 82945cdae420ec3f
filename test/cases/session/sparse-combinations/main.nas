import { conv, global_pool, identity, linear } from std:nn
import std:search

let operations = { identity, conv(channels) }

cell small(s0, s1) {
  prepare s0, s1 { conv(channels, 1) }
  node n[1..2] { from any 1.. of earlier x operations; merge sum }
  output concat(n)
}
space connected {
  input   image(8, 8, 3)
  classes 3
  cell only = small
  network { stem conv(4); stack 2 of only, channels 4; head global_pool -> linear(classes) }
}
search sound of connected {
  relax    from by sparse
  minimise cross_entropy + 0.1 * threshold_pressure
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1) }
  derive   nonzero
  scale quick { epochs 1, batch 8 }
}
search of_softmax of connected like sound { relax from by softmax; minimise cross_entropy }
search pressed of connected like sound { relax from by softmax; derive argmax }
search of_two of connected like sound where from = any 2 of earlier x operations {}

cell plain(s0, s1) {
  prepare s0, s1 { conv(channels, 1) }
  node n[1..2] { from any 2 of earlier; through one of operations; merge sum }
  output concat(n)
}
space edges {
  input   image(8, 8, 3)
  classes 3
  cell only = plain
  network { stem conv(4); stack 2 of only, channels 4; head global_pool -> linear(classes) }
}
search of_operations of edges like sound { relax through by sparse, from by strength; derive top(2) }
