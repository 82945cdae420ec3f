import { describeWindows, tensorflowOperations } from '../../../support/tensorflow-windows.js'

// TensorFlow reads it when it starts, and vitest gives every file a process of its own.
process.env['TF_ENABLE_ONEDNN_OPTS'] = '0'

describeWindows('windows, without kernels of oneDNN', tensorflowOperations)
