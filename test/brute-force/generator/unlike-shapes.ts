import type { Draws } from '../draws.js'
import type { Program } from './program.js'

/** A program with cells in which the shapes of maps hang on choices: widths and strides of edges, inputs and outputs. */
export function unlikeShapes(draws: Draws): Program {
  const pick = (items: readonly string[]): string => items[draws.integer(items.length)] ?? ''
  const inputs = pick(['x', 's0, s1'])
  const names = inputs.split(', ')
  const scope = pick(['', 'let w = one of { 2, 4 }', 'let w = one of { 2, 4 } per space'])
  const width = scope === '' ? 'one of { 2, 4 }' : 'w'
  const operation = (): string =>
    pick([
      `conv(${width})`,
      'one of { conv(2), identity }',
      'conv(4)',
      'one of { conv(2), conv(4) -> relu }',
      'conv(in * one of { 1, 2 })',
      'if in > 2 then conv(2) else identity',
      'conv(channels, 1, one of { 1, 2 })',
    ])
  const prepare = pick(['', `prepare ${inputs} { conv(${width}) }`, `prepare ${names[0] ?? 'x'} { conv(4) }`])
  const nodes = ['n', 'm'].slice(0, 1 + draws.integer(2)).map((name, index) => {
    const earlier = [...names, 'n'].slice(0, names.length + index)
    const of = pick([`{ ${earlier.join(', ')} }`, `{ ${earlier.at(-1) ?? 'x'} }`])
    const two = of.includes(',') ? ['any 1..2 of ', 'any 2 of '] : []
    const arity = pick(['', 'any 1 of ', 'any 0..1 of ', ...two])
    const merge = earlier.length > 1 ? `; merge ${pick(['sum', 'concat', 'multiply', 'sum'])}` : ''
    if (draws.integer(6) === 0) return `node ${name} { from any 1..2 of ${of} x { conv(2), conv(${width}) }${merge} }`
    return `node ${name} { from ${arity}${of}; through ${operation()}${merge} }`
  })
  const outputs = nodes.length === 1 ? ['n'] : ['n', 'm', 'sum(n, m)', 'concat(n, m)', 'sum(any 1 of { n, m })']
  const term = pick(['', '', ` + op1(${names[0] ?? 'x'})`])
  const output = `${pick(outputs)}${term}`
  const second = draws.integer(4) === 0 ? `    stack 1 of use, channels ${pick(['2', 'one of { 2, 4 }'])}\n` : ''
  const text = `import { conv, global_pool, identity, linear, relu } from std:nn
op op1() = conv(${pick(['2', 'channels'])}, one of { 1, 3 })
cell c(${inputs}) {
${[scope, prepare, ...nodes, `output ${output}`]
  .filter((line) => line !== '')
  .map((line) => `  ${line}\n`)
  .join('')}}
space small {
  input image(4, 3)
  classes 2
  cell use = c
  network {
    stem conv(${pick(['2', 'one of { 2, 4 }'])})
    stack ${pick(['1', '2', '3'])} of use, channels 2
${second}    head global_pool -> linear(classes)
  }
}
`
  return { text, space: 'small', conditions: [], set: {}, required: () => undefined }
}
