import { conv, global_pool, linear } from std:nn
space s {
  input image(8, 3)
  classes 2
  network {
    stem conv(one of { 8, 9 })
    stage a { width 8; layer conv(channels, kernel: 3, groups: 2) }
    head global_pool -> linear(classes)
  }
}
