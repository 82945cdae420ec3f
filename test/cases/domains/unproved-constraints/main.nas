import { conv, global_pool, linear } from std:nn

space net {
  input image(8, 3); classes 2
  network {
    stage a { width one of 2..96 step 2; layer conv(channels, 3) }
    stage b { width one of 2..96 step 2; layer conv(channels, 3) }
    stage c { width one of 2..96 step 2; layer conv(channels, 3) }
    head global_pool -> linear(classes)
  }
  require a.width + b.width + c.width <= 200
}
