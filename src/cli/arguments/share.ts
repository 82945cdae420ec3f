import { Failure } from '../../catalogue/failure.js'

/** `95%` or `0.95`, between nothing and all. @throws Failure NAS8004 */
export function readShare(option: string, text: string): number {
  const [, digits = '', percent = ''] = /^(\d*\.?\d+)\s*(%?)$/.exec(text.trim()) ?? []
  const share = digits === '' ? NaN : Number(digits) / (percent === '' ? 1 : 100)
  if (share > 0 && share < 1) return share
  throw new Failure('wrong-value', { option, found: text, expected: 'a share between 0% and 100%, such as 95%' })
}
