param width = 16 § 2
