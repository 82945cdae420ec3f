export { compile, type Compilation } from './session/compile.js'
