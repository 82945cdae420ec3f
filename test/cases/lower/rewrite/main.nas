import std:cells
import std:search
import net from "./net.nas"
space fewer = net where candidates = candidates - { none }
search s of fewer where from = any 1.. of earlier x candidates {
  relax connections by softmax
  minimise cross_entropy
  train weights on 50% { sgd(lr: cosine(0.1 to 0)) } per epoch
  train choices on 50% { adam(lr: 0.1) } per epoch
  derive argmax
  scale quick { epochs 2; retrain { batch 4, auxiliary 0.4 at 2/3 } }
}
