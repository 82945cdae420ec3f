param width 16
