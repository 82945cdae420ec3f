// The kernel module. Functions take byte addresses and sizes; nothing here allocates or keeps state.
export { relu, reluGradient, multiply, scale, scaleRows, copy, zero, fill } from './elementwise'
export { addAll, weightedSum, weightedSumGradient, dot, clipScale } from './sums'
export { sgd, adam, movingAverage } from './optimisers'
export { batchNormTrain, batchNormTrainGradient, batchNormInference } from './batch-norm'
export { conv2d, conv2dInputGradient, conv2dFilterGradient, conv2dScratch } from './convolution'
export { depthwise2d, depthwise2dInputGradient, depthwise2dFilterGradient, depthwiseScratch } from './depthwise'
export {
  maxPool2d,
  maxPool2dGradient,
  avgPool2d,
  avgPool2dGradient,
  globalAvgPool,
  globalAvgPoolGradient,
  poolLineBytes,
} from './pooling'
export { shift2d, copyChannels } from './layout'
export { softmax, softmaxGradient, softmaxCrossEntropy, softmaxCrossEntropyGradient, correctCount } from './softmax'
export { matmul, matmulScratch, biasAdd, sumRows } from './linear'
