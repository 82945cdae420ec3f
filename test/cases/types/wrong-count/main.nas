import std:nn
op f = conv(ceil(8, 2)) -> conv(min())
