import { findTensorflow } from '../../backend/install/installation.js'
import { loadTensorflow } from '../../backend/tensorflow/load.js'
import { inParts, type ForeignRun } from './foreign.js'

/** A SavedModel, in the native TensorFlow that `nasc backend install tensorflow` installs. */
export const runSavedModel: ForeignRun = async (path, sample) => {
  const installation = findTensorflow()
  if (installation === undefined) {
    return { kind: 'absent', program: 'native TensorFlow', install: 'nasc backend install tensorflow' }
  }
  const { binding } = loadTensorflow(installation.packageFolder)
  const model = binding.loadSavedModel(path, 'serve')
  try {
    const { height, width, channels } = sample.shape
    const logits = await inParts(sample, (images, count) => {
      const input = binding.createTensor([count, height, width, channels], binding.TF_FLOAT, images)
      const [output] = binding.runSavedModel(model, [input], 'images:0', 'logits:0')
      if (output === undefined) throw new Error('the model has no output `logits`')
      const data = Float32Array.from(binding.tensorDataSync(output.id))
      binding.deleteTensor(input)
      binding.deleteTensor(output.id)
      return Promise.resolve(data)
    })
    return { kind: 'ran', program: `TensorFlow ${binding.TF_Version}`, logits }
  } finally {
    binding.deleteSavedModel(model)
  }
}
