import { expect, it } from 'vitest'
import { nativeTable } from '../../../../src/runtime/backend/tensorflow/native-table.js'
import { fusedOperations } from '../../../../src/runtime/operations/fused.js'
import { testFusedOperations } from '../../../support/fused-operations.js'
import { describeTensorflow } from '../../../support/tensorflow.js'

it('there is a native kernel for every fused operation', () => {
  expect(Object.keys(nativeTable)).toEqual(expect.arrayContaining(Object.keys(fusedOperations)))
})

describeTensorflow('fused operations', (open) => {
  it('are not asked of TensorFlow alone', () => {
    expect(open({ native: false }).fusedKernels).toBe(false)
  })

  const engine = open()
  if (engine.fusedKernels) testFusedOperations(() => engine)
  else it('are done one by one where our kernels are not compiled', () => expect(engine.note).toContain('own kernels'))
})
