import { conv, global_pool, linear } from std:nn

space net {
  input image(8, 3); classes 2
  network {
    stage a { width one of {4, 8}; depth one of {1, 2}; layer conv(channels, 3) }
    head global_pool -> linear(classes)
  }
  require macs <= 5k
}
