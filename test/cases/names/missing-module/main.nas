import { conv } from std:n
op block = conv(8)
