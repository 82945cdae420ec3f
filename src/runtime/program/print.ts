import { show } from '../operations/support/element.js'
import type { Attribute, Operation, Program, ValueId } from './program.js'

/**
 * A program as text, one line per input, variable, operation and output:
 * `%5 [8,32,32,48] = conv2d(images, stem.conv.kernel) {stride 1, dilation 1, groups 1}  # stem.conv`.
 */
export function printProgram(program: Program): string {
  const name = (id: ValueId): string => program.values[id]?.name ?? `%${String(id)}`
  const shape = (id: ValueId): string => show(program.values[id]?.shape ?? [])
  const line = ({ operation, inputs, outputs, attributes, updates, origin }: Operation): string => {
    const left =
      outputs.length > 0
        ? `${outputs.map((id) => `${name(id)} ${shape(id)}`).join(', ')} = `
        : updates.length > 0
          ? `${updates.map(name).join(', ')} := `
          : ''
    const settings = Object.entries(attributes).map(([key, value]) => `${key} ${printAttribute(value)}`)
    return `  ${left}${operation}(${inputs.map(name).join(', ')})${settings.length > 0 ? ` {${settings.join(', ')}}` : ''}${origin === undefined ? '' : `  # ${origin}`}`
  }
  const named = program.values.filter((value) => value.kind !== 'temporary')
  return [
    ...named.map(
      (value) => `${value.kind} ${name(value.id)} ${shape(value.id)}${value.dtype === 'int32' ? ' int32' : ''}`,
    ),
    ...program.operations.map(line),
    ...Object.entries(program.outputs).map(([output, id]) => `output ${output} = ${name(id)}`),
    '',
  ].join('\n')
}

function printAttribute(value: Attribute): string {
  return typeof value === 'object' ? `[${value.join(' ')}]` : String(value)
}
