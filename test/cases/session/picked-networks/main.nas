import { conv, global_pool, linear } from std:nn
import std:search

space small {
  input   image(8, 8, 3)
  classes 3
  network { stem conv(one of {4, 8}, one of {1, 3}); head global_pool -> linear(classes) }
}
let by_steps = attentive(best of 3 by batch_loss, bins: 1k)
search sound of small {
  relax    all by slice
  sample   sandwich(by_steps, count: 1)
  minimise cross_entropy for largest, distill(from: largest) for others
  train weights { sgd(lr: 0.1) }
  validate on 10%
  derive   best of 4
  scale quick { epochs 1, batch 8 }
}
search read_off of small like sound { sample attentive(argmax) }
search of_rounds of small like sound { sample sandwich(attentive(pareto(by: evolution(population: 4)), bins: 1k)) }
search by_default of small like sound { sample attentive(worst of 3) }
search by_validation of small like sound { sample attentive(best of 3 by accuracy) }
search by_file of small like sound { sample attentive(best(of: 3, by: table("results.csv"))) }
