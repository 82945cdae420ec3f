import type { PredictorComponent } from './predictor.js'

/**
 * Fully connected layers with ReLUs between them, to one number. Xu et al., LA-DARTS, arXiv 2001.06392, call it the latency
 * prediction module; the widths are those of the program, their own were not read (reconstructed). The last layer begins with zeros:
 * what nothing was learned of is the mean.
 */
export const mlp: PredictorComponent = (read) => {
  const widths = read.numbers('widths', { least: 1, most: 4096, integer: true })
  read.word('on', ['one_hot'])
  const measurements = read.file('fitted')
  return {
    key: `mlp ${widths.join('-')}`,
    ...(measurements.text !== '' && { measurements }),
    emit(codes, { builder, declare }) {
      const [rows = 0, size = 0] = builder.shape(codes)
      let value = codes
      let inputs = size
      ;[...widths, 1].forEach((outputs, layer) => {
        if (layer > 0) value = builder.one('relu', [value])
        const name = `layer${String(layer + 1)}`
        const kernel = declare({
          ...{ name: `${name}/kernel`, shape: [inputs, outputs] },
          ...{ init: layer < widths.length ? 'linear_uniform' : 'zeros', role: 'kernel' },
        })
        const bias = declare({ name: `${name}/bias`, shape: [outputs], init: 'zeros', role: 'bias' })
        const product = builder.one('matmul', [value, kernel], { transposeA: false, transposeB: false })
        value = builder.one('bias_add', [product, bias])
        inputs = outputs
      })
      return builder.one('reshape', [value], { shape: [rows] })
    },
  }
}
