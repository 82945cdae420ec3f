import { folderOf, isStandard, resolveReference, type Host } from './host.js'

/** Modules by path, as in `{ 'main.nas': '…' }`. What `std:` module is not among them is read from `standard`, if given. */
export function memoryHost(files: Readonly<Record<string, string>>, standard?: Host): Host {
  const modules = new Map(Object.entries(files))
  return {
    read: (path) => modules.get(path) ?? (isStandard(path) ? standard?.read(path) : undefined),
    resolve: resolveReference,
    list: (folder) => {
      const own = [...modules.keys()].filter((path) => folderOf(path) === folder)
      return isStandard(folder) ? [...new Set([...own, ...(standard?.list(folder) ?? [])])].sort() : own.sort()
    },
  }
}
