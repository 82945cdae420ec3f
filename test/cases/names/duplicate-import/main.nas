import { conv, bn as conv } from std:nn
op relu = conv
