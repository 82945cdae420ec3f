import std:nn
param depth: int = 2.5
op f(kernel: int) = conv(8, kernel)
let a = { f(true), f("3"), f(1.5), f({3, 5}), f(relu) }
op g = conv(8) -> 3
