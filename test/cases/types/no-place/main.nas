param width = channels
param depth = 2 * in
