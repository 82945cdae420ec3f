import std:nn
let a = 3 + true
let b = { relu } - 3
let c = 3 == "3"
let d = relu in { 1, 2 }
