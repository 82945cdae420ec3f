param layout = "rows
param width = 16
