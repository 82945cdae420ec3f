//! The sandwich of AttentiveNAS, its space at full width, on small images: what a step of its supernet costs.

import { attentivenas, best_up } from "../../spaces/attentivenas.nas"
import std:search

search sandwich of attentivenas like best_up {
  sample sandwich(uniform, count: 2)
  scale bench { sides = {64}, epochs 1, batch 32 }
}
