import { compiledText } from './programs.js'

/** A search of a small chain of blocks by masks, subsamples and Gumbel weights, whose sets of variables take turns per epoch, on the tiny data. */
export const maskedSearch = `
import { bn, conv, global_pool, hswish, linear, relu } from std:nn
import { fbnet_block, fbnet_skip } from std:mobile
import std:search
space masked {
  input image(one of {6, 8}, 1); classes 3
  network {
    stem conv(4, 3) -> bn -> hswish
    stage a { width one of {4, 8}; stride 2; layer fbnet_block(3, one of {1.5, 3}, act: hswish, shortcut: not first) }
    stage b { width one of {4, 12}; depth 2;
      first fbnet_block(3, one of {1.5, 3}, shortcut: false);
      layer one of { fbnet_block(3, one of {1.5, 3}, se: true), fbnet_skip } }
    head global_pool -> linear(classes)
  }
  require macs <= 60k
}
search masking of masked {
  relax    width, expand by mask, resolution by subsample, layer by gumbel at temperature exponential(5, rate: 0.5 per epoch)
  minimise cross_entropy * 0.2 * log(macs.effective) ^ 0.6
  train weights on 75% { sgd(lr: 0.05, momentum: 0.9) } per epoch
  train choices on 25% { adam(lr: 0.1) } per epoch
  derive   argmax
  scale tiny { epochs 2, batch 8; retrain { epochs 1, batch 8 } }
}`

export const compileMasked = () => compiledText(maskedSearch)
