import std:nn
import std:cells
op f = depthwise -> sep_conv(stride: 2)
