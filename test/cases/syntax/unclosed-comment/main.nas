param width = 16
/* the width
