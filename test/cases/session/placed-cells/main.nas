import { conv, global_pool, identity, linear } from std:nn
import std:search

param cells = 4
param engines = {2, 3}

cell small(s0, s1) {
  prepare s0, s1 { conv(channels, 1) }
  node n[1..2] { from any 2 of earlier; through one of { identity, conv(channels) }; merge sum }
  output concat(n)
}
space two {
  input   image(8, 8, 3)
  classes 3
  cell normal = small
  cell other  = small
  network { stem conv(4); stack cells of normal, other at {1, 2}, channels 4; head global_pool -> linear(classes) }
}
search sound of two {
  cells    engine at engines, transit elsewhere
  relax    through by softmax, from by strength
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1) }
  derive   top(2)
  scale quick { epochs 1, batch 8 }
}
// Copies 1 and 2 are both of the other kind.
search unlearned of two like sound { scale quick { engines = {1, 2} }; scale fewer { cells = 3, epochs 1, batch 8 } }
search outside of two like sound { cells engine at {2, 7}, transit elsewhere }
search unplaced of two like sound { cells engine at {2, 3}, transit at {0} }
search twice of two like sound { cells engine at {2, 3}, transit at {0, 1, 3} }
search paths of two like sound { sample uniform; train choices on 0.1% { adam(lr: 0.1) } }
