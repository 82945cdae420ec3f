import std:nn

let convs = { conv(channels, 3), conv(channels, 5) }
op dilated = one of convs(2)
