import std:nn
op f = any -1 of { relu, bn }
