import { conv as convolution, bn } from std:nn
op f = convolution(8) -> bn -> conv
