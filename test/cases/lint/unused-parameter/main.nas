import std:nn
op f(kernel: int = 3, width: int = 8) = conv(width)
