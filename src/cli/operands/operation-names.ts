import { Failure } from '../../catalogue/failure.js'

/** `--op NAME=OPTION`: names of operations in genotypes, and what they are in the space. */
export const opOption = {
  kind: 'list',
  value: 'NAME=OPTION',
  describe: 'What an operation of genotypes is in the space, such as "nor_conv_3x3=conv_bn(3)"; may be repeated',
} as const

/** @throws Failure NAS8003 where one is not of that form */
export function readOperationNames(supplied: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    supplied.map((each) => {
      const [, name, option] = /^\s*(\w+)\s*=\s*(.*\S)\s*$/u.exec(each) ?? []
      if (name !== undefined && option !== undefined) return [name, option] as const
      throw new Failure('wrong-value', { option: 'op', found: each, expected: 'of the form NAME=OPTION' })
    }),
  )
}
