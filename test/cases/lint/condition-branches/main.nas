import { bn, conv, relu } from std:nn
op f(deep: int) = if deep > 2 then conv(in) else if deep > 1 then (bn -> relu) -> relu
op g(deep: int) = (if deep > 2 then conv(in) else if deep > 1 then bn else relu -> relu) -> relu
