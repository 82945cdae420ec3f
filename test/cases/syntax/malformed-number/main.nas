param width = 16kk
