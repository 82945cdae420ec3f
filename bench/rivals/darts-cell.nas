//! One cell of DARTS on small images, for rivals that take too long for more.

import { bn, conv, global_pool, linear } from std:nn
import { darts } from "../../spaces/darts.nas"

space darts_cell {
  input   image(14, 14, 3)
  classes 10
  cell normal = darts
  network {
    stem  conv(12, 3) -> bn
    stack 1 of normal, channels 4
    head  global_pool -> linear(classes)
  }
}
