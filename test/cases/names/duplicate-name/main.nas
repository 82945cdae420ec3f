import std:nn
param width = 16
let width = 8
op f(a: int, a: int) = conv(a, width)
