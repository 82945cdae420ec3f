import { describeWindows } from './windows.js'

describeWindows('windows', { 'kernels of ours': { native: true } })
