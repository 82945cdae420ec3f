import std:nn

let stack = 16
op block = conv(stack)
