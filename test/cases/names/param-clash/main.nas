import { other } from "./other.nas"
import std:nn
param width = 8
space s {
  input image(8, 8, 3)
  classes 10
  network { stem conv(width) -> other; head global_pool -> linear(classes) }
}
