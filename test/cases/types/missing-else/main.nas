import std:nn
op f(deep: bool) = conv(if deep then 8)
