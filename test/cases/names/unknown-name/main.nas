import std:nn
param width = 16
op block = conv(widht) -> bn
