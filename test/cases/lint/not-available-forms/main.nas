import std:nn
import std:search
extern augmentation wobble() planned
extern setting patience(epochs: int) in train weights planned
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  sample uniform
  share features
  minimise cross_entropy for largest, distill for others
  train weights { sgd(lr: 0.1), patience 3 } per epoch
  validate on 10%
  derive argmax
  scale paper { augment wobble & crop(2) }
}
search t of tiny like s { minimise cross_entropy + 0.1 * cross_entropy(smoothing: 0.1) }
let both = cross_entropy + cross_entropy(smoothing: 0.1)
search u of tiny like t { let weighted = (0.5 * both); minimise weighted }
search v of tiny like t { minimise if 1 < 2 then cross_entropy else both }
search w of tiny like t { let one = cross_entropy; minimise one }
