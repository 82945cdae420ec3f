import std:nn
op f = any 3..2 of { relu, bn, conv, identity }
