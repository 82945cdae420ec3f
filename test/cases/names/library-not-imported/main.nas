//! Names of the library without an import, beside names that are near to others.
let skipp = 3
cell two(x) {
  node n[1..2] { from any 1 of earlier; through one of { skip, conv(3) }; merge sum }
  output concat(n)
}
space s {
  input image(8, 8, 3)
  classes 10
  cell only = two
  network { stem conv(8, 3); stack 1 of only, channels skipp; head global_pool -> linear(classes) }
}
search first of s {
  relax    all by softmax
  sample   all
  minimise cross_entropy
  derive   argmax
}
