extern schedule lucky(count: int = 1) { binds mask }
extern objective keeps(count: int) { selects count }
