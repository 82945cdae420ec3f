import { conv, global_pool, linear } from std:nn

space wide {
  input image(8, 3); classes 2
  network {
    stage a { width one of 1..10_000_000; layer conv(channels, 3) }
    head global_pool -> linear(classes)
  }
}

space deep {
  input image(8, 3); classes 2
  network {
    stage a { width 8; depth one of 1..3000; layer conv(channels, 3) }
    head global_pool -> linear(classes)
  }
}
