import type { ModuleScope } from './module-scope.js'
import type { OperationSymbol, PrimitiveSymbol } from './symbol.js'

type Callable = OperationSymbol | PrimitiveSymbol
type Modules = ReadonlyMap<string, ModuleScope>

const known = new WeakMap<Modules, ReadonlyMap<Callable, string>>()

/**
 * What operations are called in the IR and in architectures, where texts tell them apart: as the author of the entry calls them,
 * and otherwise as they are declared. What is not named in the entry and is called like something else has the name of its
 * module in front, `cells_block`. A primitive keeps the name under which the runtime implements it.
 */
export function operationNames(entry: string, modules: Modules): ReadonlyMap<Callable, string> {
  const names = known.get(modules) ?? namesOf(entry, modules)
  known.set(modules, names)
  return names
}

function namesOf(entry: string, modules: Modules): ReadonlyMap<Callable, string> {
  const names = new Map<Callable, string>()
  const taken = new Set<string>()
  const give = (symbol: Callable, name: string): void => {
    if (names.has(symbol)) return
    names.set(symbol, name)
    taken.add(name)
  }
  for (const [name, resolution] of modules.get(entry)?.scope.entries() ?? []) {
    if (resolution.kind === 'symbol' && isCallable(resolution.symbol)) give(resolution.symbol, name)
  }
  for (const [path, { own }] of modules) {
    for (const symbol of own.values()) {
      if (isCallable(symbol)) give(symbol, symbol.kind === 'primitive' ? symbol.name : freeName(taken, symbol, path))
    }
  }
  return names
}

function isCallable(symbol: { readonly kind: string }): symbol is Callable {
  return symbol.kind === 'operation' || symbol.kind === 'primitive'
}

function freeName(taken: ReadonlySet<string>, { name }: Callable, path: string): string {
  if (!taken.has(name)) return name
  const module = path.replace(/^.*[/:]|\.nas$/g, '').replace(/\W/g, '_')
  const wanted = `${module}_${name}`
  let number = 1
  while (taken.has(number === 1 ? wanted : `${wanted}_${number}`)) number += 1
  return number === 1 ? wanted : `${wanted}_${number}`
}
