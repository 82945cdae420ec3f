import { describeWindows, tensorflowOperations } from '../../../support/tensorflow-windows.js'

// TensorFlow reads it when it starts, and vitest gives every file a process of its own.
process.env['TF_ENABLE_ONEDNN_OPTS'] = '1'

describeWindows('windows, with kernels of oneDNN', tensorflowOperations)
