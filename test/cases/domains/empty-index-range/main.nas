import { conv, global_pool, linear, identity } from std:nn
space q {
  input   image(8, 3)
  classes 10
  network {
    stem  conv(4)
    stage s { width 4; depth 2; layer one of { identity, conv(channels, 3) } }
    head  global_pool -> linear(classes)
  }
}
architecture a of q { s { layer[2..1] identity } }
