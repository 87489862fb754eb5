"""Runs lines of Python in a folder, as a user who has copied them; or only checks their syntax.

usage: model_code.py FOLDER FILE
       model_code.py --check FILE...
"""

import os
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        return compile(file.read(), path, "exec")


if sys.argv[1] == "--check":
    for path in sys.argv[2:]:
        read(path)
else:
    code = read(sys.argv[2])
    os.chdir(sys.argv[1])
    exec(code, {"__name__": "__main__"})
