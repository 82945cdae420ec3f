import { expect, it } from 'vitest'
import { findTensorflow } from '../../../../src/runtime/backend/install/installation.js'
import type { Binding, BindingAttribute } from '../../../../src/runtime/backend/tensorflow/binding.js'
import { loadTensorflow } from '../../../../src/runtime/backend/tensorflow/load.js'
import { probeCapabilities } from '../../../../src/runtime/backend/tensorflow/probe-capabilities.js'
import { describeTensorflow } from '../../../support/tensorflow.js'

type ExecuteOp = Binding['executeOp']

const isDilated = ({ name }: BindingAttribute): boolean => name === 'dilations'

describeTensorflow('what TensorFlow can do on this processor is found out by trials', () => {
  const { binding, capabilities } = loadTensorflow(findTensorflow()?.packageFolder ?? '', 2)
  /** What a probe finds if TensorFlow does operations like this. */
  const probeWith = (executeOp: ExecuteOp) => [
    ...probeCapabilities(Object.create(binding, { executeOp: { value: executeOp } }) as Binding),
  ]
  const executeOp: ExecuteOp = (...call) => binding.executeOp(...call)

  it('finds the same every time and leaves no tensor behind', () => {
    const before = binding.getNumOfTensors()
    expect(probeWith(executeOp)).toEqual([...capabilities])
    expect(binding.getNumOfTensors()).toBe(before)
  })

  it('what is refused is not there', () => {
    const found = probeWith((name, attributes, inputs, outputs) => {
      if (attributes.some(isDilated)) throw new Error('Invalid TF_Status: 12\nMessage: dilations are not supported')
      return executeOp(name, attributes, inputs, outputs)
    })
    expect(found.filter((capability) => capability.startsWith('dilated'))).toEqual([])
    const pools = probeWith((name, attributes, inputs, outputs) => {
      if (name.startsWith('_Mkl')) throw new Error('Invalid TF_Status: 5\nMessage: no such operation')
      return executeOp(name, attributes, inputs, outputs)
    })
    expect(pools).toEqual([...capabilities].filter((capability) => capability !== 'pooling by oneDNN'))
  })

  it('what is computed without a word, but wrong, is not there', () => {
    const found = probeWith((name, attributes, inputs, outputs) =>
      executeOp(
        name,
        attributes.filter((attribute) => !isDilated(attribute)),
        inputs,
        outputs,
      ),
    )
    expect(found.filter((capability) => capability.startsWith('dilated'))).toEqual([])
  })

  it('any other error is a defect', () => {
    expect(() =>
      probeWith(() => {
        throw new TypeError('a defect')
      }),
    ).toThrow('a defect')
  })
})
