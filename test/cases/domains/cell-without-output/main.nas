import std:nn
cell block(s0) {
  node a { from earlier; through conv }
}
