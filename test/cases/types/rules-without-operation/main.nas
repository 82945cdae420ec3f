extern objective f(size: int) {
  require size > 3
}
