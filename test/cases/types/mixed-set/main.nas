import std:nn
let a = { 3, relu, 5 }
let b = { 1, 2.5 }
