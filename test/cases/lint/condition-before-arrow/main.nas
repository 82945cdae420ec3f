import { bn, conv, relu } from std:nn
op f(deep: bool) = relu -> if deep then conv(in) -> bn
op clear(deep: bool) = (if deep then conv(in)) -> if deep then (conv(in) -> bn) -> if deep then conv(in) else relu
