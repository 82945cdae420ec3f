import { conv } from std:nn
op twice = conv -> conv
op thrice = conv -> conv -> conv
