import std:nn
op f(deep: bool) = if deep then conv(8) else 3
