import { compiledFile } from './programs.js'

/** The IR of `spaces/darts.nas`. */
export const dartsIr = compiledFile('spaces/darts.nas')
