import std:nn
import std:cells
let a = { sep_conv(3), skip, sep_conv(kernel: 3, stride: 1) }
op f = one of a -> conv(8, one of { 3, 5, 3 })
