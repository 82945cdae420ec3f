import net from "./net.nas"
import std:search
search s of net {
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive argmax
  epochs 1
  batch 2
}
