/** An option of a command, as data. Every option is named `--name`. */
export type Option =
  | { readonly kind: 'flag'; readonly describe: string }
  | { readonly kind: 'text'; readonly describe: string; readonly value: string }
  | { readonly kind: 'list'; readonly describe: string; readonly value: string }
  | { readonly kind: 'integer'; readonly describe: string; readonly value: string; readonly least: number }
  | { readonly kind: 'choice'; readonly describe: string; readonly options: readonly string[] }

export type Options = Readonly<Record<string, Option>>

/** The value that a command sees. An option that is not given is `undefined`, false or an empty list. */
export type ValueOf<O extends Option> = O extends { readonly kind: 'flag' }
  ? boolean
  : O extends { readonly kind: 'text' }
    ? string | undefined
    : O extends { readonly kind: 'list' }
      ? readonly string[]
      : O extends { readonly kind: 'integer' }
        ? number | undefined
        : O extends { readonly kind: 'choice'; readonly options: readonly (infer Name)[] }
          ? Name | undefined
          : never

export type ValuesOf<O extends Options> = { readonly [Name in keyof O]: ValueOf<O[Name]> }
