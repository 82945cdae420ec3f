param width = 1e999
