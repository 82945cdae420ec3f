import { conv, bn } from std:nn
import std:search
op f = conv(8)
