import std:nn
op f = conv(8, kernal: 3)
