import std:nn

cell block(s0) {
  node a { let k = one of { 1, 3 }; from earlier; through conv(channels, k) }
  output a
}
