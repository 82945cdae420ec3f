export { canonicalJson } from './canonical.js'
export { hashOf } from './hash.js'
export { openIr } from './open.js'
export { printIr, seal, type UnsealedIr } from './seal.js'
