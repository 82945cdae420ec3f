import std:nn
space s {
  input image(8, 8, 3)
  classes 10
  network { stem conv(8) }
}
