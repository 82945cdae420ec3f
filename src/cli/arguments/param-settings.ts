import { Failure } from '../../catalogue/failure.js'

export type Setting = number | boolean | string

/** Reads the values of `--set`. Numbers are written as in `.nas`: `0.025`, `6k`, `50%`, `1_000`. The last one wins. */
export function readSettings(supplied: readonly string[]): Readonly<Record<string, Setting>> {
  const settings: Record<string, Setting> = {}
  for (const each of supplied) {
    const [, name, value] = /^\s*([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/.exec(each) ?? []
    if (name === undefined || value === undefined || value === '') {
      throw new Failure('wrong-value', { option: 'set', found: each, expected: 'of the form NAME=VALUE' })
    }
    settings[name] = readValue(value)
  }
  return settings
}

const scales = { k: 1e3, M: 1e6, G: 1e9, '%': 0.01 } as const

function readValue(text: string): Setting {
  if (text === 'true') return true
  if (text === 'false') return false
  const [, digits, suffix] = /^([+-]?(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?)([kMG%]?)$/.exec(text) ?? []
  if (digits === undefined) return text.replace(/^"(.*)"$/, '$1')
  const scale = suffix === 'k' || suffix === 'M' || suffix === 'G' || suffix === '%' ? scales[suffix] : 1
  return Number(digits.replaceAll('_', '')) * scale
}
