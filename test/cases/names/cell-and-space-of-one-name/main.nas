import net from "./net.nas"
import std:search
search s of net {
  relax all by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive top(2)
  epochs 1
  batch 2
}
