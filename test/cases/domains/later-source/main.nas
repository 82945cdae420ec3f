import std:nn
cell block(s0) {
  node a { from { s0, b }; through conv }
  node b { from earlier; through conv }
  output concat(a, b)
}
