import std:nn
import std:cells
op f = max_pool(3)
