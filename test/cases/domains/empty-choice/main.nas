import std:nn
op f = conv(8, one of {}) -> conv(one of 5..3)
