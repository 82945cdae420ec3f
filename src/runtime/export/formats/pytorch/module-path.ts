/** Where a module stands, by the name of its first weight: a kernel, or a mean, is that of the module itself. */
export function modulePath(weight: string): string {
  return weight.replace(/\.(?:kernel|mean)$/u, '')
}
