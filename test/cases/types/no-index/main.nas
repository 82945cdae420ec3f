import std:nn
param width = 8
op f = conv(width[1])
