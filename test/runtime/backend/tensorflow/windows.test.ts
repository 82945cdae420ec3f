import { describeWindows } from '../../../support/tensorflow-windows.js'

describeWindows('windows', { 'kernels of ours': { native: true } })
