import { conv } from std:nn
op block = conv(8) -> global_pool
