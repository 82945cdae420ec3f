import net from "./nothing.nas"
import std:serch
search s of net {
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive argmax
}
