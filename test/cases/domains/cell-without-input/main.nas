import std:nn
cell block(stride: int = 1) {
  node a { from earlier; through conv }
  output a
}
