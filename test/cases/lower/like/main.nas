import std:search
import { long, tiny, first } from "./base.nas"

settings short { epochs 2, batch 4, augment crop(2) & flip; retrain long { width = 4 } }

/// Clauses are replaced, one by one; `retrain` and `scale` are merged by setting, from the first on.
search second of tiny like first {
  relax    width by softmax(temperature: 2)
  train weights on 60% { sgd(lr: rate) }
  validate on 10%
  batch 32
  retrain  { width = 32, batch 16 }
  scale quick { epochs 3; retrain { epochs 5 } }
  scale brief short { batch 8, retrain { lr 0.5 } }
}

search third of tiny like second where classes = 4 {
  derive argmax of width
  retrain long
}
