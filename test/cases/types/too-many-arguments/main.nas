import std:nn
op f = bn(true, 1e-5, 0.1, 4) -> relu(3)
