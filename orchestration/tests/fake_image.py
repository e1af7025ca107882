"""Stands for any image: `fake_image.py FILE words…` ends as FILE says of its first word, after a report; well by default."""

import json
import sys
from pathlib import Path

words = sys.argv[2:]
said = json.loads(Path(sys.argv[1]).read_text()).get(words[0], {})
print("asked for", *words, flush=True)
print(json.dumps({"report": "fake", "step": words[0], "status": "done", "exit": 0, **said}), flush=True)
sys.exit(said.get("exit", 0))
