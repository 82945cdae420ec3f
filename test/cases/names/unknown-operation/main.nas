import std:nn
op block = conv(8) -> bnn -> rellu
