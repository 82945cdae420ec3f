extern op thing(kernel: int) {
  macs kernel
  cost mobile_vision = kernel
  cost ptflop = kernel
}
