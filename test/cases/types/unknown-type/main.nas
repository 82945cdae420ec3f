import std:nn
param width: integer = 8
op f(kernel: innt) = conv(width, kernel)
