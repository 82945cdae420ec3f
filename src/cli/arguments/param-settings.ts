import { Failure } from '../../catalogue/failure.js'
import type { ParamOverrides, ParamValue } from '../../space/evaluation/param-overrides.js'

/**
 * Reads the values of `--set`. Numbers and sets are written as in `.nas`: `0.025`, `6k`, `50%`, `1_000`, `{2, 3}`. The last one wins.
 *
 * @throws Failure NAS8004 on what is not NAME=VALUE
 */
export function readSettings(supplied: readonly string[]): ParamOverrides {
  const settings: Record<string, ParamValue> = {}
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

function readValue(text: string): ParamValue {
  if (text === 'true') return true
  if (text === 'false') return false
  const [, digits, suffix] = /^([+-]?(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?)([kMG%]?)$/.exec(text) ?? []
  const [, items] = /^\{(.*)\}$/.exec(text) ?? []
  if (items !== undefined) return itemsOf(items).map(readValue)
  if (digits === undefined) return text.replace(/^"(.*)"$/, '$1')
  const scale = suffix === 'k' || suffix === 'M' || suffix === 'G' || suffix === '%' ? scales[suffix] : 1
  return Number(digits.replaceAll('_', '')) * scale
}

/** What stands between commas that are in no string and no set. */
function itemsOf(text: string): readonly string[] {
  const parts = text.match(/(?:"[^"]*"|\{[^}]*\}|[^,"{}])+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
