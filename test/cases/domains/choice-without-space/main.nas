import std:nn
import std:search
param count = one of {1, 2}
let rate = one of {0.1, 0.2}
let widths = {8, 16}
let chosen = one of widths
space tiny { input image(8, 8, 3); classes 10; network { stem conv(chosen, count) -> bn; head global_pool -> linear(classes) } }
settings odd { epochs one of {3, 4} }
search s of tiny where widths = { 8, 32 } {
  let twice = 2 * rate
  relax    all by softmax
  minimise cross_entropy
  train weights on one of {10%, 20%} { sgd(lr: twice) }
  train choices { adam(lr: rate), clip count }
  derive   argmax
  batch one of {5, 6}
}
