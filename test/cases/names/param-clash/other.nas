import std:nn
param width = 4
op other = conv(width)
