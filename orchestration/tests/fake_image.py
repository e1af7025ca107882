"""A stand-in for any image: `fake_image.py FILE arguments…` prints a report and exits.

FILE is JSON and may give report fields and an exit code by the first argument; by default the exit code is 0.
"""

import json
import sys
from pathlib import Path

arguments = sys.argv[2:]
behaviour = json.loads(Path(sys.argv[1]).read_text()).get(arguments[0], {})
print("called with", *arguments, flush=True)
print(json.dumps({"report": "fake", "step": arguments[0], "status": "done", "exit": 0, **behaviour}), flush=True)
sys.exit(behaviour.get("exit", 0))
