extern op block(kernel: int) {
  require kernel > 0
  require kernel < 8
  out     height = input.height, height = input.width
  out     width = input.width
  out     height = 1
  weight  kernel(kernel, kernel)
  weight  kernel(kernel)
  macs    kernel
  macs    2 * kernel
  cost    mobile_vision = 1
  cost    ptflops = 1
  cost    mobile_vision = 2
}
extern relaxation shared(temperature: real = 1) {
  binds mask
  binds mix
}
extern derivation best(count: int, other: int) {
  selects count
  selects other
}
