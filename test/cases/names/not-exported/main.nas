import { conv, depthwize } from std:nn
op f = depthwize(3) -> conv
