cell block(s0) {
  node a { from earlier; through f; project }
  output sum(a) + project(s0)
}
extern op f()
