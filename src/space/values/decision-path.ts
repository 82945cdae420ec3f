/**
 * A decision's path without the layers of stages: `mb2.kernel` of `mb2.layer[1].kernel`. Whoever writes it speaks of the
 * decision of every layer.
 */
export function withoutLayers(path: string): string {
  return path.replace(/\.layer\[\d+\]/gu, '')
}
