import std:nn

let block = { conv(channels, 3), relu }
let wide = block(dilation: 2)
let wrong = { conv(channels, 1), conv(channels, 3) }(stride: true)

op small = one of wide
op odd = one of wrong
