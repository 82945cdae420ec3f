extern op f(size: int) {
  out hight = size
  weight w(size) as kernl init he_norml
}
