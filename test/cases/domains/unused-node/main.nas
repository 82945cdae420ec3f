import std:nn
cell block(s0) {
  node a { from { s0 }; through conv }
  node b { from { s0 }; through conv }
  output b
}
