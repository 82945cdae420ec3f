extern op f(size: int) {
  out hight = size
  weight w(size) as kernl init he_norml
}
extern relaxation soft_mask(temperature: schedule = 1) { binds maks }
extern derivation strongest(count: int) { selects cuont }
