import std:nn
op f = conv(8, 3, kernel: 5)
