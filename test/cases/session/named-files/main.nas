import { bn, conv, global_pool, identity, linear } from std:nn
import std:search

space chain {
  input image(8, 3)
  classes 4
  network {
    stem  conv(4, 3) -> bn
    stage a { width 4; depth 2; layer one of { identity, conv(channels) } }
    head  global_pool -> linear(classes)
  }
}
search sound of chain {
  score  table("results.csv")
  derive evolution(population: 3, generations: 1)
}
search column_that_is_not_there of chain {
  score  table("results.csv", column: "acc")
  derive evolution(population: 3, generations: 1)
}
search of_a_derivation of chain {
  derive best(of: 3, by: table("nowhere.csv"))
}
settings short { epochs 1, batch 8 }
search soft of chain {
  relax     all by softmax
  predictor latency = mlp(8) on one_hot, fitted to measurements "phone.csv"
  minimise  cross_entropy + 0.1 * sampled(latency)
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1) }
  train predictor { adamw(lr: 1e-3), epochs 2, batch 4, measure 40 }
  derive    argmax
  scale quick short
}
search softer of chain like soft {
  relax all by softmax(temperature: 2)
}
search elsewhere of chain like soft {
  predictor latency = mlp(8), fitted to measurements "other-networks.csv"
}
