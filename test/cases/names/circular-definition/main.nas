import std:nn
op a = b -> relu
op b = conv -> a
let c = { c }
let d = 3 * d
