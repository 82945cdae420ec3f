import std:nn
cell block(s0) {
  node a { through conv }
  node b { from earlier }
  output concat(a, b)
}
