export { compile } from './session/compile.js'
