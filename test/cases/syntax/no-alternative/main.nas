import std:nn

op block = conv(8, /3)
