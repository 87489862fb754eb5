"""Runs scripts of this folder, each in a fork of this process, which has imported the slow modules.

Reads {"script", "arguments"} line by line and answers each with {"code", "output", "errors"}; ends with its input.
"""

import json
import os
import runpy
import sys
import tempfile
import traceback

import sklearn.metrics  # noqa: F401
import sklearn.utils.class_weight  # noqa: F401
import torch  # noqa: F401
import torchvision  # noqa: F401

FOLDER = os.path.dirname(os.path.abspath(__file__))


def run(script, arguments, output, errors):
    """Becomes the script; does not return."""
    os.dup2(output.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    code = 0
    try:
        sys.argv = [script, *arguments]
        runpy.run_path(os.path.join(FOLDER, script), run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


for line in sys.stdin:
    request = json.loads(line)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            run(request["script"], request["arguments"], output, errors)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        output.seek(0)
        errors.seek(0)
        answer = {"code": code, "output": output.read().decode(errors="replace"), "errors": errors.read().decode(errors="replace")}
    print(json.dumps(answer), flush=True)
